import { ALONE } from '../../core/lease.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { UNWATCHED } from '../../core/watch.ts'
import { ALLOWED_UPDATES, createBot } from './bot.ts'
import { personOf } from './lanes.ts'
import { persevere, wait } from './transport/persevere.ts'
import { type Receiving, startPolling } from './transport/polling.ts'
import { startWebhook } from './transport/webhook.ts'

const TICK_MS = 1000

/** How the bot reaches Telegram. */
export interface TelegramOptions {
  readonly token: string
  /** Of a Bot API server of one's own; null: Telegram's. */
  readonly apiRoot: string | null
  /** Null: long polling. */
  readonly webhook: { readonly url: string; readonly secret: string; readonly port: number } | null
}

/**
 * Runs the bot until it is told to stop; what is under way then is finished.
 *
 * @throws Error when Telegram does not know the token, or refuses the webhook
 */
export async function runTelegram(
  options: TelegramOptions,
  surroundings: Surroundings,
  stop: AbortSignal,
): Promise<void> {
  const { log, watch = UNWATCHED, leases = ALONE } = surroundings
  const { token, apiRoot, webhook } = options
  const mode = webhook === null ? 'polling' : 'webhook'
  const telegram = createBot({ token, apiRoot, api: { mode, watch } }, surroundings)
  const { bot, handle } = telegram
  const common = { allowedUpdates: ALLOWED_UPDATES, log }
  let listening: Receiving | null = null
  try {
    // In place of bot.init(), which tries for ever without a word.
    bot.botInfo = await persevere(() => bot.api.getMe(), { log, wait, signal: stop })
    if (webhook !== null) {
      listening = await startWebhook(bot.api, handle, { ...common, ...webhook, signal: stop })
    }
    log(`Telegram: @${bot.botInfo.username} is listening (${mode})`)
  } catch (error) {
    if (stop.aborted) return
    throw error
  }

  /** What one process does for all: Telegram gives each update to whoever polls, the clock to everybody. */
  const onlyHere = async (over: AbortSignal): Promise<void> => {
    try {
      await persevere(() => telegram.begin(), { log, wait, signal: over })
    } catch (error) {
      if (over.aborted) return
      throw error
    }
    const polling = webhook === null ? startPolling(bot.api, handle, { ...common, personOf }) : null
    let ticking = telegram.tick()
    const ticker = setInterval(() => {
      ticking = telegram.tick()
    }, TICK_MS)
    try {
      await Promise.race(polling === null ? [aborted(over)] : [aborted(over), polling.ended])
    } finally {
      clearInterval(ticker)
      await polling?.stop()
      await ticking
    }
  }

  const closing = aborted(stop).then(() => listening?.stop())
  try {
    await leases.whileHolding('telegram', onlyHere, stop)
  } finally {
    await (stop.aborted ? closing : listening?.stop())
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
