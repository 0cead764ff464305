import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type APIApplicationCommand,
  type APIInteraction,
  type APIMessage,
  type APIUser,
  ChannelType,
  type InteractionType,
} from 'discord.js'
import { Changes } from '../../telegram/support/changes.ts'
import { type Call, readCall, refusalOf, reply, type SentFile } from './calls.ts'
import { Channels, type TestChannel, type TestGuild, textOf } from './channels.ts'
import { type EndpointAnswer, PUBLIC_KEY, postSigned } from './endpoint.ts'
import { type Fault, Faults } from './faults.ts'
import { Gateway } from './gateway.ts'
import { Interactions, TestInteraction } from './interactions.ts'
import { invalidForm } from './refusal.ts'
import { perform, type World } from './routes.ts'
import { surroundingsOf, TestUser } from './user.ts'

const DEFAULT_HEARTBEAT_MS = 41_250

/**
 * Discord on loopback, for tests: takes the bot's calls and refuses what Discord would refuse; people made with
 * {@link user} run commands, press and fill in forms. Nothing in it sleeps: whoever waits is told of every change.
 *
 * ```ts
 * await using server = await DiscordServer.start()
 * // … a bot with server.token on server.apiRoot, through the gateway …
 * await server.untilConnected()
 * const ann = server.user({ name: 'Ann' })
 * const { channels: [general] } = server.guild()
 * const card = await ann.slash(general, 'review').shown()
 * await ann.click(card, 'Show answer').shown()
 * expect(server.refused).toEqual([])
 * ```
 *
 * Interactions reach the bot through the gateway, or over HTTP once {@link endpoint} has the bot's address.
 */
export class DiscordServer {
  readonly token = 'MTAwMDAwMDAwMDAwMDAwMDAx.TESTxx.loopback-only-token-0000000'
  /** Of the application, for an endpoint over HTTP. */
  readonly publicKey = PUBLIC_KEY
  /** The bot; its id is the application's too. */
  readonly me: APIUser = {
    id: '1000000000000000001',
    username: 'Deckhand',
    discriminator: '0001',
    global_name: null,
    avatar: null,
    bot: true,
  }
  /** Every call, in the order they came in. */
  readonly calls: Call[] = []
  readonly channels = new Channels()
  readonly interactions = new Interactions(this.channels, this.me)
  readonly gateway: Gateway
  /** Where Discord posts interactions; null: they go through the gateway. */
  endpoint: string | null = null
  /** What the endpoint answered, in the order of the answers; null: nobody answered. */
  readonly endpointAnswers: (EndpointAnswer | null)[] = []
  readonly #changes = new Changes(() => this.#lastCalls())
  readonly #faults = new Faults()
  readonly #users = new Map<string, TestUser>()
  readonly #guilds: TestGuild[] = []
  readonly #http = createServer((request, response) => void this.#serve(request, response))
  readonly #world: World
  #port = 0

