import type { Surroundings } from '../core/surroundings.ts'
import type { Config } from './config.ts'

/** Runs a bot for each platform that has a token. When one of them cannot go on, the other ends as well. */
export async function runBots(config: Config, surroundings: Surroundings, stop: AbortSignal): Promise<void> {
  const failed = new AbortController()
  const either = AbortSignal.any([stop, failed.signal])
  const { telegram, discord } = config
  const bots = [
    telegram &&
      import('../adapters/telegram/run.ts').then(({ runTelegram }) =>
        runTelegram(telegram, surroundings, either),
      ),
    discord &&
      import('../adapters/discord/run.ts').then(({ runDiscord }) =>
        runDiscord(discord, surroundings, either),
      ),
  ]
  const ends = await Promise.allSettled(
    bots.map((bot) =>
      bot?.catch((error: unknown) => {
        failed.abort()
        throw error
      }),
    ),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
