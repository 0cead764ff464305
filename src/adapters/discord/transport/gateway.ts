import {
  type APIInteraction,
  type CacheWithLimitsOptions,
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayReadyDispatchData,
  Options,
  SimpleShardingStrategy,
} from 'discord.js'
import type { DiscordApi } from './api.ts'
import { describeFailure } from './failures.ts'
import { type Log, persevere, unknownBot, type Wait, wait as waitByTheClock } from './persevere.ts'
import type { Receiver } from './receiver.ts'

/** Interactions that are being received. */
export interface Receiving {
  /** Resolves after {@link stop}; rejects when Discord does not want the bot any more, as after a new token. */
  readonly ended: Promise<void>
  /** Takes no more interactions, and waits up to 8 s for those under way. */
  stop(): Promise<void>
}

export interface GatewayOptions {
  readonly token: string
  /** Of a proxy, without version and slash at its end; null: Discord's own. */
  readonly apiRoot: string | null
  readonly api: DiscordApi
  readonly log: Log
  /** Ends the waiting for a Discord that cannot be reached. */
  readonly signal: AbortSignal
  /** Time, for tests. */
  readonly wait?: Wait
}

const RATHER_CLOSED_MS = 2000
const CLOSING_MAX_MS = 5000

/** Interactions bring along all that is needed; nothing is kept. */
const NOTHING: CacheWithLimitsOptions = {
  ...Options.DefaultMakeCacheSettings,
  ApplicationCommandManager: 0,
  BaseGuildEmojiManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
  VoiceStateManager: 0,
}

type State = 'connecting' | 'connected' | 'reconnecting' | 'stopped'

/**
 * Receives interactions through Discord's gateway, without any intent: Discord then sends nothing but interactions
 * addressed to the bot. discord.js reconnects, and resumes sessions, by itself.
 *
 * @returns once the gateway has taken the bot
 * @throws Error when Discord does not know the token; the last failure when `signal` has aborted
 */
export async function startGateway(receiver: Receiver, options: GatewayOptions): Promise<Receiving> {
  const { log, signal, wait = waitByTheClock } = options
  const connection = await persevere(
    async () => {
      const connection = new Connection(receiver, options)
      await connection.open()
      return connection
    },
    { log, wait, signal },
  )
  return {
    ended: connection.ended,
    stop: async () => {
      await connection.close(wait)
      await receiver.settled()
    },
  }
}

class Connection {
  readonly ended: Promise<void>
  readonly #client: Client
  readonly #token: string
  readonly #signal: AbortSignal
  readonly #log: Log
  readonly #end: PromiseWithResolvers<void>
  #state: State = 'connecting'
  #closing: Promise<void> | null = null
  #stateChanged = Promise.withResolvers<void>()

  constructor(receiver: Receiver, { token, apiRoot, api, log, signal }: GatewayOptions) {
    this.#token = token
    this.#signal = signal
    this.#log = log
    this.#end = Promise.withResolvers()
    this.ended = this.#end.promise
    // Whoever only stops it hears of the failure there.
    this.ended.catch(() => {})
    this.#client = new Client({
      intents: [],
      makeCache: Options.cacheWithLimits(NOTHING),
      sweepers: {},
      allowedMentions: { parse: [] },
      rest: { retries: 0, ...(apiRoot !== null && { api: apiRoot }) },
      ws: {
        buildStrategy: (manager) => this.#stoppable(new SimpleShardingStrategy(manager), manager.options),
      },
    })
    this.#client.ws.on(GatewayDispatchEvents.InteractionCreate, (raw: APIInteraction) => {
      if (this.#state === 'stopped') return
      void receiver.receive(raw, {
        send: (callback, files) => api.respond(raw, callback, files).then(() => true),
        takesFiles: true,
        isSlow: false,
      })
    })
    this.#watch()
  }

  /** Resolves once the gateway has taken the bot. */
  async open(): Promise<void> {
    const aborted = new Promise<never>((_resolve, reject) => {
      const abort = () => reject(this.#signal.reason)
      if (this.#signal.aborted) abort()
      else this.#signal.addEventListener('abort', abort, { once: true })
    })
    const login = this.#client.login(this.#token)
    login.catch(() => {})
    try {
      await Promise.race([login, aborted])
    } catch (error) {
      if (this.#signal.aborted) await this.close(waitByTheClock)
      if (error instanceof Error && error.message === 'Authentication failed') throw unknownBot(error.message)
      throw error
    }
  }

  /** Never fails. */
  close(wait: Wait): Promise<void> {
    this.#closing ??= this.#close(wait)
    return this.#closing
  }

  async #close(wait: Wait): Promise<void> {
    const wasConnected = this.#state === 'connected'
    this.#become('stopped')
    const enough = new AbortController()
    // discord.js leaves behind a connection that is not established yet.
    if (!wasConnected) await Promise.race([this.#stateChanged.promise, wait(RATHER_CLOSED_MS, enough.signal)])
    await Promise.race([
      this.#client
        .destroy()
        .catch((error: unknown) => this.#log(`Discord: ${describeFailure(error)}`, 'warn')),
      wait(CLOSING_MAX_MS, enough.signal),
    ])
    enough.abort()
    this.#end.resolve()
  }

  #watch(): void {
    const client = this.#client
    const become = (how: string) => this.#become('connected', `Discord: connected to the gateway${how}`)
    client.ws.on(GatewayDispatchEvents.Ready, (data: GatewayReadyDispatchData) => {
      // Discord lists the servers of the bot by their ids; discord.js would make a place for each.
      data.guilds = []
      become('')
    })
    client.ws.on(GatewayDispatchEvents.Resumed, () => become(' again, nothing was missed'))
    client.on(Events.ShardReconnecting, () =>
      this.#become('reconnecting', 'Discord: the gateway has closed the connection; connecting again'),
    )
    client.on(Events.ShardDisconnect, ({ code }) => {
      const what = `closed by the gateway with ${code} ${GatewayCloseCodes[code] ?? ''}`.trim()
      const isToken = code === GatewayCloseCodes.AuthenticationFailed
      this.#end.reject(isToken ? unknownBot(what) : new Error(`Discord does not want this bot: ${what}`))
    })
    client.on(Events.ShardError, (error) => this.#log(`Discord: ${describeFailure(error)}`, 'warn'))
    client.on(Events.Error, (error) => this.#log(`Discord: ${describeFailure(error)}`, 'warn'))
  }

  #become(state: State, line?: string): void {
    this.#stateChanged.resolve()
    this.#stateChanged = Promise.withResolvers()
    if (this.#state === state || this.#state === 'stopped') return
    this.#state = state
    if (line !== undefined) this.#log(line)
  }

  /** discord.js goes on connecting after it was told to stop, where it pauses between two tries. */
  #stoppable(
    strategy: SimpleShardingStrategy,
    options: { retrieveSessionInfo(shardId: number): unknown },
  ): SimpleShardingStrategy {
    const retrieve = options.retrieveSessionInfo
    // It asks for the session before each try.
    options.retrieveSessionInfo = (shardId) =>
      this.#state === 'stopped' ? new Promise(() => {}) : retrieve(shardId)
    return strategy
  }
}
