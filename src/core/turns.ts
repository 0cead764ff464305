/** What one person may have with the bot at a time. */
export interface TurnBounds {
  /** So much of it is worked on at once. */
  readonly atOnce: number
  /** So much of it waits for that, in the order it came; what is more is refused. */
  readonly waiting: number
}

export type Turn =
  | { readonly kind: 'taken'; readonly done: Promise<void> }
  /** `isFirst`: nothing else was refused since this person's line was empty; once is enough to tell them. */
  | { readonly kind: 'refused'; readonly isFirst: boolean }

/** One person's line. */
interface Line {
  underWay: number
  readonly waiting: (() => void)[]
  hasRefused: boolean
}

/**
 * Gives each person a short line of their own, so that somebody who sends as fast as they can waits behind
 * themselves only. Needs no clock, and keeps nothing of a person once their line is empty.
 */
export class Turns {
  readonly #bounds: TurnBounds
  readonly #lines = new Map<string, Line>()

  constructor(bounds: TurnBounds) {
    this.#bounds = bounds
  }

  /** How many people have something under way. */
  get people(): number {
    return this.#lines.size
  }

  /**
   * Does `work` when it is this person's turn.
   *
   * @returns at once; what is taken is done as `work` is, and fails as it fails, which ends nobody else's turn
   */
  take(person: string, work: () => Promise<void>): Turn {
    const line = this.#lines.get(person) ?? { underWay: 0, waiting: [], hasRefused: false }
    if (line.underWay >= this.#bounds.atOnce && line.waiting.length >= this.#bounds.waiting) {
      const isFirst = !line.hasRefused
      line.hasRefused = true
      return { kind: 'refused', isFirst }
    }
    this.#lines.set(person, line)
    return { kind: 'taken', done: this.#inTurn(person, line, work) }
  }

  async #inTurn(person: string, line: Line, work: () => Promise<void>): Promise<void> {
    if (line.underWay < this.#bounds.atOnce) line.underWay++
    // Whoever ends hands their place on, so that nothing that came later slips in between.
    else await new Promise<void>((resolve) => line.waiting.push(resolve))
    try {
      await work()
    } finally {
      const next = line.waiting.shift()
      if (next !== undefined) next()
      else if (--line.underWay === 0) this.#lines.delete(person)
    }
  }
}
