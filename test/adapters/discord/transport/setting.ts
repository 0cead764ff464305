import { afterEach } from 'vitest'
import { DiscordApi } from '../../../../src/adapters/discord/transport/api.ts'
import { type Receiving, startGateway } from '../../../../src/adapters/discord/transport/gateway.ts'
import { startEndpoint } from '../../../../src/adapters/discord/transport/http.ts'
import type { HandleInteraction } from '../../../../src/adapters/discord/transport/interaction.ts'
import { createReceiver, type Receiver } from '../../../../src/adapters/discord/transport/receiver.ts'
import { FakeTime } from '../../telegram/transport/fakeTime.ts'
import { DiscordServer } from '../support/server.ts'

/** Both ways by which interactions come. */
export const WAYS = ['through the gateway', 'over HTTP'] as const
export type Way = (typeof WAYS)[number]

const settings: Setting[] = []

afterEach(async () => {
  for (const setting of settings.splice(0)) await setting.end()
})

/** The transport at work, on Discord on loopback; what is started ends with the test. */
export class Setting {
  readonly server: DiscordServer
  readonly api: DiscordApi
  /** What the log says of interactions, and of the connection. */
  readonly log: string[] = []
  readonly states: string[] = []
  readonly time = new FakeTime()
  readonly stopping = new AbortController()
  now = new Date()
  receiver: Receiver
  readonly #receiving: Receiving[] = []
  #isEnding = false

  private constructor(server: DiscordServer) {
    this.server = server
    this.api = new DiscordApi({ token: server.token, apiRoot: server.apiRoot, timeoutMs: 2000, pauseMs: 1 })
    this.receiver = this.receiverOf(async () => {})
    settings.push(this)
  }

  /** @param handle what is done with interactions */
  static async start(
    way: Way,
    handle: HandleInteraction,
    options?: Parameters<typeof DiscordServer.start>[0],
  ): Promise<Setting> {
    const setting = await Setting.server(options)
    setting.receiver = setting.receiverOf(handle)
    await (way === 'over HTTP' ? setting.listen() : setting.connect())
    return setting
  }

  /** The server alone. */
  static async server(options?: Parameters<typeof DiscordServer.start>[0]): Promise<Setting> {
    return new Setting(await DiscordServer.start(options))
  }

  receiverOf(handle: HandleInteraction): Receiver {
    const { api, log, time } = this
    return createReceiver(handle, {
      api,
      log: (line) => log.push(line),
      now: () => this.now,
      wait: time.wait,
    })
  }

  async connect(token = this.server.token, receiver = this.receiver): Promise<Receiving> {
    const { server, api, states, time, stopping } = this
    const receiving = await startGateway(receiver, {
      token,
      apiRoot: server.apiRoot,
      api,
      log: (line) => states.push(line),
      signal: stopping.signal,
      wait: (ms, signal) => (this.#isEnding ? Promise.resolve() : time.wait(ms, signal)),
    })
    this.#receiving.push(receiving)
    return receiving
  }

  async listen(receiver = this.receiver): Promise<Receiving> {
    const { publicKey } = this.server
    const receiving = await startEndpoint(receiver, { publicKey, port: 0, now: () => this.now })
    this.server.endpoint = `http://127.0.0.1:${receiving.port}/discord`
    this.#receiving.push(receiving)
    return receiving
  }

  async end(): Promise<void> {
    // Nobody waits for what hangs.
    this.#isEnding = true
    this.time.letPass(10_000)
    await Promise.all(this.#receiving.map((receiving) => receiving.stop()))
    await this.server[Symbol.asyncDispose]()
  }
}
