/** An interaction cannot be answered after fifteen minutes, so nothing older comes again. */
const KEPT_MS = 15 * 60_000
const KEPT_MAX = 10_000

/** The ids of the last fifteen minutes, at most ten thousand of them. */
export class SeenIds {
  /** By id, when each was seen (in ms); the oldest comes first. */
  readonly #seenMs = new Map<string, number>()

  /** @returns false when it has been seen before */
  add(id: string, now: Date): boolean {
    const nowMs = now.getTime()
    for (const [oldest, seenMs] of this.#seenMs) {
      if (nowMs - seenMs <= KEPT_MS && this.#seenMs.size < KEPT_MAX) break
      this.#seenMs.delete(oldest)
    }
    if (this.#seenMs.has(id)) return false
    this.#seenMs.set(id, nowMs)
    return true
  }
}
