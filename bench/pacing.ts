import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api } from 'grammy'
import { Pace, paced } from '../src/adapters/telegram/transport/pace.ts'
import type { Bench, Figure } from './bench.ts'

/** Telegram's own figure for all chats together. */
const A_SECOND = 30
const SECONDS = 15
const FIRST_PERSON = 1000

/** How fast many people are sent to while a server refuses what goes beyond its limit, over that limit. */
export const bench: Bench = { name: 'pacing', run: async () => [await measure()] }

async function measure(): Promise<Figure> {
  const server = await startLimited()
  try {
    const api = new Api('1:bench', { apiRoot: server.url })
    api.config.use(paced(new Pace(), true))
    const messages = A_SECOND * SECONDS
    const started = performance.now()
    await Promise.all(
      // Each once: nobody's own share stands in the way. What is refused is sent again.
      Array.from({ length: messages }, async (_, index) => {
        for (;;) {
          const sent = await api.sendMessage(FIRST_PERSON + index, 'x').catch(() => null)
          if (sent !== null) return
        }
      }),
    )
    const perSecond = messages / ((performance.now() - started) / 1000)
    if (server.tooEarly > 0) throw new Error(`${server.tooEarly} were sent inside retry_after`)
    return {
      what: 'messages sent by the clock in Telegram',
      ratio: perSecond / A_SECOND,
      bound: { atLeast: 0.95 },
      reference: 'the limit that a server enforces with 429',
      detail: `${perSecond.toFixed(1)} a second over ${A_SECOND}; ${server.refused} refused, none sent inside retry_after`,
    }
  } finally {
    server.close()
  }
}

/** Takes at most so many messages in any second, and wants to be left alone for a second after one too many. */
async function startLimited() {
  let taken: number[] = []
  const counts = { refused: 0, tooEarly: 0 }
  let heldUntil = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const now = performance.now()
      taken = taken.filter((at) => at > now - 1000)
      const isEarly = now < heldUntil
      if (isEarly) counts.tooEarly++
      const isTaken = !isEarly && taken.length < A_SECOND
      if (isTaken) taken.push(now)
      else {
        counts.refused++
        heldUntil = now + 1000
      }
      const refusal = {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 1',
        parameters: { retry_after: 1 },
      }
      const result = { message_id: 1, date: 1, chat: { id: 1, type: 'private', first_name: 'A' }, text: 'x' }
      response.writeHead(isTaken ? 200 : 429, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isTaken ? { ok: true, result } : refusal))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    get refused() {
      return counts.refused
    },
    get tooEarly() {
      return counts.tooEarly
    },
    close: () => server.close(),
  }
}
