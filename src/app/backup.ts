import { resolve } from 'node:path'
import { openStore, restoreStore } from '../db/openStore.ts'
import type { Config } from './config.ts'

/**
 * Writes everything in the database to a file.
 *
 * @param given the file's name; one with the time in it, in the current folder, unless given
 * @returns the exit code
 * @throws Error when the file is there already, or cannot be written
 */
export async function backupCommand(config: Config, given: string | undefined, now: Date): Promise<number> {
  const file = resolve(given ?? `deckhand-${now.toISOString().slice(0, 16).replaceAll(':', '')}.backup.gz`)
  const { backUpTo, close } = await openStore(config)
  try {
    const rows = await backUpTo(file, now)
    console.log(`${rows} rows are in ${file}. Keep it safe: it holds all that people have answered.`)
    return 0
  } finally {
    await close()
  }
}

/**
 * Reads a backup into an empty database, and has the doctor look at it.
 *
 * @returns 0, or 1 when the doctor finds something
 * @throws Error when the file is no whole backup, or there is something in the database already
 */
export async function restoreCommand(config: Config, file: string): Promise<number> {
  const { rows, madeAt } = await restoreStore(config, resolve(file))
  console.log(`${rows} rows of ${madeAt} are restored.`)
  const { doctorCommand } = await import('./doctor.ts')
  return doctorCommand(config)
}
