import type { Bot } from 'grammy'
import { persevere, wait as waitByTheClock } from './persevere.ts'
import { type PollingOptions, type Receiving, startPolling } from './polling.ts'
import { startWebhook } from './webhook.ts'

interface ReceiveOptions extends PollingOptions {
  /** Null: long polling. */
  readonly webhook: { readonly url: string; readonly secret: string; readonly port: number } | null
  /** Called once Telegram has answered for the first time, before there are updates. */
  readonly begin?: () => Promise<void>
  /** Ends the waiting for a Telegram that cannot be reached. */
  readonly signal?: AbortSignal
}

/**
 * Asks Telegram who the bot is and lets it have its updates, by long polling or a webhook. While Telegram cannot be
 * reached it says so in the log and tries again.
 *
 * @throws Error when Telegram does not know the token, or refuses the webhook
 */
export async function receiveUpdates(bot: Bot, options: ReceiveOptions): Promise<Receiving> {
  const { webhook, begin, log, wait = waitByTheClock, signal = new AbortController().signal } = options
  bot.botInfo = await persevere(() => bot.api.getMe(), { log, wait, signal })
  if (begin !== undefined) await persevere(begin, { log, wait, signal })
  const handle: Parameters<typeof startPolling>[1] = (update) => bot.handleUpdate(update)
  return webhook === null
    ? startPolling(bot.api, handle, options)
    : startWebhook(bot.api, handle, { ...options, ...webhook, signal })
}
