import type { OpenJobs } from '../../../src/jobs/openJobs.ts'

/**
 * Makes jobs due whose time has come by the clock of a test, and those that wait to be tried again: the database has a
 * clock of its own.
 */
export async function hurry({ boss }: OpenJobs, now: Date): Promise<void> {
  await boss.getDb().executeSql(
    `update pgboss.job set start_after = now() - interval '1 second'
    where state < 'active' and (state = 'retry' or data ->> 'at' is null or (data ->> 'at')::timestamptz <= $1::timestamptz)`,
    [now.toISOString()],
  )
}
