import type { JobWithMetadata } from 'pg-boss'
import { DEAD_QUEUE, JOB_KINDS } from '../core/jobs.ts'
import type { Platform } from '../core/learner.ts'
import { doJob, type JobSurroundings } from './handlers.ts'
import type { JobData, OpenJobs } from './openJobs.ts'
import { queueOf } from './queues.ts'
import { reasonOf } from './reason.ts'

/** Jobs of a queue that are under way at once in this process; the platform's own pace is kept by its adapter. */
const AT_ONCE = 16

/** Takes jobs and does them. */
export class JobWorker {
  readonly #jobs: OpenJobs
  readonly #surroundings: JobSurroundings
  readonly #busy = new Map<string, Promise<number>>()
  #isStopped = false

  constructor(jobs: OpenJobs, surroundings: JobSurroundings) {
    this.#jobs = jobs
    this.#surroundings = surroundings
  }

  /**
   * Does what is waiting for the platforms that this process is connected to, until nothing is. A queue that is being
   * worked on already is not worked on twice.
   *
   * @returns how many jobs were taken
   */
  async run(): Promise<number> {
    const queues = this.#surroundings.platforms
      .joined()
      .flatMap((platform: Platform) => JOB_KINDS.map((kind) => queueOf(kind, platform)))
    const taken = await Promise.all(
      queues.map((queue) => {
        const busy = this.#busy.get(queue) ?? this.#runQueue(queue).finally(() => this.#busy.delete(queue))
        this.#busy.set(queue, busy)
        return busy
      }),
    )
    return taken.reduce((sum, each) => sum + each, 0)
  }

  /** Takes no more jobs, and waits for those under way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.allSettled(this.#busy.values())
  }

  async #runQueue(queue: string): Promise<number> {
    const underWay = new Set<Promise<void>>()
    let taken = 0
    try {
      while (!this.#isStopped) {
        const batchSize = AT_ONCE - underWay.size
        const jobs = await this.#jobs.boss.fetch<JobData>(queue, { batchSize, includeMetadata: true })
        for (const job of jobs) {
          const doing = this.#settle(job).finally(() => underWay.delete(doing))
          underWay.add(doing)
        }
        taken += jobs.length
        if (underWay.size === 0) break
        await (jobs.length < batchSize ? Promise.all(underWay) : Promise.race(underWay))
      }
    } finally {
      await Promise.allSettled(underWay)
    }
    return taken
  }

  async #settle(job: JobWithMetadata<JobData>): Promise<void> {
    const { boss } = this.#jobs
    const { name, id, data, retryCount, retryLimit } = job
    try {
      const done = await doJob(data, this.#surroundings)
      if (done.kind === 'early') {
        await boss.send(name, data, { startAfter: Math.ceil(done.milliseconds / 1000) })
      }
      await boss.complete(name, id)
    } catch (error) {
      const reason = reasonOf(error)
      const { roundId, teamId } = data
      const what = `job ${name} of ${roundId === undefined ? `team ${teamId}` : `round ${roundId}`}`
      const isLast = retryCount >= retryLimit
      const fate = isLast
        ? `given up, see ${DEAD_QUEUE} in "deckhand jobs"`
        : `try ${retryCount + 1} of ${retryLimit + 1}`
      this.#surroundings.log(`${what} failed (${fate}): ${reason}`, isLast ? 'warn' : 'info')
      await boss.fail(name, id, { reason }).catch((failure: unknown) => {
        this.#surroundings.log(`${what}: the failure could not be noted: ${reasonOf(failure)}`)
      })
    }
  }
}
