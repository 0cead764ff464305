import { ALLOWED_UPDATES, createBot } from '../../../src/adapters/telegram/bot.ts'
import { personOf } from '../../../src/adapters/telegram/lanes.ts'
import { wait } from '../../../src/adapters/telegram/transport/persevere.ts'
import { type Receiving, startPolling } from '../../../src/adapters/telegram/transport/polling.ts'
import type { Surroundings } from '../../../src/core/surroundings.ts'
import { reply } from '../../adapters/telegram/support/calls.ts'
import type { Refusal } from '../../adapters/telegram/support/refusal.ts'
import { TelegramServer } from '../../adapters/telegram/support/server.ts'
import type { End, Person } from './end.ts'
import { type Fate, Unreliable } from './unreliable.ts'

/** A poll that failed is made again after a second by itself. */
const LONGEST_PAUSE_MS = 30
/** An edit whose answer was lost, or that draws the same again; a press that was acknowledged already. */
const MADE_BEFORE = /message is not modified|query is too old/

/** Telegram, polled by its bot. */
export class TelegramEnd implements End {
  readonly way: Unreliable<Refusal>
  readonly #server: TelegramServer
  readonly #said = new Map<string, string[]>()
  #receiving: Receiving | null = null

  private constructor(server: TelegramServer, way: Unreliable<Refusal>) {
    this.#server = server
    this.way = way
  }

  static async start(drawFate: () => Fate<Refusal>): Promise<TelegramEnd> {
    const server = await TelegramServer.start()
    const refuse = (response: Parameters<typeof reply>[0], { answer }: Refusal) => reply(response, answer)
    return new TelegramEnd(server, await Unreliable.before(server.apiRoot, { drawFate, refuse }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#receiving?.stop()
    await this.way[Symbol.asyncDispose]()
    await this.#server[Symbol.asyncDispose]()
  }

  async startBot(surroundings: Surroundings, currentUpdate: () => string | undefined): Promise<void> {
    const { token } = this.#server
    const telegram = createBot(
      { token, apiRoot: this.way.root, api: { mode: 'polling', timeoutMs: 2000, pauseMs: 1 } },
      surroundings,
    )
    const { bot, handle } = telegram
    // Telegram is not told which update a message answers.
    bot.api.config.use((previous, method, payload, signal) => {
      const updateId = currentUpdate()
      if (updateId !== undefined && 'text' in payload) this.#keep(updateId, String(payload.text))
      return previous(method, payload, signal)
    })
    await bot.init()
    await telegram.begin()
    this.#receiving = startPolling(bot.api, handle, {
      allowedUpdates: ALLOWED_UPDATES,
      personOf,
      log: surroundings.log,
      wait: (ms, signal) => wait(Math.min(ms, LONGEST_PAUSE_MS), signal),
    })
    await this.#server.until('the first poll', () => this.#server.updates.polled)
  }

  async stopBot(): Promise<void> {
    await this.#receiving?.stop()
  }

  /** Each poll is a call of its own: the way sees to them. */
  disturb(): void {}

  person(name: string): Person {
    const server = this.#server
    const user = server.user({ firstName: name })
    const withButtons = () =>
      user.chat.messages.findLast(({ reply_markup }) => (reply_markup?.inline_keyboard.length ?? 0) > 0)
    const sent = (update: Parameters<TelegramServer['repeat']>[0] | null) => {
      if (update === null) throw new Error('the bot has not asked for such updates')
      return { updateId: String(update.update_id), repeat: () => server.repeat(update) }
    }
    return {
      identity: { platform: 'telegram', externalId: String(user.id) },
      buttons: () =>
        (withButtons()?.reply_markup?.inline_keyboard ?? [])
          .flat()
          .flatMap((button) => ('callback_data' in button ? [button.callback_data] : [])),
      review: () => sent(user.says('/review').update),
      press: (data) => {
        const message = withButtons()
        if (message === undefined) throw new Error(`${name} sees no button`)
        return sent(user.press(message, { data }).update)
      },
      seen: () => server.lastShown(user.chat)?.text ?? '',
    }
  }

  saidTo(updateId: string): readonly string[] {
    return this.#said.get(updateId) ?? []
  }

  get refused(): readonly string[] {
    return this.#server.refused.filter((refusal) => !MADE_BEFORE.test(refusal))
  }

  #keep(updateId: string, text: string): void {
    this.#said.set(updateId, [...this.saidTo(updateId), text])
  }
}
