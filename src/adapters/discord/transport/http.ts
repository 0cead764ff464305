import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type APIInteraction, InteractionResponseType, InteractionType } from 'discord.js'
import { describeFailure } from './failures.ts'
import type { Receiving } from './gateway.ts'
import type { FirstSender } from './liveInteraction.ts'
import type { Receiver } from './receiver.ts'

export interface EndpointOptions {
  /** Of the application: 64 hex digits. */
  readonly publicKey: string
  /** Where this process listens. */
  readonly port: number
  readonly now: () => Date
}

const BODY_MAX_BYTES = 2 ** 20
const TIMESTAMP_MAX_OFF_MS = 5 * 60_000
const REQUEST_TIMEOUT_MS = 10_000
/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Listens for interactions that Discord posts. What Discord has not signed, or signed more than five minutes ago, is
 * refused with 401 (Discord tests that now and then). The answer to a post is the first response.
 *
 * @throws Error when the port is taken
 */
export async function startEndpoint(
  receiver: Receiver,
  { publicKey, port, now }: EndpointOptions,
): Promise<Receiving & { readonly port: number }> {
  const key = createPublicKey({
    key: Buffer.concat([ED25519_PREFIX, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  })
  const underWay = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const work = answer(request, response, receiver, { key, now }).finally(() => underWay.delete(work))
    underWay.add(work)
  })
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = REQUEST_TIMEOUT_MS
  await listen(server, port)
  const closed = once(server, 'close').then(() => {})
  return {
    port: (server.address() as AddressInfo).port,
    ended: closed,
    stop: async () => {
      server.close()
      server.closeIdleConnections()
      await receiver.settled()
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
    throw new Error(
      `Cannot listen on port ${port} (${describeFailure(error)}): set DISCORD_PORT to a free one`,
    )
  }
}

/** Never rejects: whatever is wrong with the request is answered. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  receiver: Receiver,
  { key, now }: { key: KeyObject; now: () => Date },
): Promise<void> {
  // Whoever has hung up gets no answer; there is nothing else to do about it.
  response.on('error', () => {})
  if (request.method !== 'POST') return refuse(response, 405)
  const body = await signedBody(request, key, now())
  if (body === null) return refuse(response, 401)
  const raw = parseInteraction(body)
  if (raw === null) return refuse(response, 400)
  if (raw.type === (InteractionType.Ping as number)) {
    await sent(response, { type: InteractionResponseType.Pong })
    return
  }
  const sender: FirstSender = {
    send: (callback) => sent(response, callback),
    takesFiles: false,
    isSlow: true,
  }
  const outcome = await receiver.receive(raw, sender)
  // 202: Discord takes the response from elsewhere, that is from the first delivery.
  if (outcome === 'duplicate') response.writeHead(202).end()
  if (outcome === 'unanswered') response.writeHead(500).end()
}

/** @returns null for a body that Discord has not just signed */
async function signedBody(request: IncomingMessage, key: KeyObject, now: Date): Promise<Buffer | null> {
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = request.headers
  if (typeof signature !== 'string' || !/^[0-9a-f]{128}$/i.test(signature)) return null
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return null
  // Whoever got hold of a post may not send it again later.
  if (Math.abs(now.getTime() - 1000 * Number(timestamp)) > TIMESTAMP_MAX_OFF_MS) return null
  const body = await readBody(request)
  if (body === null) return null
  const isSigned = verify(
    null,
    Buffer.concat([Buffer.from(timestamp), body]),
    key,
    Buffer.from(signature, 'hex'),
  )
  return isSigned ? body : null
}

/** @returns null for one that is too large, or was cut short */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > BODY_MAX_BYTES) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks)
}

/** @returns null for anything that is no interaction */
function parseInteraction(body: Buffer): APIInteraction | null {
  try {
    const raw: unknown = JSON.parse(body.toString('utf8'))
    const isInteraction =
      typeof raw === 'object' &&
      raw !== null &&
      'type' in raw &&
      typeof raw.type === 'number' &&
      'id' in raw &&
      typeof raw.id === 'string'
    return isInteraction ? (raw as APIInteraction) : null
  } catch {
    return null
  }
}

/** @returns false when nobody was there to take the whole answer */
async function sent(response: ServerResponse, body: object): Promise<boolean> {
  if (response.destroyed || response.headersSent) return false
  const closed = new Promise((resolve) => response.once('close', resolve))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  await closed
  return response.writableFinished
}

/** Ends the connection too: what comes on it is not read. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end()
}
