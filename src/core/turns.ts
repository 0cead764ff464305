/** What one person may have with the bot at a time. */
export interface TurnBounds {
  /** So much of it is worked on at once. */
  readonly atOnce: number
  /** So much of it waits for that, in the order it came; what is more is refused. */
  readonly waiting: number
  /** So long nothing more of it begins after each, once something was refused and until the line is empty. */
  readonly pauseMs: number
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
 * themselves only; and works it off slowly while they do, since all share the process and the database. Keeps nothing
 * of a person once their line is empty.
 */
export class Turns {
  readonly #bounds: TurnBounds
  readonly #wait: (ms: number) => Promise<unknown>
  readonly #lines = new Map<string, Line>()

  /** @param wait lets so many milliseconds pass */
  constructor(bounds: TurnBounds, wait: (ms: number) => Promise<unknown>) {
    this.#bounds = bounds
    this.#wait = wait
  }

  /** How many people have something under way. */
  get people(): number {
    return this.#lines.size
  }

  /**
   * Does `work` when it is this person's turn.
   *
   * @param mayRefuse false for what the person cannot do again: that is taken however much waits
   * @returns at once; what is taken is done as `work` is, and fails as it fails, which ends nobody else's turn
   */
  take(person: string, work: () => Promise<void>, mayRefuse = true): Turn {
    const line = this.#lines.get(person) ?? { underWay: 0, waiting: [], hasRefused: false }
    const isFull = line.underWay >= this.#bounds.atOnce && line.waiting.length >= this.#bounds.waiting
    if (isFull && mayRefuse) {
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
      void this.#handOn(person, line)
    }
  }

  async #handOn(person: string, line: Line): Promise<void> {
    if (line.hasRefused) await this.#wait(this.#bounds.pauseMs)
    const next = line.waiting.shift()
    if (next !== undefined) next()
    else if (--line.underWay === 0) this.#lines.delete(person)
  }
}
