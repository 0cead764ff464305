import type { Store } from '../core/store.ts'

/** After so long a person is told to try again: they are told within two seconds, whatever the network does. */
const PATIENCE_MS = 1500
/** After so long a connection that has received nothing meanwhile is given up. A busy database is slow, not silent. */
const SILENCE_MS = 8000
/** These may take longer: they read or write all there is of somebody or of a team, or nobody waits for them. */
const LARGE: ReadonlySet<string> = new Set<keyof Store>([
  'syncDecks',
  'exportLearner',
  'forget',
  'confirmPairing',
  'unlink',
  'changeTeam',
  'joinPlaceToTeam',
  'leavePlace',
  'movePlace',
  'takeReminders',
  'takeDailies',
  'takeWeekly',
  'chooseDaily',
  'unfinishedDailies',
  'questionsToClose',
  'idleRounds',
])
const LARGE_MS = 30_000

/** What happens to calls that take too long. */
export interface Patience {
  readonly patienceMs?: number
  readonly silenceMs?: number
  /** Remembers how far the connections are; what it gives ends those that have received nothing since. */
  markSilence(): () => void
  /** Hears of each connection that was given up for its silence: the method that waited. */
  onSilence?(method: string): void
}

/**
 * A store that never keeps a person waiting: a call without an answer fails in time. What it asked may still happen,
 * and if it does, the next press finds it done.
 *
 * @returns the store; a call that takes too long is rejected with an Error that names the method
 */
export function withPatience(store: Store, patience: Patience): Store {
  const { patienceMs = PATIENCE_MS, silenceMs = SILENCE_MS } = patience
  return new Proxy(store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return (...args: unknown[]) => {
        const answer: unknown = method.apply(target, args)
        if (!(answer instanceof Promise)) return answer
        return LARGE.has(name)
          ? inTime(answer, name, LARGE_MS)
          : inTime(answer, name, patienceMs, () => watch(answer, name))
      }
    },
  })

  function watch(answer: Promise<unknown>, method: string): void {
    const endSilent = patience.markSilence()
    const timer = setTimeout(() => {
      patience.onSilence?.(method)
      endSilent()
    }, silenceMs - patienceMs)
    const settled = () => clearTimeout(timer)
    answer.then(settled, settled)
  }
}

function inTime<T>(answer: Promise<T>, method: string, limitMs: number, onLate?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      onLate?.()
      reject(new Error(`the database has not answered ${method} in ${limitMs} ms`))
    }, limitMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
