import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ChatMember, Message, Update } from 'grammy/types'
import { type Call, readCall, refusalOf, reply } from './calls.ts'
import { Changes } from './changes.ts'
import { Chats, type TestChat } from './chats.ts'
import { type Fault, Faults } from './faults.ts'
import { METHODS, type World } from './methods.ts'
import type { SentFile } from './multipart.ts'
import type { Polls } from './polls.ts'
import { Queries } from './queries.ts'
import { Refusal } from './refusal.ts'
import { UpdateQueue } from './updateQueue.ts'
import { TestUser } from './user.ts'
import { WebhookDelivery } from './webhookDelivery.ts'

/**
 * Telegram on loopback, for tests: takes the bot's calls and refuses what Telegram would refuse; people made with
 * {@link user} write, press and vote. Nothing in it sleeps: whoever waits is told of every change.
 *
 * ```ts
 * await using server = await TelegramServer.start()
 * const bot = new Bot(server.token, { client: { apiRoot: server.apiRoot } })
 * const ann = server.user({ firstName: 'Ann' })
 * ann.says('/start')
 * const message = await server.untilShown(ann.chat, /What is/)
 * expect(await ann.press(message, 'Show answer').answered()).toEqual({ text: '', showAlert: false })
 * expect(server.refused).toEqual([])
 * ```
 */
export class TelegramServer {
  readonly token = '7000000001:TEST-token_for_loopback_only_0123456'
  readonly me: World['me'] = {
    id: 7_000_000_001,
    is_bot: true,
    first_name: 'Deckhand',
    username: 'deckhand_test_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    can_manage_bots: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    supports_guest_queries: false,
    supports_join_request_queries: false,
  }
  /** Every call, in the order they came in. */
  readonly calls: Call[] = []
  readonly chats = new Chats()
  readonly polls: Polls = new Map()
  readonly queries = new Queries()
  readonly updates: UpdateQueue
  /** Null: the bot polls. */
  webhook: WebhookDelivery | null = null
  readonly #changes = new Changes(() => this.#lastCalls())
  readonly #faults = new Faults()
  readonly #http = createServer((request, response) => void this.#serve(request, response))
  #nextUserId = 1001
  #nextGroupId = -1_001_000_000_001
  #port = 0

