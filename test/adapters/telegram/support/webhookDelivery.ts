import type { Update } from 'grammy/types'

/** Posts updates to the bot's webhook: one chat's one after another, chats side by side. */
export class WebhookDelivery {
  readonly url: string
  readonly secret: string | undefined
  /** Deliveries that were not answered with 2xx: the status, or the error. */
  readonly failures: string[] = []
  readonly #lanes = new Map<unknown, Promise<void>>()
  readonly #done: (update: Update, isTaken: boolean) => void

  /** @param done called after each attempt */
  constructor(url: string, secret: string | undefined, done: (update: Update, isTaken: boolean) => void) {
    this.url = url
    this.secret = secret
    this.#done = done
  }

  /** Posts once; what fails stays unconfirmed until it is delivered again. */
  deliver(update: Update): Promise<void> {
    const lane = laneOf(update)
    const delivered = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#post(update))
    this.#lanes.set(lane, delivered)
    return delivered
  }

  async #post(update: Update): Promise<void> {
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(this.secret !== undefined && { 'x-telegram-bot-api-secret-token': this.secret }),
        },
        body: JSON.stringify(update),
      })
      await response.arrayBuffer()
      if (!response.ok) this.failures.push(`Wrong response from the webhook: ${response.status}`)
      this.#done(update, response.ok)
    } catch (error) {
      this.failures.push(String(error))
      this.#done(update, false)
    }
  }
}

function laneOf({ message, callback_query, poll_answer, my_chat_member }: Update): unknown {
  return (
    message?.chat.id ?? callback_query?.message?.chat.id ?? my_chat_member?.chat.id ?? poll_answer?.user?.id
  )
}
