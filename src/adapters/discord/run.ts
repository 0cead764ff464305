import type { Surroundings } from '../../core/surroundings.ts'
import { createBot } from './bot.ts'
import { COMMANDS } from './commands.ts'
import { DiscordApi } from './transport/api.ts'
import { type Receiving, startGateway } from './transport/gateway.ts'
import { startEndpoint } from './transport/http.ts'
import { persevere, wait } from './transport/persevere.ts'
import { createReceiver } from './transport/receiver.ts'
import { registerCommands } from './transport/register.ts'

const TICK_MS = 1000

/** How the bot reaches Discord. */
export interface DiscordOptions {
  readonly token: string
  /** Of a proxy; null: Discord's own. */
  readonly apiRoot: string | null
  /** Null: the gateway. */
  readonly http: { readonly publicKey: string; readonly port: number } | null
}

/**
 * Runs the bot until it is told to stop; what is under way then is finished.
 *
 * @throws Error when Discord does not know the token, or the port is taken
 */
export async function runDiscord(
  options: DiscordOptions,
  surroundings: Surroundings,
  stop: AbortSignal,
): Promise<void> {
  const { log, now } = surroundings
  const { token, apiRoot, http } = options
  const api = new DiscordApi({ token, apiRoot })
  const bot = createBot(api, surroundings)
  const receiver = createReceiver(bot.handle, { api, log, now })
  const patience = { log, wait, signal: stop }
  let receiving: Receiving
  try {
    const application = await persevere(() => api.application(), patience)
    const isNew = await persevere(() => registerCommands(api, application.id, COMMANDS), patience)
    await bot.resume()
    receiving =
      http === null
        ? await startGateway(receiver, { token, apiRoot, api, log, signal: stop })
        : await startEndpoint(receiver, { ...http, now })
    const commands = isNew ? 'commands registered' : 'commands unchanged'
    log(`Discord: ${application.name} is listening (${http === null ? 'gateway' : 'HTTP'}, ${commands})`)
  } catch (error) {
    if (stop.aborted) return
    throw error
  }
  const ticker = setInterval(() => void bot.tick(), TICK_MS)
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve()
    else stop.addEventListener('abort', () => resolve(), { once: true })
  })
  try {
    await Promise.race([stopped, receiving.ended])
  } finally {
    clearInterval(ticker)
    await receiving.stop()
    await bot.tick()
  }
}
