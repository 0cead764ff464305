import type { Platform } from '../core/learner.ts'
import type { Watch } from '../core/watch.ts'
import { type Current, Doing } from './doing.ts'
import type { Metrics } from './metrics.ts'

/**
 * Counts and times what a process does.
 *
 * @param metrics null: only the log tells which update a line belongs to
 * @param now milliseconds; they never go back
 */
export function createWatch(metrics: Metrics | null, current: Current, now = () => performance.now()): Watch {
  return {
    update: async (platform, id, work) => {
      const doing = new Doing(platform, id, now)
      try {
        return await current.run(doing, work)
      } finally {
        if (metrics !== null)
          for (const [hop, seconds] of Object.entries(doing.seconds())) {
            metrics.hops.observe({ platform, hop }, seconds)
          }
      }
    },
    byClock: (platform, work) => current.run(new Doing(platform, null, now), work),
    call: (_platform: Platform, work) => current.getStore()?.waitFor('platform', work) ?? work(),
    refused: (platform, code) => metrics?.platformErrors.inc({ platform, code }),
  }
}
