import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord.js'
import { WebSocket, WebSocketServer } from 'ws'

/** A session of the bot's: it outlives connections. */
interface Session {
  readonly id: string
  readonly intents: number
  readonly events: { readonly s: number; readonly t: string; readonly d: unknown }[]
  /** Null: the connection is lost, and events wait for a resume. */
  socket: WebSocket | null
  isLost: boolean
}

/** What the gateway tells of the bot. */
export interface GatewayWorld {
  readonly token: string
  readonly heartbeatMs: number
  /** The READY of a new session. */
  ready(sessionId: string): object
  /** Servers that the bot is in, as GUILD_CREATE shows them to who wants to know. */
  guilds(): readonly object[]
  announce(): void
}

/** Discord's gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME with all that was missed. */
export class Gateway {
  /** How often the bot began a session. */
  identified = 0
  /** How often the bot went on with one. */
  resumed = 0
  /** What the bot asked for when it began the last session. */
  intents: number | null = null
  /** Heartbeats are not answered any more: the connection looks dead. */
  isMute = false
  readonly #world: GatewayWorld
  readonly #sessions = new Map<string, Session>()
  readonly #server = new WebSocketServer({ noServer: true })

  constructor(http: Server, world: GatewayWorld) {
    this.#world = world
    http.on('upgrade', (request, socket, head) => {
      this.#server.handleUpgrade(request, socket, head, (connection) => this.#open(connection))
    })
  }

  /** How many sessions are connected now. */
  get connected(): number {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== null).length
  }

  /** Hands an event to every session, as Discord does where several processes have one token. */
  dispatch(event: string, data: unknown): void {
    for (const session of this.#sessions.values()) if (!session.isLost) this.#give(session, event, data)
  }

  /** Cuts every connection; sessions can be resumed unless they are `lost`. */
  drop({ lost = false } = {}): void {
    for (const session of this.#live()) {
      session.isLost = lost
      session.socket?.terminate()
    }
  }

  /** Closes every connection with a code of Discord's, such as 4004 for a token that is no longer valid. */
  close(code: number): void {
    for (const { socket } of this.#live()) socket?.close(code)
  }

  /** Tells the bot to connect again (op 7). */
  requestReconnect(): void {
    for (const { socket } of this.#live()) send(socket, GatewayOpcodes.Reconnect, null)
  }

  /** Tells the bot that its session is over (op 9), or that it may resume it. */
  invalidate({ resumable = false } = {}): void {
    for (const session of this.#live()) {
      session.isLost = !resumable
      send(session.socket, GatewayOpcodes.InvalidSession, resumable)
    }
  }

  end(): void {
    for (const client of this.#server.clients) client.terminate()
  }

  #live(): Session[] {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== null)
  }

  #open(socket: WebSocket): void {
    let session: Session | null = null
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = null
      this.#world.announce()
    })
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw))
      if (op === GatewayOpcodes.Heartbeat) {
        if (!this.isMute) send(socket, GatewayOpcodes.HeartbeatAck, null)
      } else if (op === GatewayOpcodes.Identify || op === GatewayOpcodes.Resume) {
        if (d.token !== this.#world.token) return socket.close(4004, 'Authentication failed.')
        session = op === GatewayOpcodes.Identify ? this.#identify(socket, d) : this.#resume(socket, d)
        this.#world.announce()
      } else if (session === null) socket.close(4003, 'Not authenticated.')
    })
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: this.#world.heartbeatMs })
  }

  #identify(socket: WebSocket, { intents }: { intents: number }): Session {
    const session: Session = { id: randomUUID(), intents, events: [], socket, isLost: false }
    this.#sessions.set(session.id, session)
    this.identified++
    this.intents = intents
    this.#give(session, GatewayDispatchEvents.Ready, this.#world.ready(session.id))
    if ((intents & GatewayIntentBits.Guilds) !== 0) {
      for (const guild of this.#world.guilds()) this.#give(session, GatewayDispatchEvents.GuildCreate, guild)
    }
    return session
  }

  #resume(socket: WebSocket, { session_id: id, seq }: { session_id: string; seq: number }): Session | null {
    const session = this.#sessions.get(id)
    if (session === undefined || session.isLost) {
      send(socket, GatewayOpcodes.InvalidSession, false)
      return null
    }
    session.socket?.terminate()
    session.socket = socket
    this.resumed++
    for (const { s, t, d } of session.events.filter((event) => event.s > seq)) {
      send(socket, GatewayOpcodes.Dispatch, d, s, t)
    }
    this.#give(session, GatewayDispatchEvents.Resumed, {})
    return session
  }

  #give(session: Session, t: string, d: unknown): void {
    // Later edits of a message must not change what was told before.
    const event = { s: session.events.length + 1, t, d: structuredClone(d) }
    session.events.push(event)
    send(session.socket, GatewayOpcodes.Dispatch, event.d, event.s, t)
  }
}

function send(
  socket: WebSocket | null,
  op: GatewayOpcodes,
  d: unknown,
  s: number | null = null,
  t: string | null = null,
): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ op, d, s, t }))
}
