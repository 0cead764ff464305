import './quickDrizzle.ts'
import type { Readable, Writable } from 'node:stream'
import type { Store } from '../core/store.ts'
import type { Enqueue } from './enqueue.ts'
import type { Figures, Overdue, QueueFigures, ReviewFigures } from './figures.ts'
import type { JobsPlace, OpenDatabase } from './openDatabase.ts'
import type { plannedDailies } from './plannedDailies.ts'

/** What an operator asks of a store. */
export interface StoreFigures {
  overdue(): Promise<Overdue>
  now(): Promise<Figures>
  queues(): Promise<readonly QueueFigures[]>
  /** Reads the whole log. */
  reviews(): Promise<ReviewFigures>
}

/** A store in use, and what belongs to the place it is kept in. */
export interface OpenStore {
  readonly store: Store
  /** Where its jobs are kept. */
  readonly jobsPlace: JobsPlace
  /** Compares what is stored with the log: each difference as a sentence, as it is found. */
  doctor(): AsyncIterable<string>
  /**
   * Rebuilds what is derived from the log, for every learner; what the log itself contradicts stays as it is.
   * Others may go on writing. Gives how many learners something was changed for.
   */
  repair(): Promise<number>
  /** Whether the database has the tables that this program needs; one that a newer program has changed is `newer`. */
  migrations(): Promise<'current' | 'behind' | 'newer'>
  readonly figures: StoreFigures
  /** How many daily quizzes are planned, and those that come first, at most `limit`. */
  plannedDailies(limit: number): ReturnType<typeof plannedDailies>
  /** Writes everything to a new file, or to a stream; gives how many rows there were. */
  backUpTo(target: string | Writable, now: Date): Promise<number>
  /** Remembers how far the connections are; what it gives ends those that have received nothing since then. */
  markSilence(): () => void
  close(): Promise<void>
}

/** Where a database is. `databaseUrl`: a `postgres://` URL, or null; `dataFolder`: holds PGlite, its lock and its backups. */
export interface StorePlace {
  readonly databaseUrl: string | null
  readonly dataFolder: string
}

/**
 * Opens Postgres when there is a URL, else PGlite in the data folder; creates or migrates it first where that
 * is needed.
 *
 * @param enqueue adds the jobs that the store decides; without it, there may be none
 * @throws Error saying what is wrong with the place and what to do about it
 */
export async function openStore(place: StorePlace, enqueue?: Enqueue): Promise<OpenStore> {
  // Imported here: after the hook above is in place, and only the driver in use.
  const [{ createStore }, { findDifferences }, { db, jobsPlace, markSilence, close }] = await Promise.all([
    import('./store.ts'),
    import('./doctor.ts'),
    openDatabase(place),
  ])
  return {
    store: createStore(db, enqueue),
    jobsPlace,
    doctor: () => findDifferences(db),
    migrations: async () => (await import('./migrate.ts')).migrationState(db),
    plannedDailies: async (limit) => (await import('./plannedDailies.ts')).plannedDailies(db, limit),
    figures: {
      overdue: async () => (await import('./figures.ts')).readOverdue(db),
      now: async () => (await import('./figures.ts')).readFigures(db),
      queues: async () => (await import('./figures.ts')).readQueues(db),
      reviews: async () => (await import('./figures.ts')).readReviews(db),
    },
    repair: async () => (await import('./repair.ts')).repair(db),
    backUpTo: async (target, now) => {
      const { backUpInto, backUpTo } = await import('./archive/archive.ts')
      return typeof target === 'string' ? backUpTo(target, db, now) : backUpInto(target, db, now)
    },
    markSilence,
    close,
  }
}

/**
 * Reads a backup into an empty database.
 *
 * @param source a file's name, or what it says as a stream
 * @returns how many rows there were, and when the backup was made (ISO 8601)
 * @throws Error when it is no whole backup, or there is something in the database; then nothing was changed
 */
export async function restoreStore(
  place: StorePlace,
  source: string | Readable,
): Promise<{ readonly rows: number; readonly madeAt: string }> {
  const { restoreFrom } = await import('./archive/archive.ts')
  return restoreFrom(source, (migrationsFolder) => openDatabase(place, migrationsFolder))
}

async function openDatabase(
  { databaseUrl, dataFolder }: StorePlace,
  migrationsFolder?: string,
): Promise<OpenDatabase> {
  if (databaseUrl === null) {
    const { openFolder } = await import('./pglite/openFolder.ts')
    return openFolder(dataFolder, migrationsFolder)
  }
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(databaseUrl, undefined, migrationsFolder)
}