  private constructor() {
    this.updates = new UpdateQueue(() => this.#changes.announce())
  }

  static async start(): Promise<TelegramServer> {
    const server = new TelegramServer()
    server.#http.listen(0, '127.0.0.1')
    await once(server.#http, 'listening')
    server.#port = (server.#http.address() as AddressInfo).port
    return server
  }

  /** For grammY's `client: { apiRoot }`, or TELEGRAM_API_ROOT. */
  get apiRoot(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close()
    this.#http.closeAllConnections()
    await once(this.#http, 'close')
  }

  /** A person who has not started the bot yet, with their private chat. */
  user({ firstName = 'Ann', username, languageCode = 'en' }: NewUser = {}): TestUser {
    const id = this.#nextUserId++
    const name = { first_name: firstName, ...(username !== undefined && { username }) }
    const chat = this.chats.add({ id, type: 'private', ...name }, 'not started')
    return new TestUser(this, { id, is_bot: false, ...name, language_code: languageCode }, chat)
  }

  /** A group that one of its people has just added the bot to (the first administrator, or the first member). */
  group({
    title = 'Group',
    type = 'supergroup',
    members = [],
    administrators = [],
  }: NewGroup = {}): TestChat {
    const chat = this.chats.add({ id: this.#nextGroupId--, type, title } as TestChat['info'], 'kicked')
    for (const { info } of [...members, ...administrators]) chat.members.set(info.id, info)
    for (const { info } of administrators) chat.administrators.add(info.id)
    const by = administrators[0] ?? members[0]
    if (by === undefined) throw new Error('A group needs a member who adds the bot')
    by.addsBot(chat)
    return chat
  }

  /** The group becomes a supergroup with another id, as when its history is made visible. */
  migrate(chat: TestChat): TestChat {
    const info = { ...chat.info, id: this.#nextGroupId--, type: 'supergroup' } as TestChat['info']
    const supergroup = this.chats.add(info, chat.bot)
    for (const [id, user] of chat.members) supergroup.members.set(id, user)
    for (const id of chat.administrators) supergroup.administrators.add(id)
    chat.migratedTo = info.id
    const date = Math.floor(Date.now() / 1000)
    this.push('message', {
      message_id: ++chat.lastMessageId,
      chat: chat.info,
      date,
      migrate_to_chat_id: info.id,
    } as NonNullable<Update['message']>)
    return supergroup
  }

  /** The next `times` calls of `method` go wrong; {@link file://./faults.ts} has the ways. */
  fault(method: string, fault: Fault, times = 1): void {
    this.#faults.order(method, fault, times)
  }

  /** Hands an update to the bot: the users do this. @returns null when the bot has not asked for this kind */
  push<K extends Exclude<keyof Update, 'update_id'>>(kind: K, body: NonNullable<Update[K]>): Update | null {
    const update = this.updates.push(kind, body)
    if (update !== null) void this.webhook?.deliver(update)
    return update
  }

  /** Hands an update to the bot once more, as Telegram does when a confirmation was lost. */
  repeat(update: Update): void {
    if (this.webhook === null) this.updates.repeat(update)
    else void this.webhook.deliver(update)
  }

  /** Posts to the webhook what it has not taken yet, as Telegram does after a while. */
  async redeliver(): Promise<void> {
    await Promise.all(this.updates.pending.map((update) => this.webhook?.deliver(update)))
  }

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method)
  }

  /** Calls that Telegram would not have taken (400): a test of the bot expects none, or the ones it provoked. */
  get refused(): readonly string[] {
    return this.calls.flatMap(({ method, answer }) =>
      answer?.ok === false && answer.error_code === 400 ? [`${method}: ${answer.description}`] : [],
    )
  }

  /** The file of the latest sendDocument. */
  get lastDocument(): SentFile | undefined {
    return this.callsOf('sendDocument').at(-1)?.files[0]
  }

  /** Waits for a state of this server, looking again whenever something changes. @throws Error after 4 s */
  until<T>(what: string, look: () => T | null | undefined | false, patienceMs?: number): Promise<T> {
    return this.#changes.until(what, look, patienceMs)
  }

  /** Waits until `method` has been called `times` times, answered or not. */
  untilCalled(method: string, times = 1): Promise<readonly Call[]> {
    return this.until(`${times} × ${method}`, () => {
      const calls = this.callsOf(method)
      return calls.length >= times && calls
    })
  }

  /** Waits until `times` calls of `method` have been answered. */
  untilAnswered(method: string, times = 1): Promise<readonly Call[]> {
    return this.until(`${times} × ${method}, answered`, () => {
      const calls = this.callsOf(method).filter(({ answer }) => answer !== null)
      return calls.length >= times && calls
    })
  }

  /** Waits until the bot has confirmed every update and polls again. */
  async untilHandled(): Promise<void> {
    await this.until(
      'all updates confirmed',
      () => this.updates.pending.length === 0 && (this.updates.polled || this.webhook !== null),
    )
  }

  /** Waits until the last message of the bot's in a chat is like this: its text, caption or question. */
  untilShown(chat: TestChat, like: RegExp | ((message: Message) => boolean)): Promise<Message> {
    return this.until(`a message like ${like}`, () => {
      const last = this.lastShown(chat)
      if (last === undefined) return null
      const fits = typeof like === 'function' ? like(last) : like.test(textOf(last))
      return fits && last
    })
  }

  /** The bot's last message in a chat, as it is now. */
  lastShown(chat: TestChat): Message | undefined {
    return chat.messages.findLast(({ from }) => from?.id === this.me.id)
  }

  /** The bot's own membership in a chat, for my_chat_member. */
  membership(status: 'member' | 'administrator' | 'left' | 'kicked'): ChatMember {
    return { status, user: this.me, ...(status === 'kicked' && { until_date: 0 }) } as ChatMember
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    try {
      const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
      if (method === undefined) throw new Refusal(404, 'Not Found')
      if (token !== this.token) throw new Refusal(401, 'Unauthorized')
      const call = await readCall(request, method)
      this.calls.push(call)
      this.#changes.announce()
      await this.#answer(call, response, gone.signal)
    } catch (error) {
      reply(response, refusalOf(error).answer)
    }
    this.#changes.announce()
  }

  async #answer(call: Call, response: ServerResponse, gone: AbortSignal): Promise<void> {
    const fault = this.#faults.take(call.method)
    if (fault?.kind === 'hang') await fault.released
    if (fault?.kind === 'refuse') call.answer = fault.refusal.answer
    else if (fault?.kind !== 'cut') call.answer = await this.#run(call, gone)
    else if (fault.taken) await this.#run(call, gone)
    if (call.answer === null) response.destroy()
    else reply(response, call.answer)
  }

  async #run(call: Call, gone: AbortSignal): Promise<NonNullable<Call['answer']>> {
    try {
      // The bot gets what is now, not what a later edit makes of it.
      return { ok: true, result: structuredClone(await this.#perform(call, gone)) }
    } catch (error) {
      return refusalOf(error).answer
    }
  }

  #perform({ method, payload, files }: Call, gone: AbortSignal): unknown {
    if (method === 'getUpdates' && this.webhook !== null) {
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    const run = METHODS[method as keyof typeof METHODS] as
      | ((world: World, payload: unknown, context: object) => unknown)
      | undefined
    if (run === undefined) throw new Refusal(404, 'Not Found: method not found')
    return run(this.#world, payload, { files, gone })
  }

  get #world(): World {
    const { me, chats, polls, queries, updates } = this
    return { me, chats, polls, queries, updates, setWebhook: (url, secret) => this.#setWebhook(url, secret) }
  }

  #setWebhook(url: string, secret: string | undefined): void {
    if (url === '') {
      this.webhook = null
      return
    }
    this.updates.refusePoll(new Refusal(409, 'Conflict: terminated by setWebhook request'))
    this.webhook = new WebhookDelivery(url, secret, ({ update_id: id }, isTaken) => {
      if (isTaken) this.updates.confirm(({ update_id }) => update_id === id)
      else this.#changes.announce()
    })
    void this.redeliver()
  }

  #lastCalls(): string {
    const lines = this.calls.slice(-8).map(({ method, answer }) => {
      const outcome = answer === null ? 'no answer' : answer.ok ? 'ok' : answer.description
      return `  ${method}: ${outcome}`
    })
    return lines.length > 0 ? `The last calls:\n${lines.join('\n')}` : 'There was no call at all.'
  }
}

interface NewUser {
  readonly firstName?: string
  readonly username?: string
  readonly languageCode?: string
}

interface NewGroup {
  readonly title?: string
  readonly type?: 'group' | 'supergroup'
  readonly members?: readonly TestUser[]
  readonly administrators?: readonly TestUser[]
}

/** The labels of a message's buttons, row by row. */
export function buttonLabels(message: Message): string[][] {
  return (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(({ text }) => text))
}

function textOf({ text, caption, poll }: Message): string {
  return text ?? caption ?? poll?.question ?? ''
}
