import type { PGlite } from '@electric-sql/pglite'
import type { Database } from './database.ts'

/** A migrated database and how to leave it. */
export interface OpenDatabase {
  readonly db: Database
  /** Where jobs are kept: in the same database. */
  readonly jobsPlace: JobsPlace
  /**
   * Remembers how far the connections to the database are.
   *
   * @returns ends those that have received nothing since then; others are opened in their place
   */
  markSilence(): () => void
  close(): Promise<void>
}

/** How whoever keeps jobs reaches the database: a connection of its own, or a turn at the only one. */
export type JobsPlace =
  | { readonly kind: 'postgres'; readonly databaseUrl: string }
  | {
      readonly kind: 'pglite'
      readonly pglite: PGlite
      /** Keeps everybody else off the one connection meanwhile. */
      exclusively<Result>(work: () => Promise<Result>): Promise<Result>
    }
