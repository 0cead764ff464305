/** Below the time a test may take, so that this error is the one that shows. */
const PATIENCE_MS = 4000

/** Lets tests wait for a state by being told of each change, never by looking at intervals. */
export class Changes {
  readonly #watchers = new Set<() => void>()
  readonly #explain: () => string

  /** @param explain what to add to the error of one who waited in vain */
  constructor(explain: () => string) {
    this.#explain = explain
  }

  /** Something has changed: everyone who waits looks again. */
  announce(): void {
    for (const look of [...this.#watchers]) look()
  }

  /**
   * Waits until `look` gives something.
   *
   * @param what for the error, as in "nothing came of: {what}"
   * @param look gives what is waited for; null, undefined or false: not there yet
   * @throws Error after `patienceMs`, with what has happened so far
   */
  until<T>(what: string, look: () => T | null | undefined | false, patienceMs = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        this.#watchers.delete(tryOnce)
      }
      const tryOnce = () => {
        try {
          const found = look()
          if (found === null || found === undefined || found === false) return
          settle()
          resolve(found)
        } catch (error) {
          settle()
          reject(error)
        }
      }
      const timer = setTimeout(() => {
        settle()
        reject(new Error(`Nothing came in ${patienceMs} ms of: ${what}\n${this.#explain()}`))
      }, patienceMs)
      this.#watchers.add(tryOnce)
      tryOnce()
    })
  }
}
