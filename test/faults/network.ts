import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A network between the store and its database, which can fail. On loopback. */
export class Network implements AsyncDisposable {
  readonly #server: Server
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  readonly #target: URL
  #isSwallowing = false

  private constructor(target: URL) {
    this.#target = target
    this.#server = createServer((near) => this.#join(near))
  }

  /** @param databaseUrl where the database really is */
  static async before(databaseUrl: string): Promise<Network> {
    const network = new Network(new URL(databaseUrl))
    network.#server.listen(0, '127.0.0.1')
    await once(network.#server, 'listening')
    return network
  }

  /** The database's URL through this network. */
  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the network has no port')
    return Object.assign(new URL(this.#target), { port: String(address.port) }).href
  }

  /** Ends all connections. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy()
      far.destroy()
    }
  }

  /** From now on nothing that is sent arrives, and nobody is told: every open connection is half open. */
  swallow(): void {
    this.#isSwallowing = true
  }

  /** New connections work again; what was swallowed stays so. */
  recover(): void {
    this.#isSwallowing = false
    for (const [near, far] of this.#pairs) {
      near.unpipe(far)
      far.unpipe(near)
      far.destroy()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname)
    const pair = [near, far] as const
    this.#pairs.add(pair)
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (bytes) => {
        if (!this.#isSwallowing) to.write(bytes)
      })
      from.on('error', () => {})
      from.once('close', () => {
        // Whoever waits at the other end of a half-open connection hears nothing of it.
        if (from === near || !this.#isSwallowing) to.destroy()
        this.#pairs.delete(pair)
      })
    }
  }
}
