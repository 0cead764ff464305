import type { Enqueue } from '../db/enqueue.ts'
import type { OpenJobs } from '../jobs/openJobs.ts'

/** Jobs that are opened after the store, which adds to them. */
export interface LateJobs {
  readonly enqueue: Enqueue
  /** From now on there are jobs. */
  set(jobs: OpenJobs): void
}

/** The store is opened with what adds jobs, and jobs with the database that the store has opened. */
export function lateJobs(): LateJobs {
  let opened: OpenJobs | null = null
  return {
    enqueue: async (transaction, jobs) => {
      if (opened === null) throw new Error('a job was decided before there were any')
      await opened.enqueue(transaction, jobs)
    },
    set: (jobs) => {
      opened = jobs
    },
  }
}
