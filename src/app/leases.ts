import { setTimeout as delay } from 'node:timers/promises'
import type { Platform } from '../core/learner.ts'
import { ALONE, type Leases } from '../core/lease.ts'
import type { Log } from '../core/watch.ts'
import type { LeaseTable } from '../db/lease.ts'

/** Who holds a platform's lease, as far as this process knows. */
export type LeaseState = 'held' | 'elsewhere' | 'unknown'

/** Time, so that tests need not wait. */
export interface LeaseTime {
  /** Milliseconds since some moment; it never goes back. */
  now(): number
  /** Resolves after so long, or as soon as the signal aborts; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export interface WatchedLeases extends Leases {
  /** Of the platforms that {@link whileHolding} was called for. */
  readonly states: ReadonlyMap<Platform, LeaseState>
}

/*
 * A lease lasts 10 s by the database's clock, from when the database deals with its renewal. By its own clock the holder
 * counts from before it asked, and stops 3 s earlier: for clocks that do not go alike, and to be done with it. After a
 * kill it is free in at most 10 s, and asked for within another 2.5.
 */
const RENEW_MS = 2500
const HOLD_MS = 7000
const ASK_MS = 2000
const ASK_AGAIN_MS = 500

/** Leases kept in the database that all of the processes share. */
export function createLeases(table: LeaseTable, log: Log, time: LeaseTime): WatchedLeases {
  const states = new Map<Platform, LeaseState>()
  const said = new Map<Platform, string>()

  function become(platform: Platform, state: LeaseState, line: string): void {
    states.set(platform, state)
    if (said.get(platform) === line) return
    said.set(platform, line)
    log(`${platform}: ${line}`, state === 'unknown' ? 'warn' : 'info')
  }

  /** @returns null when the database did not say */
  async function take(platform: Platform, timeoutMs: number): Promise<boolean | null> {
    try {
      const isHeld = await table.take(platform, timeoutMs)
      if (isHeld) become(platform, 'held', 'this process receives')
      else become(platform, 'elsewhere', 'another process receives; this one stands by')
      return isHeld
    } catch {
      return null
    }
  }

  /** Renews until the work is done; tells it to end when that no longer works. */
  async function keep(platform: Platform, since: number, done: AbortSignal, lost: AbortController) {
    let until = since + HOLD_MS
    let pauseMs = RENEW_MS
    for (;;) {
      await time.wait(Math.min(pauseMs, until - time.now()), done)
      if (done.aborted) return
      const askedAt = time.now()
      const isHeld = askedAt < until ? await take(platform, Math.min(ASK_MS, until - askedAt)) : null
      if (isHeld === true && time.now() < until) until = askedAt + HOLD_MS
      else if (isHeld !== null || time.now() >= until) break
      pauseMs = isHeld === null ? ASK_AGAIN_MS : RENEW_MS
    }
    if (states.get(platform) !== 'elsewhere') {
      become(platform, 'unknown', 'the lease could not be renewed; this process receives no more')
    }
    lost.abort()
  }

  async function hold(
    platform: Platform,
    since: number,
    work: (over: AbortSignal) => Promise<void>,
    stop: AbortSignal,
  ): Promise<void> {
    const done = new AbortController()
    const lost = new AbortController()
    const keeping = keep(platform, since, done.signal, lost)
    try {
      await work(AbortSignal.any([stop, lost.signal]))
    } finally {
      done.abort()
      await keeping
      // Where that fails it runs out by itself.
      await table.giveUp(platform, ASK_MS).catch(() => {})
    }
  }

  return {
    states,
    whileHolding: async (platform, work, stop) => {
      states.set(platform, 'unknown')
      while (!stop.aborted) {
        const askedAt = time.now()
        const isHeld = await take(platform, ASK_MS)
        if (isHeld === true) {
          await hold(platform, askedAt, work, stop)
          continue
        }
        if (isHeld === null) become(platform, 'unknown', 'the database does not say who receives')
        await time.wait(RENEW_MS, stop)
      }
    },
  }
}

/** The leases of a process that is alone on its database: it holds whatever it asks for. */
export function alone(): WatchedLeases {
  const states = new Map<Platform, LeaseState>()
  return {
    states,
    whileHolding: (platform, work, stop) => {
      states.set(platform, 'held')
      return ALONE.whileHolding(platform, work, stop)
    },
  }
}

export const byTheClock: LeaseTime = {
  now: () => performance.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
}
