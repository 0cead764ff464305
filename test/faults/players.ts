import { expect } from 'vitest'
import type { Store } from '../../src/core/store.ts'
import { reviews } from '../../src/db/schema.ts'
import { day, makeDeck, Study } from '../db/support/fixtures.ts'
import type { TestStore } from '../db/support/openTestStore.ts'

const CARDS = Array.from({ length: 8 }, (_, index) => `c${index}`)
const PAUSE_MS = 10

/** People who answer one card after the other, whatever happens; each answer that was acknowledged is remembered. */
export class Players {
  readonly #store: Store
  readonly #acknowledged: { learnerId: number; cardId: string; reviewCount: number; at: number }[] = []
  readonly #failures: { at: number; afterMs: number }[] = []
  #playing: readonly Promise<void>[] = []
  #isOver = false

  private constructor(store: Store) {
    this.#store = store
  }

  static async start(store: Store, people: number): Promise<Players> {
    await store.syncDecks([makeDeck('d', CARDS)])
    const players = new Players(store)
    const studies = await Promise.all(
      Array.from({ length: people }, (_, index) => Study.begin(store, `player ${index}`)),
    )
    players.#playing = studies.flatMap((study) => CARDS.map((cardId) => players.#play(study, cardId)))
    return players
  }

  get answers(): number {
    return this.#acknowledged.length
  }

  /** How long it took after `since` until an answer was acknowledged that was given after it, in ms. */
  async backAfter(since: number): Promise<number> {
    for (;;) {
      const first = this.#acknowledged.find(({ at }) => at > since)
      if (first !== undefined) return first.at - since
      await pause()
    }
  }

  /** The longest that a call which failed had kept somebody waiting, of those that failed after `since`, in ms. */
  longestWait(since: number): number {
    return Math.max(0, ...this.#failures.filter(({ at }) => at > since).map(({ afterMs }) => afterMs))
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#playing)
  }

  /** Each answer that was acknowledged is in the log once, and the doctor finds nothing. */
  async expectSound({ db, differences }: TestStore): Promise<void> {
    const keys = this.#acknowledged.map(
      ({ learnerId, cardId, reviewCount }) => `${learnerId} ${cardId} ${reviewCount}`,
    )
    expect(new Set(keys).size).toBe(keys.length)
    const stored = await db
      .select({ learnerId: reviews.learnerId, cardId: reviews.cardId, reviewCount: reviews.reviewCount })
      .from(reviews)
    const log = new Set(
      stored.map(({ learnerId, cardId, reviewCount }) => `${learnerId} ${cardId} ${reviewCount}`),
    )
    expect(keys.filter((key) => !log.has(key))).toEqual([])
    expect(await differences()).toEqual([])
  }

  async #play(study: Study, cardId: string): Promise<void> {
    for (let round = 0; !this.#isOver; round++) {
      const begun = performance.now()
      try {
        const entry = await study.answerEntry(cardId, round % 3 === 0 ? 1 : 4, day(round))
        if (await this.#store.append(entry)) {
          const { learnerId, reviewCount } = entry
          this.#acknowledged.push({ learnerId, cardId, reviewCount, at: performance.now() })
        }
      } catch {
        this.#failures.push({ at: performance.now(), afterMs: performance.now() - begun })
      }
      await pause()
    }
  }
}

/** Lets time pass. */
export function pause(milliseconds = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
