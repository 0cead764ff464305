import type { OpenJobs } from './openJobs.ts'
import { DEAD } from './queues.ts'

/** How the jobs of one queue stand. */
export interface QueueFigures {
  readonly queue: string
  /** Jobs by what has become of them; only those that are kept. */
  readonly states: Readonly<Record<string, number>>
  /** How long the one that waits for longest should have begun; 0: none is late. */
  readonly lagSeconds: number
}

/** A job that failed too often. */
export interface DeadJob {
  /** The queue it came from. */
  readonly queue: string
  readonly subject: string
  readonly since: Date
  readonly reason: string
}

/** All queues that have jobs, by name. */
export async function queueFigures({ boss }: OpenJobs): Promise<QueueFigures[]> {
  const { rows } = await boss.getDb().executeSql(`
    select name as queue, jsonb_object_agg(state, jobs) as states, coalesce(max(lag), 0)::float8 as "lagSeconds"
    from (
      select name, state, count(*) as jobs,
        max(extract(epoch from now() - start_after)) filter (where state < 'active' and start_after < now()) as lag
      from pgboss.job where name <> '${DEAD}' and name not like '\\_\\_%' group by name, state
    ) as each
    group by name order by name`)
  return rows
}

/** The jobs that failed too often, latest first. */
export async function deadJobs({ boss }: OpenJobs, limit: number): Promise<DeadJob[]> {
  const { rows } = await boss.getDb().executeSql(
    `select coalesce(source_name, name) as queue, data, created_on, source_output
    from pgboss.job where name = '${DEAD}' and state < 'active' order by created_on desc limit $1`,
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
  return boss.redrive(DEAD)
}

/** Forgets the dead jobs. */
export async function forgetDead({ boss }: OpenJobs): Promise<void> {
  await boss.deleteQueuedJobs(DEAD)
}