  private constructor(heartbeatMs: number) {
    const { token, me, publicKey, channels, interactions } = this
    const gatewayUrl = () => `ws://127.0.0.1:${this.#port}/`
    this.#world = {
      token,
      me,
      publicKey,
      channels,
      interactions,
      users: this.#users,
      guilds: this.#guilds,
      commands: [],
      get gatewayUrl() {
        return gatewayUrl()
      },
    }
    this.gateway = new Gateway(this.#http, {
      token,
      heartbeatMs,
      ready: (sessionId) => ({
        v: 10,
        user: { ...me, verified: true, mfa_enabled: true },
        guilds: this.#joined.map(({ id }) => ({ id, unavailable: true })),
        session_id: sessionId,
        session_type: 'normal',
        resume_gateway_url: gatewayUrl(),
        application: { id: me.id, flags: 0 },
        shard: [0, 1],
      }),
      guilds: () => this.#joined.map(guildCreate),
      announce: () => this.#changes.announce(),
    })
  }

  /** @param heartbeatMs how often the bot is to show that it is alive */
  static async start({ heartbeatMs = DEFAULT_HEARTBEAT_MS } = {}): Promise<DiscordServer> {
    const server = new DiscordServer(heartbeatMs)
    server.#http.listen(0, '127.0.0.1')
    await once(server.#http, 'listening')
    server.#port = (server.#http.address() as AddressInfo).port
    return server
  }

  /** For discord.js' `rest: { api }`, or DISCORD_API_ROOT. */
  get apiRoot(): string {
    return `http://127.0.0.1:${this.#port}/api`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.gateway.end()
    this.#http.close()
    this.#http.closeAllConnections()
    await once(this.#http, 'close')
  }

  /** A person, with their direct messages with the bot. */
  user({ name = 'Ann', locale = 'en-US' }: { name?: string; locale?: string } = {}): TestUser {
    const info: APIUser = {
      id: this.channels.snowflake(),
      username: name.toLowerCase(),
      global_name: name,
      discriminator: '0',
      avatar: null,
    }
    const user = new TestUser(this, info, this.channels.directWith(info), locale)
    this.#users.set(info.id, user)
    return user
  }

  /** A server. @param hasBot false: the bot is not there, but its users may use it there */
  guild({ name = 'Server', channels = ['general'], hasBot = true }: NewGuild = {}): TestGuild & {
    readonly channels: readonly [TestChannel, ...TestChannel[]]
  } {
    const guild = {
      id: this.channels.snowflake(),
      name,
      hasBot,
      left: new Set<string>(),
      channels: [] as TestChannel[],
    }
    guild.channels.push(
      ...channels.map((channel) =>
        this.channels.add({ type: ChannelType.GuildText, name: channel, guild, recipients: [] }),
      ),
    )
    this.#guilds.push(guild)
    return guild as TestGuild & { channels: [TestChannel, ...TestChannel[]] }
  }

  /** A group of people without the bot, who may still use it there. */
  groupChat(...members: readonly TestUser[]): TestChannel {
    const recipients = members.map(({ info }) => info)
    return this.channels.add({ type: ChannelType.GroupDM, name: 'Group', guild: null, recipients })
  }

  /** The next `times` calls like `call`, as in /^PATCH .*@original$/, go wrong. */
  fault(call: RegExp, fault: Fault, times = 1): void {
    this.#faults.order(call, fault, times)
  }

  /** The commands that are registered now. */
  get commands(): readonly APIApplicationCommand[] {
    return this.#world.commands
  }

  /** Makes an interaction and hands it to the bot: the users do this. */
  interact(
    user: TestUser,
    channel: TestChannel,
    type: InteractionType,
    data: object,
    target: APIMessage | null,
  ): TestInteraction {
    const payload = {
      ...surroundingsOf(user, channel, this.me.id),
      id: this.channels.snowflake(),
      token: randomBytes(40).toString('base64url'),
      type,
      data,
      ...(target && { message: target }),
    } as unknown as APIInteraction
    const interaction = new TestInteraction(structuredClone(payload), channel, target)
    this.interactions.add(interaction)
    this.deliver(interaction)
    return interaction
  }

  /** Hands an interaction to the bot, through the gateway or over HTTP; once more, if it had it before. */
  deliver(interaction: TestInteraction): void {
    if (this.endpoint === null) this.gateway.dispatch('INTERACTION_CREATE', interaction.payload)
    else void this.#post(this.endpoint, interaction)
  }

  /** Fifteen minutes pass: nothing can be done with the interaction any more. */
  expire(interaction: TestInteraction): void {
    interaction.isExpired = true
    interaction.isLate = true
  }

  callsLike(name: RegExp): readonly Call[] {
    return this.calls.filter((call) => name.test(call.name))
  }

  /** Calls that Discord would not have taken (400 or 413): a test expects none, or the ones it provoked. */
  get refused(): readonly string[] {
    return this.calls.flatMap(({ name, answer }) =>
      answer !== null && [400, 413].includes(answer.status)
        ? [`${name}: ${JSON.stringify(answer.body)}`]
        : [],
    )
  }

  /** The files of a message. */
  filesOf(message: APIMessage): SentFile[] {
    return this.channels.filesOf(message)
  }

  /** Waits for a state of this server, looking again whenever something changes. @throws Error after 4 s */
  until<T>(what: string, look: () => T | null | undefined | false, patienceMs?: number): Promise<T> {
    return this.#changes.until(what, look, patienceMs)
  }

  /** Waits until the bot has a session of the gateway. */
  async untilConnected(): Promise<void> {
    await this.until('a session of the gateway', () => this.gateway.connected > 0)
  }

  /** Waits until calls like this have come in `times` times, answered or not. */
  untilCalled(name: RegExp, times = 1): Promise<readonly Call[]> {
    return this.until(`${times} × ${name}`, () => {
      const calls = this.callsLike(name)
      return calls.length >= times && calls
    })
  }

  /** Waits until `times` calls like this have been answered. */
  untilAnswered(name: RegExp, times = 1): Promise<readonly Call[]> {
    return this.until(`${times} × ${name}, answered`, () => {
      const calls = this.callsLike(name).filter(({ answer }) => answer !== null)
      return calls.length >= times && calls
    })
  }

  /** Waits until the last message of the bot's that somebody sees in a channel is like this: all of its text. */
  untilShown(
    user: TestUser,
    channel: TestChannel,
    like: RegExp | ((message: APIMessage) => boolean),
  ): Promise<APIMessage> {
    return this.until(`a message like ${like} for ${user.info.username}`, () => {
      const last = user.lastSeen(channel)
      if (last === undefined) return null
      const fits = typeof like === 'function' ? like(last) : like.test(textOf(last))
      return fits && last
    })
  }

  get #joined(): TestGuild[] {
    return this.#guilds.filter(({ hasBot }) => hasBot)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const call = await readCall(request)
      this.calls.push(call)
      this.#changes.announce()
      await this.#answer(call, response)
    } catch (error) {
      const { status, body } = refusalOf(error)
      reply(response, { status, body })
    }
    this.#changes.announce()
  }

  async #answer(call: Call, response: ServerResponse): Promise<void> {
    const fault = this.#faults.take(call.name)
    if (fault?.kind === 'hang') await fault.released
    if (fault?.kind === 'refuse') call.answer = { status: fault.refusal.status, body: fault.refusal.body }
    else if (fault?.kind !== 'cut') call.answer = this.#run(call)
    else if (fault.taken) this.#run(call)
    if (call.answer === null) response.destroy()
    else reply(response, call.answer)
  }

  #run(call: Call): NonNullable<Call['answer']> {
    try {
      const result = perform(this.#world, call)
      // The bot gets what is now, not what a later edit makes of it.
      return result === undefined
        ? { status: 204, body: null }
        : { status: 200, body: structuredClone(result) }
    } catch (error) {
      const { status, body } = refusalOf(error)
      return { status, body }
    }
  }

  /** The answer of the endpoint is the first response, as if it had come by a call. */
  async #post(url: string, interaction: TestInteraction): Promise<void> {
    const answer = await postSigned(url, interaction.payload).catch(() => null)
    this.endpointAnswers.push(answer)
    if (answer?.status === 200) {
      const call: Call = {
        name: `HTTP response to ${interaction.payload.id}`,
        method: 'HTTP',
        path: '',
        query: new URLSearchParams(),
        body: answer.body,
        files: [],
        headers: {},
        answer: null,
      }
      this.calls.push(call)
      try {
        if (answer.body === null) throw invalidForm('', 'the body of the response is no JSON')
        this.interactions.respond(interaction, answer.body, [])
        call.answer = { status: 204, body: null }
      } catch (error) {
        const { status, body } = refusalOf(error)
        call.answer = { status, body }
      }
    }
    this.#changes.announce()
  }

  #lastCalls(): string {
    const lines = this.calls.slice(-8).map(({ name, answer }) => {
      const outcome = answer === null ? 'no answer' : `${answer.status} ${messageOf(answer.body)}`
      return `  ${name.replace(/[\w-]{40,}/, '…')}: ${outcome}`
    })
    return lines.length > 0 ? `The last calls:\n${lines.join('\n')}` : 'There was no call at all.'
  }
}

interface NewGuild {
  readonly name?: string
  readonly channels?: readonly string[]
  readonly hasBot?: boolean
}

function messageOf(body: unknown): string {
  const { message, errors } = (body ?? {}) as { message?: string; errors?: object }
  return errors === undefined ? (message ?? '') : `${message} ${JSON.stringify(errors)}`
}

/** A server as GUILD_CREATE shows it to a bot that asked for servers. */
function guildCreate({ id, name, channels }: TestGuild): object {
  return {
    id,
    name,
    owner_id: '1',
    unavailable: false,
    joined_at: '2026-01-01T00:00:00.000Z',
    member_count: 1,
    features: [],
    emojis: [],
    stickers: [],
    roles: [{ id, name: '@everyone', permissions: '2248473465835073', position: 0, color: 0, flags: 0 }],
    channels: channels.map((channel, position) => ({
      id: channel.id,
      type: channel.type,
      name: channel.name,
      position,
      permission_overwrites: [],
    })),
    members: [],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    preferred_locale: 'en-US',
    premium_tier: 0,
  }
}
