import type { Platform } from './learner.ts'

/** Sees to it that of all processes on one database only one does what only one may do. */
export interface Leases {
  /**
   * Runs `work` whenever this process holds the platform's lease, until `stop` aborts: perhaps never, perhaps several
   * times.
   *
   * @param work what only one process may do; it ends soon after its signal has aborted, and has stopped receiving at
   *   once then: shortly after that another process may begin
   * @throws what `work` throws; the lease is given up then
   */
  whileHolding(
    platform: Platform,
    work: (over: AbortSignal) => Promise<void>,
    stop: AbortSignal,
  ): Promise<void>
}

/** There is no other process. */
export const ALONE: Leases = {
  whileHolding: (_platform, work, stop) => (stop.aborted ? Promise.resolve() : work(stop)),
}
