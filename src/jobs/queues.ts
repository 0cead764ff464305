import type { Queue } from 'pg-boss'
import { DEAD_QUEUE, JOB_KINDS, type Job } from '../core/jobs.ts'
import type { Platform } from '../core/learner.ts'

/** Platforms that something can be posted on by itself. */
export const POSTED_ON = ['telegram', 'discord'] as const satisfies readonly Platform[]

const DAY_SECONDS = 86_400

/**
 * A process that dies leaves its jobs to be taken up by another after so long. Posting ten questions takes seconds, and
 * what a platform's flood control adds stays within this.
 */
const EXPIRE_SECONDS = 120

/** About 20 minutes in all, which outlasts most failures of a platform. */
const RETRIES = { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 }

/** One for each kind and platform, so that a platform that cannot be reached holds up no other. */
export function queueOf(kind: Job['kind'], platform: Platform): string {
  return `${platform}.${kind}`
}

/** All queues; the one for dead jobs first, since the others name it. */
export function allQueues(): Queue[] {
  const queues = POSTED_ON.flatMap((platform) =>
    JOB_KINDS.map((kind): Queue => {
      return {
        name: queueOf(kind, platform),
        policy: 'standard',
        expireInSeconds: EXPIRE_SECONDS,
        retentionSeconds: 14 * DAY_SECONDS,
        deleteAfterSeconds: DAY_SECONDS,
        deadLetter: DEAD_QUEUE,
        ...RETRIES,
      }
    }),
  )
  const dead: Queue = {
    name: DEAD_QUEUE,
    policy: 'standard',
    retryLimit: 0,
    retentionSeconds: 30 * DAY_SECONDS,
  }
  return [dead, ...queues]
}
