import { request } from 'node:http'
import type { Config } from './config.ts'

/** A container's health check gives up sooner or later by itself; this says so before. */
const PATIENCE_MS = 3000

/**
 * Asks the process that runs on this machine whether it is alive, for the health check of a container.
 *
 * @returns 0 when it is, else 1 with a line that says why
 */
export async function healthCommand({ opsPort }: Config): Promise<number> {
  if (opsPort === null) {
    console.error('DECKHAND_PORT is not set: with it, a running Deckhand answers there how it is')
    return 1
  }
  const status = await statusOf(opsPort).catch(
    (error: Error & { code?: string }) => error.code ?? error.message,
  )
  if (status === 200) return 0
  console.error(`http://127.0.0.1:${opsPort}/healthz: ${status}`)
  return 1
}

function statusOf(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    request({ host: '127.0.0.1', port, path: '/healthz', signal }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', (error) => reject(signal.aborted ? new Error(`no answer in ${PATIENCE_MS} ms`) : error))
      .end()
  })
}
