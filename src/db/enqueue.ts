import type { Job } from '../core/jobs.ts'
import type { Database } from './database.ts'

/**
 * Adds jobs in a transaction that decides them: they are there if it commits, and not if it does not. Whoever opens the
 * store gives it, so that the store knows nothing of how jobs are kept.
 */
export type Enqueue = (transaction: Database, jobs: readonly Job[]) => Promise<void>

/** For a process without jobs, such as a study in the terminal: nothing there decides any. */
export const NO_JOBS: Enqueue = async (_transaction, jobs) => {
  if (jobs.length > 0)
    throw new Error(`the store was opened without jobs: ${jobs[0]?.kind} cannot be planned`)
}
