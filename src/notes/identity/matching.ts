import { type Circumstances, likeness, type Profile, SAME_CARD } from './likeness.ts'

/** An old and a new card by their places in the two lists. */
export interface Pair {
  readonly before: number
  readonly after: number
}

/** Which new cards continue which old ones, as far as it is known. One to one: the first word stands. */
export class Matching {
  readonly old: readonly Profile[]
  readonly now: readonly Profile[]
  /** Per new card the old one it continues. */
  readonly matches: (number | null)[]
  readonly #taken = new Set<number>()
  readonly #answers = new Map<string, number>()

  constructor(old: readonly Profile[], now: readonly Profile[]) {
    this.old = old
    this.now = now
    this.matches = now.map(() => null)
    for (const { answer } of old) this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1)
  }

  /** Nothing is left to be found: all old or all new cards have their match. */
  get isDone(): boolean {
    return this.#taken.size === this.old.length || !this.matches.includes(null)
  }

  isOpen({ before, after }: Pair): boolean {
    return this.matches[after] === null && !this.#taken.has(before)
  }

  isTaken(before: number): boolean {
    return this.#taken.has(before)
  }

  /** Tells whether the answer belongs to this card alone, so that sharing it means something. */
  isDistinctive(card: Profile): boolean {
    return !card.isStatus && (this.#answers.get(card.answer) ?? 0) <= 1
  }

  /** Takes a pair as settled, unless one of the two is already. */
  join(pair: Pair): void {
    if (!this.isOpen(pair)) return
    this.matches[pair.after] = pair.before
    this.#taken.add(pair.before)
  }

  /** Joins those pairs that are the same card, the surest first; on a tie the old card listed first. */
  settle(pairs: Iterable<Pair>, isSamePlace = false): void {
    const circumstances: Circumstances = { isDistinctive: (card) => this.isDistinctive(card), isSamePlace }
    const scored: (Pair & { score: number })[] = []
    for (const pair of pairs) {
      const before = this.old[pair.before]
      const after = this.now[pair.after]
      if (before === undefined || after === undefined || !this.isOpen(pair)) continue
      const score = likeness(before, after, circumstances)
      if (score >= SAME_CARD) scored.push({ ...pair, score })
    }
    scored.sort((a, b) => b.score - a.score || a.before - b.before || a.after - b.after)
    for (const pair of scored) this.join(pair)
  }
}
