import type { Platform } from '../core/learner.ts'
import type { Store } from '../core/store.ts'
import type { Watch } from '../core/watch.ts'
import type { OpenStore } from '../db/openStore.ts'
import type { Current } from '../ops/doing.ts'
import { createWatch } from '../ops/watch.ts'
import type { Config } from './config.ts'
import type { LeaseState } from './leases.ts'

/** A process that can be followed. */
export interface WatchedProcess extends AsyncDisposable {
  readonly watch: Watch
  /** In place of the one that was given. */
  readonly store: Store
}

/**
 * Lets an operator follow the process: with a port, over /healthz, /readyz and /metrics; without one, nothing is counted.
 *
 * @param stop has aborted: the process takes nothing new
 * @throws Error when the port is taken
 */
export async function watchProcess(
  config: Config,
  { store, migrations, figures }: OpenStore,
  leaseStates: ReadonlyMap<Platform, LeaseState>,
  current: Current,
  stop: AbortSignal,
): Promise<WatchedProcess> {
  const port = config.opsPort
  if (port === null) {
    return { store, watch: createWatch(null, current), [Symbol.asyncDispose]: async () => {} }
  }
  const [{ createMetrics }, { watchStore }, { collect }, { readiness }, { startOpsServer }] =
    await Promise.all([
      import('../ops/metrics.ts'),
      import('../ops/watchStore.ts'),
      import('../ops/collect.ts'),
      import('../ops/readiness.ts'),
      import('../ops/server.ts'),
    ])
  const platforms = (['telegram', 'discord'] as const).filter((platform) => config[platform] !== null)
  const leases = () =>
    platforms.map((platform) => [platform, leaseStates.get(platform) ?? 'unknown'] as const)
  const metrics = createMetrics()
  const server = await startOpsServer(port, {
    readiness: () => readiness({ isStopping: () => stop.aborted, migrations, leases }),
    metrics: async () => {
      await collect(metrics, { leases, overdue: figures.overdue, queues: figures.queues })
      return { contentType: metrics.registry.contentType, text: await metrics.registry.metrics() }
    },
  })
  return {
    store: watchStore(store, metrics, current),
    watch: createWatch(metrics, current),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
