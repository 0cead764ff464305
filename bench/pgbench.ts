import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Pace } from './pace.ts'

/** Where pgbench's log of transactions has how long one took. */
const MICROSECONDS_COLUMN = 2

/**
 * How fast pgbench runs a script, its statements prepared.
 *
 * @param clients how many run it at once, each on its own connection
 */
export async function pgbench(
  databaseUrl: string,
  script: string,
  clients: number,
  seconds: number,
): Promise<Pace> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-pgbench-'))
  const file = join(folder, 'script.sql')
  const log = join(folder, 'log')
  try {
    await writeFile(file, script)
    const options = ['-n', '-M', 'prepared', '-f', file, '-l', '--log-prefix', log]
    const size = ['-c', clients, '-j', Math.min(2, clients), '-T', seconds].map(String)
    const { stdout } = await promisify(execFile)('pgbench', [...options, ...size, databaseUrl])
    return { perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]), latenciesMs: await latencies(folder) }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw missing ? new Error('pgbench is not installed: it comes with the Postgres client tools') : error
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** It writes a log for each of its threads. */
async function latencies(folder: string): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('log'))
  const logs = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return logs
    .flatMap((text) => text.trimEnd().split('\n'))
    .map((line) => Number(line.split(' ')[MICROSECONDS_COLUMN]) / 1000)
}
