import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { ApiError } from 'grammy/types'
import { readMultipart, type SentFile } from './multipart.ts'
import { Refusal } from './refusal.ts'

/** One call of the bot's. */
export interface Call {
  readonly method: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly files: readonly SentFile[]
  /** Null: not answered yet, or the connection was cut. */
  answer: { readonly ok: true; readonly result: unknown } | ApiError | null
}

/** Reads one call of the bot's, JSON or multipart. */
export async function readCall(request: IncomingMessage, method: string): Promise<Call> {
  const body = await buffer(request)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) {
    return { method, payload: body.length > 0 ? JSON.parse(String(body)) : {}, files: [], answer: null }
  }
  const { fields, files } = readMultipart(body, type)
  // In a form, everything but plain strings is JSON.
  const payload = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      name !== 'caption' && /^([[{]|-?\d+$|true$|false$)/.test(value) ? JSON.parse(value) : value,
    ]),
  )
  return { method, payload, files, answer: null }
}

/** Anything else than a refusal is a mistake of this server: a 500 that says where. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal
    ? error
    : new Refusal(500, `Internal Server Error: test server: ${error instanceof Error ? error.stack : error}`)
}

export function reply(response: ServerResponse, answer: NonNullable<Call['answer']>): void {
  response.writeHead(answer.ok ? 200 : answer.error_code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
}
