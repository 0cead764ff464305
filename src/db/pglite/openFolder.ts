import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { MIGRATIONS_FOLDER, needsMigration } from '../migrate.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { backUp, isBackupDue, listBackups } from './backup.ts'
import { createFolder } from './createFolder.ts'
import { takeLock } from './lock.ts'
import { PreparedPglite } from './preparedPglite.ts'
import { checkAndVacuum, startPglite } from './startPglite.ts'

/**
 * Opens the PGlite database in a data folder and brings its tables up to date; makes folder and database where
 * there are none. The folder holds `pglite/`, `pglite.lock` and `backups/`.
 *
 * @param migrationsFolder the migrations it is brought up to
 * @throws Error when another process uses the folder, and when the database is damaged; it says what to do
 */
export async function openFolder(
  dataFolder: string,
  migrationsFolder = MIGRATIONS_FOLDER,
): Promise<OpenDatabase> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const releaseLock = await takeLock(join(dataFolder, 'pglite.lock'))
  try {
    const pglite = await openDatabase(dataFolder)
    const close = async () => {
      await pglite.close()
      await releaseLock()
    }
    try {
      // drizzle calls nothing else of PGlite than what this has.
      const prepared = new PreparedPglite(pglite)
      const db = drizzle(prepared as unknown as PGlite, { casing: 'snake_case' })
      if (await needsMigration(db, migrationsFolder)) await migrate(db, { migrationsFolder })
      const exclusively: PreparedPglite['exclusively'] = (work) => prepared.exclusively(work)
      // It is in this process: there is no connection that could fall silent.
      const markSilence = () => () => {}
      return { db, jobsPlace: { kind: 'pglite', pglite, exclusively }, markSilence, close }
    } catch (error) {
      await pglite.close()
      throw error
    }
  } catch (error) {
    await releaseLock()
    throw error
  }
}

/** Starts the database and backs it up once a day, before a migration changes it. */
async function openDatabase(dataFolder: string) {
  const databaseFolder = join(dataFolder, 'pglite')
  const backupFolder = join(dataFolder, 'backups')
  const isNew = !existsSync(databaseFolder)
  if (isNew) await createFolder(databaseFolder)
  const damaged = (error: unknown) => damage(databaseFolder, backupFolder, error)

  // PGlite would make a new database over the remains of the old one.
  if (!existsSync(join(databaseFolder, 'PG_VERSION'))) throw await damaged('PG_VERSION is missing')
  const pglite = await startPglite(databaseFolder).catch(async (error: unknown) => {
    throw await damaged(error)
  })
  try {
    const now = new Date()
    if (!isNew && (await isBackupDue(backupFolder, now))) {
      // Only what can be read whole may push the oldest backup out.
      await checkAndVacuum(pglite).catch(async (error: unknown) => {
        throw await damaged(error)
      })
      await backUp(databaseFolder, backupFolder, now)
    }
    return pglite
  } catch (error) {
    await pglite.close()
    throw error
  }
}

async function damage(databaseFolder: string, backupFolder: string, error: unknown): Promise<Error> {
  const reason = error instanceof Error ? error.message : String(error)
  const [newest] = await listBackups(backupFolder)
  const wayOut =
    newest === undefined
      ? 'There is no backup yet.'
      : `The newest backup is ${join(backupFolder, newest)}. To go back to it:\n` +
        `  mv ${databaseFolder} ${databaseFolder}.damaged\n` +
        `  mkdir ${databaseFolder}\n` +
        `  tar -xzf ${join(backupFolder, newest)} -C ${databaseFolder}`
  return new Error(`the database in ${databaseFolder} cannot be read: ${reason}. ${wayOut}`)
}
