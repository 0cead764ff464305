import { AsyncLocalStorage } from 'node:async_hooks'
import type { Platform } from '../core/learner.ts'

/** What a process waits for while it deals with an update; the rest of the time it is busy itself. */
export type Waiting = 'store' | 'platform'

/**
 * What is being done: for one update from a platform, or by the clock. It follows all that is called meanwhile, so that
 * neither the core nor the store has to hand it on.
 */
export class Doing {
  readonly platform: Platform
  /** The platform's id of the update; null: by the clock. */
  readonly request: string | null
  readonly #now: () => number
  readonly #begunAt: number
  readonly #waits: Record<Waiting, { calls: number; since: number; totalMs: number }>

  /** @param now milliseconds; they never go back */
  constructor(platform: Platform, request: string | null, now: () => number) {
    this.platform = platform
    this.request = request
    this.#now = now
    this.#begunAt = now()
    const none = () => ({ calls: 0, since: 0, totalMs: 0 })
    this.#waits = { store: none(), platform: none() }
  }

  /** Waits for something; what is waited for at once counts once. */
  async waitFor<T>(what: Waiting, work: () => Promise<T>): Promise<T> {
    const wait = this.#waits[what]
    if (wait.calls++ === 0) wait.since = this.#now()
    try {
      return await work()
    } finally {
      if (--wait.calls === 0) wait.totalMs += this.#now() - wait.since
    }
  }

  /** Seconds so far: in all, waiting for either, and neither. */
  seconds(): Record<'all' | 'core' | Waiting, number> {
    const all = this.#now() - this.#begunAt
    const { store, platform } = this.#waits
    const core = Math.max(0, all - store.totalMs - platform.totalMs)
    return {
      all: all / 1000,
      core: core / 1000,
      store: store.totalMs / 1000,
      platform: platform.totalMs / 1000,
    }
  }
}

/** What is being done right now, wherever one is in the code. */
export type Current = AsyncLocalStorage<Doing>

/** @returns a place for what is being done */
export function makeCurrent(): Current {
  return new AsyncLocalStorage()
}
