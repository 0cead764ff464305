import type { Database } from './database.ts'

/** A migrated database and how to leave it. */
export interface OpenDatabase {
  readonly db: Database
  close(): Promise<void>
}
