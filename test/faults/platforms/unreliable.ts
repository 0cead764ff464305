import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What goes wrong with one try of a call; `taken`: the platform has done it, only its answer is lost. */
export type Trouble<Refusal> =
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | { readonly kind: 'cut'; readonly taken: boolean }
  | { readonly kind: 'hang'; readonly released: Promise<void> }

/** What goes wrong with the first tries of a call, one after the other. */
export type Fate<Refusal> = readonly Trouble<Refusal>[]

/** A call as a bot has made it, whatever became of it. */
export interface Tried {
  readonly path: string
  readonly body: string
}

export interface UnreliableOptions<Refusal> {
  /** For every call that has not been tried before, while the way is unreliable. */
  drawFate(): Fate<Refusal>
  /** Answers in the platform's words. */
  refuse(response: ServerResponse, refusal: Refusal): void
}

/** The way from a bot to its platform, on loopback, on which calls are refused and lost. Reliable at first. */
export class Unreliable<Refusal> implements AsyncDisposable {
  /** Every try, in the order they came. */
  readonly tried: Tried[] = []
  /** How many tries went wrong. */
  troubles = 0
  isReliable = true
  readonly #platform: string
  readonly #options: UnreliableOptions<Refusal>
  readonly #http = createServer((request, response) => {
    // Whoever hung up needs no answer.
    this.#serve(request, response).catch(() => response.destroy())
  })
  /** What is left to go wrong. */
  readonly #fates = new Map<string, Trouble<Refusal>[]>()

  private constructor(platform: string, options: UnreliableOptions<Refusal>) {
    this.#platform = platform
    this.#options = options
  }

  /** @param platform the root of the platform's addresses */
  static async before<Refusal>(
    platform: string,
    options: UnreliableOptions<Refusal>,
  ): Promise<Unreliable<Refusal>> {
    const way = new Unreliable(platform, options)
    way.#http.listen(0, '127.0.0.1')
    await once(way.#http, 'listening')
    return way
  }

  /** In place of the platform's own. */
  get root(): string {
    const { port } = this.#http.address() as AddressInfo
    return Object.assign(new URL(this.#platform), { port: String(port) }).href.replace(/\/$/, '')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close()
    this.#http.closeAllConnections()
    await once(this.#http, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const tried = { path: request.url ?? '', body: String(body) }
    this.tried.push(tried)
    const trouble = this.#troubleOf(`${request.method} ${tried.path} ${tried.body}`)
    if (trouble !== undefined) this.troubles++
    if (trouble?.kind === 'refuse') return this.#options.refuse(response, trouble.refusal)
    if (trouble?.kind === 'hang') await trouble.released
    const isCut = trouble?.kind === 'cut'
    if (isCut && !trouble.taken) return void response.destroy()
    const answer = await this.#pass(request, response, body)
    if (isCut) return void response.destroy()
    const type = answer.headers.get('content-type')
    response.writeHead(answer.status, type === null ? {} : { 'content-type': type })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }

  /** A call that is tried again is the same, letter by letter. */
  #troubleOf(call: string): Trouble<Refusal> | undefined {
    if (this.isReliable) return undefined
    const fate = this.#fates.get(call) ?? [...this.#options.drawFate()]
    this.#fates.set(call, fate)
    return fate.shift()
  }

  #pass(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<Response> {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const { 'content-type': type, authorization } = request.headers
    return fetch(new URL(request.url ?? '', this.#platform), {
      method: request.method ?? 'GET',
      headers: { ...(type && { 'content-type': type }), ...(authorization && { authorization }) },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
      signal: gone.signal,
    })
  }
}
