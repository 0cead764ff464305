import type { Surroundings } from '../../core/surroundings.ts'
import { ALLOWED_UPDATES, createBot } from './bot.ts'
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
  const { log } = surroundings
  const { token, apiRoot, webhook } = options
  const mode = webhook === null ? 'polling' : 'webhook'
  const telegram = createBot({ token, apiRoot, api: { mode } }, surroundings)
  const { bot, handle } = telegram
  try {
    // In place of bot.init(), which tries for ever without a word.
    bot.botInfo = await persevere(() => bot.api.getMe(), { log, wait, signal: stop })
    await persevere(() => telegram.begin(), { log, wait, signal: stop })
  } catch (error) {
    if (stop.aborted) return
    throw error
  }
  const common = { allowedUpdates: ALLOWED_UPDATES, log }
  const receiving: Receiving =
    webhook === null
      ? startPolling(bot.api, handle, common)
      : await startWebhook(bot.api, handle, { ...common, ...webhook, signal: stop })
  log(`Telegram: @${bot.botInfo.username} is listening (${mode})`)
  const ticker = setInterval(() => void telegram.tick(), TICK_MS)
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve()
    else stop.addEventListener('abort', () => resolve(), { once: true })
  })
  try {
    await Promise.race([stopped, receiving.ended])
  } finally {
    clearInterval(ticker)
    await receiving.stop()
    await telegram.tick()
  }
}
