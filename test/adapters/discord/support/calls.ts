import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { Refusal } from './refusal.ts'

/** A file as the bot sent it. */
export interface SentFile {
  readonly name: string
  readonly content: Buffer
}

/** One request of the bot's. */
export interface Call {
  /** Method and path below the version, as in "POST /channels/5/messages". */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
  readonly body: any
  readonly files: readonly SentFile[]
  readonly headers: IncomingMessage['headers']
  /** Null: not answered yet, or the connection was cut. */
  answer: { readonly status: number; readonly body: unknown } | null
}

/** Reads one request of the bot's, JSON or multipart. @throws Refusal for what is neither, and for other versions */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '', 'http://loopback')
  const [, version, rest] = /^\/api\/v(\d+)(\/.*)$/.exec(url.pathname) ?? []
  if (rest === undefined) throw new Refusal(404, 0, '404: Not Found')
  if (version !== '10') throw new Refusal(400, 50041, 'Invalid API version')
  const method = request.method ?? ''
  const path = decodeURIComponent(rest)
  const { body, files } = await readBody(request)
  return {
    name: `${method} ${path}`,
    method,
    path,
    query: url.searchParams,
    body,
    files,
    headers: request.headers,
    answer: null,
  }
}

async function readBody(request: IncomingMessage): Promise<{ body: unknown; files: SentFile[] }> {
  const raw = await buffer(request)
  const type = request.headers['content-type'] ?? ''
  if (raw.length === 0) return { body: {}, files: [] }
  if (!type.startsWith('multipart/')) return { body: JSON.parse(String(raw)), files: [] }
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData()
  const payload = form.get('payload_json')
  const files = await Promise.all(
    [...form.values()].flatMap((value) =>
      typeof value === 'string'
        ? []
        : [value.arrayBuffer().then((bytes) => ({ name: value.name, content: Buffer.from(bytes) }))],
    ),
  )
  return { body: typeof payload === 'string' ? JSON.parse(payload) : {}, files }
}

/** Anything else than a refusal is a mistake of this server: a 500 that says where. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal
    ? error
    : new Refusal(500, 0, `test server: ${error instanceof Error ? error.stack : error}`)
}

export function reply(response: ServerResponse, { status, body }: NonNullable<Call['answer']>): void {
  const retryAfter = status === 429 ? (body as { retry_after?: number }).retry_after : undefined
  response.writeHead(status, {
    ...(status !== 204 && { 'content-type': 'application/json' }),
    ...(retryAfter !== undefined && {
      'retry-after': String(retryAfter),
      'x-ratelimit-scope': 'user',
    }),
  })
  response.end(status === 204 ? undefined : JSON.stringify(body))
}
