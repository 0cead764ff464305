import { ALONE } from '../../core/lease.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { UNWATCHED } from '../../core/watch.ts'
import { createBot } from './bot.ts'
import { COMMANDS } from './commands.ts'
import { createHands } from './hands.ts'
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
  const { log, now, platforms, watch = UNWATCHED, leases = ALONE } = surroundings
  const { token, apiRoot, http } = options
  const api = new DiscordApi({ token, apiRoot, watch })
  const bot = createBot(api, surroundings)
  const receiver = createReceiver(bot.handle, { api, log, now, watch, slowDown: bot.slowDown })
  const patience = { log, wait, signal: stop }
  let endpoint: Receiving | null = null
  try {
    const application = await persevere(() => api.application(), patience)
    const isNew = await persevere(() => registerCommands(api, application.id, COMMANDS), patience)
    platforms.join('discord', createHands(api, surroundings))
    if (http !== null) endpoint = await startEndpoint(receiver, { ...http, now })
    const commands = isNew ? 'commands registered' : 'commands unchanged'
    log(`Discord: ${application.name} is listening (${http === null ? 'gateway' : 'HTTP'}, ${commands})`)
  } catch (error) {
    if (stop.aborted) return
    throw error
  }

  /** What one process does for all: the gateway gives each interaction to whoever is connected, the clock to everybody. */
  const onlyHere = async (over: AbortSignal): Promise<void> => {
    await bot.resume()
    let gateway: Receiving | null = null
    if (http === null) {
      try {
        gateway = await startGateway(receiver, { token, apiRoot, api, log, signal: over })
      } catch (error) {
        if (over.aborted) return
        throw error
      }
    }
    let ticking = bot.tick()
    const ticker = setInterval(() => {
      ticking = bot.tick()
    }, TICK_MS)
    try {
      await Promise.race(gateway === null ? [aborted(over)] : [aborted(over), gateway.ended])
    } finally {
      clearInterval(ticker)
      await gateway?.stop()
      await ticking
    }
  }

  const closing = aborted(stop).then(() => endpoint?.stop())
  try {
    await leases.whileHolding('discord', onlyHere, stop)
  } finally {
    await (stop.aborted ? closing : endpoint?.stop())
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
