import { resolve } from 'node:path'
import { openStore, restoreStore } from '../db/openStore.ts'
import type { Config } from './config.ts'

/** Instead of a file: the standard output, or the standard input. */
const STANDARD = '-'

/**
 * Writes everything in the database to a file, or to the standard output (where a container has nothing to write to).
 *
 * @param given the file's name, or "-"; a name with the time in it, in the current folder, unless given
 * @returns the exit code
 * @throws Error when the file is there already, or cannot be written
 */
export async function backupCommand(config: Config, given: string | undefined, now: Date): Promise<number> {
  if (given === STANDARD && process.stdout.isTTY) {
    throw new Error(
      'a backup is not for a screen: send it to a file, as in "deckhand backup - > deckhand.backup.gz"',
    )
  }
  const file =
    given === STANDARD
      ? null
      : resolve(given ?? `deckhand-${now.toISOString().slice(0, 16).replaceAll(':', '')}.backup.gz`)
  const { backUpTo, close } = await openStore(config)
  try {
    // Whoever reads it may stop early, and the process with them: that is no backup.
    if (file === null) process.exitCode = 1
    const rows = await backUpTo(file ?? process.stdout, now)
    // What is not the backup must not get into it.
    const tell = file === null ? console.error : console.log
    tell(`${rows} rows are in ${file ?? 'the backup'}. Keep it safe: it holds all that people have answered.`)
    return 0
  } finally {
    await close()
  }
}

/**
 * Reads a backup into an empty database, and has the doctor look at it.
 *
 * @param given the file's name, or "-" for the standard input
 * @returns 0, or 1 when the doctor finds something
 * @throws Error when it is no whole backup, or there is something in the database already
 */
export async function restoreCommand(config: Config, given: string): Promise<number> {
  const source = given === STANDARD ? process.stdin : resolve(given)
  const { rows, madeAt } = await restoreStore(config, source)
  console.log(`${rows} rows of ${madeAt} are restored.`)
  const { doctorCommand } = await import('./doctor.ts')
  return doctorCommand(config)
}
