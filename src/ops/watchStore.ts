import type { Store } from '../core/store.ts'
import type { Current } from './doing.ts'
import type { Metrics } from './metrics.ts'

/** What is counted when a call of the store has worked. */
const COUNTED: {
  readonly [Name in keyof Store]?: (
    metrics: Metrics,
    platform: string,
    result: Awaited<ReturnType<Store[Name]>>,
    given: Parameters<Store[Name]>,
  ) => void
} = {
  append: ({ reviews }, platform, isWritten, [{ kind }]) => {
    if (isWritten) reviews.inc({ platform, kind })
  },
  openRound: ({ rounds }, platform, id) => {
    if (id !== null) rounds.inc({ platform })
  },
  takeDailies: ({ dailies }, _platform, { opened, notes }) => {
    if (opened > 0) dailies.inc({ outcome: 'opened' }, opened)
    if (notes.length > 0) dailies.inc({ outcome: 'passed' }, notes.length)
  },
  openDailyNow: ({ dailies }, _platform, { kind }) => {
    if (kind === 'opened') dailies.inc({ outcome: 'opened' })
  },
  questionSent: ({ questions }, platform, isNoted) => {
    if (isNoted) questions.inc({ platform })
  },
  takeReminders: ({ reminders }, platform, taken) => {
    if (taken.length > 0) reminders.inc({ platform }, taken.length)
  },
}

type Counting = (metrics: Metrics, platform: string, result: unknown, given: readonly unknown[]) => void
type Method = (...given: readonly unknown[]) => unknown

/** Of what is done for no platform, as in a terminal. */
const NO_PLATFORM = 'none'

/** The same store; each of its calls is timed, and counted where that tells something. */
export function watchStore(store: Store, metrics: Metrics, current: Current): Store {
  const watched = Object.entries(store).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value]
    const call = value as Method
    const counting = COUNTED[name as keyof Store] as Counting | undefined
    const attempt = async (given: readonly unknown[]): Promise<unknown> => {
      try {
        const result = await call.apply(store, [...given])
        counting?.(metrics, current.getStore()?.platform ?? NO_PLATFORM, result, given)
        return result
      } catch (error) {
        metrics.storeErrors.inc({ operation: name, code: storeCode(error) })
        throw error
      }
    }
    const watching: Method = (...given) =>
      current.getStore()?.waitFor('store', () => attempt(given)) ?? attempt(given)
    return [name, watching]
  })
  return Object.fromEntries(watched) as Store
}

const SQLSTATE = /^[0-9A-Z]{5}$/
const NETWORK = /^(CONNECT|CONNECTION_|ECONN|EPIPE|ETIMEDOUT|ENET|EHOST|ENOTFOUND|EAI_)/

/** What a database failed with, as one of few words. */
export function storeCode(error: unknown): string {
  if (!(error instanceof Error)) return 'other'
  if ('code' in error && typeof error.code === 'string') {
    // Before the first test: EPIPE is of five letters as well.
    if (NETWORK.test(error.code)) return 'network'
    if (SQLSTATE.test(error.code)) return error.code
  }
  return error.cause === undefined ? 'other' : storeCode(error.cause)
}
