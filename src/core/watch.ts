import type { Platform } from './learner.ts'

/** How much a line matters: `warn` is trouble that passes or concerns one person, `error` needs somebody. */
export type LogLevel = 'info' | 'warn' | 'error'

/**
 * Takes one line for the operator: no texts of messages, no secrets. Which update it belongs to is added by whoever
 * takes it ({@link Watch.update}).
 *
 * @param level `info` unless given
 */
export type Log = (line: string, level?: LogLevel) => void

/** How the operator follows what a process does. Nothing that is done changes by it, nor does any result. */
export interface Watch {
  /**
   * Deals with one update from a platform, from the moment it is received until it is answered.
   *
   * @param id the platform's, for the lines of the log that belong to it
   */
  update<T>(platform: Platform, id: string, work: () => Promise<T>): Promise<T>
  /** Does what is done by the clock on a platform. */
  byClock<T>(platform: Platform, work: () => Promise<T>): Promise<T>
  /** Waits for one call of a platform, with all its tries. */
  call<T>(platform: Platform, work: () => Promise<T>): Promise<T>
  /**
   * A platform has refused one try of a call, or failed it.
   *
   * @param code the platform's number for it, or a word such as `network`; never anything else that came with it
   */
  refused(platform: Platform, code: number | string): void
}

/** Nobody watches. */
export const UNWATCHED: Watch = {
  update: (_platform, _id, work) => work(),
  byClock: (_platform, work) => work(),
  call: (_platform, work) => work(),
  refused: () => {},
}
