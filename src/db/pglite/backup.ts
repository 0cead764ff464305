import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { create } from 'tar'

const KEPT_BACKUPS = 7
const NAME = /^\d{4}-\d{2}-\d{2}\.tar\.gz$/

/** True unless there is a backup of this UTC date. */
export async function isBackupDue(backupFolder: string, now: Date): Promise<boolean> {
  return !(await listBackups(backupFolder)).includes(nameOn(now))
}

/**
 * Copies a database folder into `<today>.tar.gz` and deletes all but the newest seven.
 * The caller sees to it that nothing writes to the folder meanwhile. It reads the folder file by file, since
 * PGlite's own dump holds all of it in memory, twice.
 *
 * @param databaseFolder the folder to copy
 * @param backupFolder where backups are kept; made if missing, readable only by its owner
 * @param now its UTC date names the backup
 */
export async function backUp(databaseFolder: string, backupFolder: string, now: Date): Promise<void> {
  await mkdir(backupFolder, { recursive: true, mode: 0o700 })
  const file = join(backupFolder, nameOn(now))
  const unfinished = `${file}.unfinished`
  try {
    create(
      {
        file: unfinished,
        cwd: databaseFolder,
        gzip: true,
        portable: true,
        mode: 0o600,
        // Faster than many files at once, and there is nothing else to do meanwhile.
        sync: true,
        // It says that the database is open: true of the folder, not of the copy.
        filter: (path) => basename(path) !== 'postmaster.pid',
      },
      ['.'],
    )
    await chmod(unfinished, 0o600)
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`cannot write the backup ${file}: ${reason}. Make room for it, then start again`)
  }
  const old = (await listBackups(backupFolder)).slice(KEPT_BACKUPS)
  await Promise.all(old.map((each) => rm(join(backupFolder, each))))
}

/** The names of the backups in a folder, newest first; none when there is no such folder. */
export async function listBackups(backupFolder: string): Promise<string[]> {
  const names = await readdir(backupFolder).catch(() => [])
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
}

function nameOn(now: Date): string {
  return `${now.toISOString().slice(0, 10)}.tar.gz`
}
