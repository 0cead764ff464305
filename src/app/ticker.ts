import { claimDaily } from '../core/daily/claim.ts'
import type { Surroundings } from '../core/surroundings.ts'
import type { OpenJobs } from '../jobs/openJobs.ts'
import { reasonOf } from '../jobs/reason.ts'
import { replan } from '../jobs/replan.ts'
import { JobWorker } from '../jobs/work.ts'

const TICK_MS = 1000
/** Claimed in one transaction: few enough that it takes a fraction of a second. */
const CLAIMED_AT_ONCE = 500
const TEAMS_AT_ONCE = 50

/** What is done by the clock, whatever the platform: any number of processes may do it at once. */
export class Ticker implements AsyncDisposable {
  readonly #jobs: OpenJobs
  readonly #surroundings: Surroundings
  readonly #worker: JobWorker
  #timer: NodeJS.Timeout | null = null
  #claiming: Promise<void> | null = null

  constructor(jobs: OpenJobs, surroundings: Surroundings) {
    this.#jobs = jobs
    this.#surroundings = surroundings
    this.#worker = new JobWorker(jobs, surroundings)
  }

  /** Plans what is not planned any more, and goes on every second. */
  async start(): Promise<void> {
    const { store, log } = this.#surroundings
    const added = await replan(this.#jobs, await store.unfinishedDailies())
    if (added > 0)
      log(`${added} jobs of daily quizzes were not planned any more, and are planned anew`, 'warn')
    this.#timer = setInterval(() => void this.tick(), TICK_MS)
  }

  /** Opens what is due, and does the jobs that wait. Never fails. */
  async tick(): Promise<void> {
    this.#claiming ??= this.#claim().finally(() => {
      this.#claiming = null
    })
    await this.#claiming
    await this.#worker.run().catch((error: unknown) => this.#complain('jobs are not done', error))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#claiming
    await this.#worker.stop()
  }

  async #claim(): Promise<void> {
    const { store, now, log } = this.#surroundings
    try {
      for (;;) {
        const { taken, notes } = await store.takeDailies(now(), CLAIMED_AT_ONCE, claimDaily)
        for (const { place, note } of notes) {
          log(`daily quiz of ${place.platform} place ${place.placeId}: ${note}`)
        }
        if (taken < CLAIMED_AT_ONCE) break
      }
      while ((await store.takeWeekly(now(), TEAMS_AT_ONCE)).length === TEAMS_AT_ONCE);
    } catch (error) {
      this.#complain('what is due is not opened', error)
    }
  }

  #complain(what: string, error: unknown): void {
    this.#surroundings.log(`${what}: ${reasonOf(error)}`, 'error')
  }
}
