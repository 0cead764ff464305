import './quickDrizzle.ts'
import type { Store } from '../core/store.ts'
import type { OpenDatabase } from './openDatabase.ts'

/** A store in use, and what belongs to the place it is kept in. */
export interface OpenStore {
  readonly store: Store
  /** Compares what is stored with the log: each difference as a sentence, as it is found. */
  doctor(): AsyncIterable<string>
  close(): Promise<void>
}

/**
 * Opens Postgres when there is a URL, else PGlite in the data folder; creates or migrates it first where that
 * is needed.
 *
 * @param place `databaseUrl`: a `postgres://` URL, or null; `dataFolder`: holds PGlite, its lock and its backups
 * @throws Error saying what is wrong with the place and what to do about it
 */
export async function openStore(place: {
  readonly databaseUrl: string | null
  readonly dataFolder: string
}): Promise<OpenStore> {
  // Imported here: after the hook above is in place, and only the driver in use.
  const [{ createStore }, { findDifferences }, { db, close }] = await Promise.all([
    import('./store.ts'),
    import('./doctor.ts'),
    openDatabase(place.databaseUrl, place.dataFolder),
  ])
  return { store: createStore(db), doctor: () => findDifferences(db), close }
}

async function openDatabase(databaseUrl: string | null, dataFolder: string): Promise<OpenDatabase> {
  if (databaseUrl === null) {
    const { openFolder } = await import('./pglite/openFolder.ts')
    return openFolder(dataFolder)
  }
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(databaseUrl)
}
