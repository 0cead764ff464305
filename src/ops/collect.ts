import type { Metrics } from './metrics.ts'

/** One queue of jobs, over all processes. */
export interface QueueFigures {
  readonly queue: string
  /** Jobs by what has become of them; only those that are kept. */
  readonly states: Readonly<Record<string, number>>
  /** How long the one that waits for longest should have begun; 0: none is late. */
  readonly lagSeconds: number
}

/** Where the figures come from that this process does not count itself. */
export interface FigureSources {
  /** By platform. */
  leases(): Iterable<readonly [string, 'held' | 'elsewhere' | 'unknown']>
  /** What is late, in numbers. */
  overdue(): Promise<object>
  queues(): Promise<readonly QueueFigures[]>
}

/** A scrape must not wait for a database that hangs. */
const PATIENCE_MS = 1000

/** Brings the gauges up to date. What the database does not say in a second is left out. */
export async function collect(metrics: Metrics, sources: FigureSources): Promise<void> {
  metrics.leaseHeld.reset()
  for (const [platform, state] of sources.leases()) {
    metrics.leaseHeld.set({ platform }, state === 'held' ? 1 : 0)
  }
  const [overdue, queues] = await Promise.all([
    within(PATIENCE_MS, sources.overdue()).catch(() => null),
    within(PATIENCE_MS, sources.queues()).catch(() => []),
  ])
  metrics.databaseUp.set(overdue === null ? 0 : 1)
  for (const gauge of [metrics.due, metrics.jobs, metrics.jobLag]) gauge.reset()
  for (const [what, count] of Object.entries(overdue ?? {})) metrics.due.set({ what: snakeCase(what) }, count)
  for (const { queue, states, lagSeconds } of queues) {
    metrics.jobLag.set({ queue }, lagSeconds)
    for (const [state, count] of Object.entries(states)) metrics.jobs.set({ queue, state }, count)
  }
}

/**
 * Waits for something, but not for ever.
 *
 * @throws Error after `ms`; whatever comes later is dropped
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${ms} ms`)), ms)
  work.catch(() => {})
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
