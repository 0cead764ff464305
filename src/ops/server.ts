import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What an operator's tools ask. */
export interface OpsAnswers {
  /** Null: ready. Else what is missing, by what it concerns. */
  readiness(): Promise<Readonly<Record<string, string>> | null>
  /** In Prometheus' text format. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>
}

export interface OpsServer {
  readonly port: number
  close(): Promise<void>
}

/** An orchestrator gives a probe one second. */
const REQUEST_TIMEOUT_MS = 2000

/**
 * Listens for an operator's tools: /healthz, /readyz and /metrics. Whoever can reach the port can read them: nothing in
 * there is about a person, but it belongs on no public address.
 *
 * @throws Error when the port is taken
 */
export async function startOpsServer(port: number, answers: OpsAnswers): Promise<OpsServer> {
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const [path] = (request.url ?? '').split('?')
    const work = isRead ? answer(path ?? '', response, answers) : send(response, 405, 'text/plain', '')
    work.catch(() => send(response, 500, 'text/plain', 'that did not work').catch(() => {}))
  })
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = REQUEST_TIMEOUT_MS
  await listen(server, port)
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(path: string, response: ServerResponse, answers: OpsAnswers): Promise<void> {
  switch (path) {
    case '/healthz':
      // An event loop that is stuck does not get here, and the probe runs out of time.
      return sendJson(response, 200, { status: 'alive', uptimeSeconds: Math.floor(process.uptime()) })
    case '/readyz': {
      const missing = await answers.readiness()
      return missing === null
        ? sendJson(response, 200, { status: 'ready' })
        : sendJson(response, 503, { status: 'not ready', reasons: missing })
    }
    case '/metrics': {
      const { contentType, text } = await answers.metrics()
      return send(response, 200, contentType, text)
    }
    default:
      return sendJson(response, 404, { status: 'there are /healthz, /readyz and /metrics' })
  }
}

function sendJson(response: ServerResponse, status: number, body: object): Promise<void> {
  return send(response, status, 'application/json', `${JSON.stringify(body)}\n`)
}

async function send(response: ServerResponse, status: number, type: string, body: string): Promise<void> {
  // Whoever has hung up gets no answer.
  response.on('error', () => {})
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown'
    throw new Error(`Cannot listen on port ${port} (${code}): set DECKHAND_PORT to a free one`)
  }
}
