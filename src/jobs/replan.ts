import type { UnfinishedDaily } from '../core/daily/dailyStore.ts'
import type { Job } from '../core/jobs.ts'
import type { OpenJobs } from './openJobs.ts'

/**
 * Plans anew what daily quizzes wait for, where nothing is planned: after a backup was restored, which holds no jobs, or
 * after somebody has emptied the queues.
 *
 * @returns how many jobs were added
 */
export async function replan(jobs: OpenJobs, rounds: readonly UnfinishedDaily[]): Promise<number> {
  if (rounds.length === 0) return 0
  const { rows } = await jobs.boss.getDb().executeSql(
    `select distinct data ->> 'kind' as kind, (data ->> 'roundId')::float8 as "roundId"
    from pgboss.job where state < 'completed' and data ? 'roundId'`,
  )
  const planned = new Set(rows.map(({ kind, roundId }) => `${kind} ${roundId}`))
  const missing = rounds.map(jobOf).filter(({ kind, roundId }) => !planned.has(`${kind} ${roundId}`))
  await jobs.add(missing)
  return missing.length
}

function jobOf({
  roundId,
  platform,
  closesAt,
  isChosen,
}: UnfinishedDaily): Extract<Job, { roundId: number }> {
  return isChosen
    ? { kind: 'closeDaily', platform, roundId, at: closesAt }
    : { kind: 'openDaily', platform, roundId }
}
