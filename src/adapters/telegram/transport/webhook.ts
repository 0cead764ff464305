import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { describeFailure } from './failures.ts'
import { persevere, wait as waitByTheClock } from './persevere.ts'
import type { HandleUpdate, PollingOptions, Receiving } from './polling.ts'

export interface WebhookOptions extends PollingOptions {
  /** Where Telegram posts to; its path is the only one there is. */
  readonly url: string
  /** What Telegram sends along with every update. */
  readonly secret: string
  /** Where this process listens. */
  readonly port: number
  /** Ends the waiting for a Telegram that cannot be reached. */
  readonly signal?: AbortSignal
}

const BODY_MAX_BYTES = 2 ** 20
/** Telegram's own default: so many updates at once. */
const MAX_CONNECTIONS = 40
/** A process that is told to stop has ten seconds for all. */
const STOP_PATIENCE_MS = 8000
const REQUEST_TIMEOUT_MS = 10_000
const NEVER = new AbortController().signal

/**
 * Listens for updates and tells Telegram where. An update is answered with 200 once it has been dealt with; Telegram
 * posts again whatever was not.
 *
 * grammY's webhookCallback reads the body before it looks at the secret, and lets everybody in when there is none.
 *
 * @param handle failures are logged, and the update is done with
 * @returns once Telegram knows the address
 * @throws Error when the port is taken, or Telegram refuses the address or the token
 */
export async function startWebhook(
  api: Api,
  handle: HandleUpdate,
  options: WebhookOptions,
): Promise<Receiving & { readonly port: number }> {
  const underWay = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const work = answer(request, response, handle, options).finally(() => underWay.delete(work))
    underWay.add(work)
  })
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = REQUEST_TIMEOUT_MS
  await listen(server, options.port)
  try {
    await announce(api, options)
  } catch (error) {
    server.close()
    throw error
  }
  const closed = once(server, 'close').then(() => {})
  return {
    port: (server.address() as AddressInfo).port,
    ended: closed,
    stop: async () => {
      server.close()
      server.closeIdleConnections()
      const enough = new AbortController()
      const patience = (options.wait ?? waitByTheClock)(STOP_PATIENCE_MS, enough.signal)
      await Promise.race([Promise.all(underWay), patience])
      enough.abort()
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Error(`Cannot listen on port ${port} (${describeFailure(error)}): set PORT to a free one`)
  }
}

async function announce(api: Api, options: WebhookOptions): Promise<void> {
  const { url, secret, allowedUpdates, log, wait = waitByTheClock, signal = NEVER } = options
  const settings = {
    secret_token: secret,
    allowed_updates: allowedUpdates as never,
    max_connections: MAX_CONNECTIONS,
  }
  await persevere(() => api.setWebhook(url, settings), { log, wait, signal })
}

/** Never rejects: whatever is wrong with the request is answered. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: HandleUpdate,
  { url, secret, log }: WebhookOptions,
): Promise<void> {
  const [path] = (request.url ?? '').split('?')
  if (request.method !== 'POST' || path !== new URL(url).pathname) return refuse(response, 404)
  if (!isSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) return refuse(response, 401)
  const body = await readBody(request)
  if (body === 'too large') return refuse(response, 413)
  const update = body === 'cut short' ? null : parseUpdate(body)
  if (update === null) return refuse(response, 400)
  try {
    await handle(update)
  } catch (error) {
    log(`update ${update.update_id}: ${describeFailure(error)}`, 'warn')
  }
  await sent(response.writeHead(200))
}

/** Ends the answer and waits until it is out, or nobody is there to take it. */
async function sent(response: ServerResponse): Promise<void> {
  if (response.destroyed) return
  const closed = new Promise((resolve) => response.once('close', resolve))
  // Whoever has hung up gets no answer; there is nothing else to do about it.
  response.on('error', () => {}).end()
  await closed
}

/** Ends the connection too: what comes on it is not read. */
function refuse(response: ServerResponse, status: number): Promise<void> {
  return sent(response.writeHead(status, { connection: 'close' }))
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function isSecret(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'cut short'> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > BODY_MAX_BYTES) return 'too large'
      chunks.push(chunk)
    }
  } catch {
    return 'cut short'
  }
  return Buffer.concat(chunks)
}

/** @returns null for anything that is no update */
function parseUpdate(body: Buffer): Update | null {
  try {
    const update: unknown = JSON.parse(body.toString('utf8'))
    const isUpdate =
      typeof update === 'object' &&
      update !== null &&
      'update_id' in update &&
      Number.isSafeInteger(update.update_id)
    return isUpdate ? (update as Update) : null
  } catch {
    return null
  }
}
