import { DEAD_QUEUE } from '../core/jobs.ts'
import type { OpenJobs } from './openJobs.ts'

/** A job that failed too often. */
export interface DeadJob {
  /** The queue it came from. */
  readonly queue: string
  readonly subject: string
  readonly since: Date
  readonly reason: string
}

/** The jobs that failed too often, latest first. */
export async function deadJobs({ boss }: OpenJobs, limit: number): Promise<DeadJob[]> {
  const { rows } = await boss.getDb().executeSql(
    `select coalesce(source_name, name) as queue, data, created_on, source_output
    from pgboss.job where name = '${DEAD_QUEUE}' and state < 'active' order by created_on desc limit $1`,
    [limit],
  )
  return rows.map(({ queue, data, created_on: since, source_output: output }) => ({
    queue,
    subject: data?.roundId === undefined ? `team ${data?.teamId}` : `round ${data.roundId}`,
    since: new Date(since),
    reason: output?.reason ?? output?.message ?? 'its process ended while it was under way',
  }))
}

/** Gives dead jobs another chance; gives how many these were. */
export async function retryDead({ boss }: OpenJobs): Promise<number> {
  return boss.redrive(DEAD_QUEUE)
}

/** Forgets the dead jobs. */
export async function forgetDead({ boss }: OpenJobs): Promise<void> {
  await boss.deleteQueuedJobs(DEAD_QUEUE)
}
