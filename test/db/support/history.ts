import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import type { Deck } from '../../../src/core/card.ts'
import { DEFAULT_SETTINGS } from '../../../src/core/learner.ts'
import {
  answerEntry,
  type LogEntry,
  regradeEntry,
  suspensionEntry,
  undoEntry,
} from '../../../src/core/log.ts'
import type { Quality } from '../../../src/core/schedule.ts'
import type { Scope, StudyStore } from '../../../src/core/store.ts'
import type { StudyDay } from '../../../src/core/studyDay.ts'
import { at, day, makeDeck } from './fixtures.ts'

/** One thing that happens to a store; card and learner are chosen by number from those there are. */
export type Step =
  | { readonly kind: 'answer' | 'regrade'; readonly card: number; readonly quality: Quality }
  | { readonly kind: 'suspend' | 'resume' | 'undoCard' | 'pressAgain'; readonly card: number }
  | { readonly kind: 'undoLast' }
  | { readonly kind: 'takeNew'; readonly count: number }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'enrol'; readonly deck: number; readonly enrolled: boolean }
  | { readonly kind: 'sync'; readonly decks: readonly Deck[] }
  | { readonly kind: 'switchLearner' }

/** Siblings within a deck and across decks, and ids that collations sort differently. */
const CARDS = ['pod/1', 'pod/2', 'Node', 'node', 'a-b/1', 'ab/1', 'a-b/2', 'x/1', 'x/2', 'y/1']
const DECK_IDS = ['one', 'two'] as const
/** More than a position may lag behind. */
const LONG_DECK_CARDS = 140
const LONG_DECK = makeDeck(
  'long',
  Array.from({ length: LONG_DECK_CARDS }, (_, index) => `long${index >> 1}/${index}`),
)

const card = fc.nat({ max: 400 })
const quality = fc.constantFrom<Quality>(0, 1, 2, 3, 4, 5)

/** Cards in any order, each in one of two decks or in neither; the long deck is there or not. */
const decks: fc.Arbitrary<Deck[]> = fc
  .tuple(fc.shuffledSubarray(CARDS), fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), fc.nat(9))
  .map(([cards, sides, dice]) => [
    ...DECK_IDS.map((id, side) =>
      makeDeck(
        id,
        cards.filter((_, index) => sides[index] === (side === 0)),
      ),
    ),
    ...(dice > 0 ? [LONG_DECK] : []),
  ])

/** What can happen, the everyday more often than the rare. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('answer', 'regrade'), card, quality }) },
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constantFrom('suspend', 'resume', 'undoCard', 'pressAgain'), card }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('undoLast') }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('takeNew'), count: fc.nat(60) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait'), days: fc.integer({ min: -1, max: 8 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('enrol'), deck: fc.nat(2), enrolled: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('sync'), decks }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('switchLearner') }) },
  ),
  { minLength: 10, maxLength: 40 },
)

/** Plays the same history to several stores; each must end up telling the same. */
export class History {
  readonly #stores: readonly StudyStore[]
  #learnerIds: readonly number[] = []
  #learner = 0
  #day = 0
  #minutes = 0
  #lastPressed: LogEntry | null = null

  private constructor(stores: readonly StudyStore[]) {
    this.#stores = stores
  }

  static async begin(stores: readonly StudyStore[]): Promise<History> {
    const history = new History(stores)
    const [first] = stores
    if (first === undefined) throw new Error('a history needs a store')
    const everything = [makeDeck('one', CARDS.slice(0, 5)), makeDeck('two', CARDS.slice(5)), LONG_DECK]
    for (const store of stores) await store.syncDecks(everything)
    for (const externalId of ['ada', 'bob']) {
      const learners = await Promise.all(
        stores.map((store) => store.learner({ platform: 'telegram', externalId }, DEFAULT_SETTINGS)),
      )
      for (const [index, learner] of learners.entries()) await stores[index]?.enrolInNewDecks(learner.id)
      history.#learnerIds = [...history.#learnerIds, learners[0]?.id ?? 0]
    }
    return history
  }

  /** Goes on with learners there are already, perhaps twice the same; their clock is that of a later day. */
  static async resume(stores: readonly StudyStore[], learnerIds: readonly number[]): Promise<History> {
    const history = new History(stores)
    history.#learnerIds = learnerIds
    history.#day = 30
    history.#minutes = 30 * 24 * 60
    return history
  }

  scope(deckId: string | null = null): Scope {
    return { learnerId: this.#learnerIds[this.#learner] ?? 0, deckId, studyDay: this.#studyDay }
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'wait':
        this.#day += step.days
        return
      case 'switchLearner':
        this.#learner = 1 - this.#learner
        return
      case 'sync':
        await this.#same((store) => store.syncDecks(step.decks))
        return
      case 'enrol': {
        const deckId = [...DECK_IDS, LONG_DECK.id][step.deck] ?? ''
        await this.#same((store) => store.enrol(this.scope().learnerId, deckId, step.enrolled))
        return
      }
      case 'takeNew':
        await this.#takeNew(step.count)
        return
      default:
        await this.#press(step)
    }
  }

  /** Everything a store can tell of the two learners, each store's answers compared with the first one's. */
  async compare(): Promise<void> {
    for (const [index] of this.#learnerIds.entries()) {
      this.#learner = index
      const { learnerId, studyDay } = this.scope()
      await this.#same((store) => store.deckSummaries(learnerId, studyDay))
      await this.#same((store) => store.lastEntry(learnerId))
      await this.#same((store) => store.studyDays(learnerId, 100))
      for (const deckId of [null, ...DECK_IDS, LONG_DECK.id]) {
        await this.#same((store) => store.dueCount(this.scope(deckId)))
        await this.#same((store) => store.nextDue(this.scope(deckId)))
        await this.#same((store) => store.newCards(this.scope(deckId), 200))
        await this.#same((store) => store.newCards(this.scope(deckId), 1))
        await this.#same((store) => store.drills(this.scope(deckId)))
        await this.#same((store) => store.scoreOn(this.scope(deckId)))
      }
      for (const text of CARDS) {
        const cardId = text.replace('/', '-')
        await this.#same((store) => store.card(learnerId, cardId))
        await this.#same((store) => store.lastEntryOf(learnerId, cardId))
      }
    }
  }

  get #studyDay(): StudyDay {
    return day(this.#day)
  }

  async #takeNew(count: number): Promise<void> {
    for (let taken = 0; taken < count; taken += 1) {
      const [hand] = await this.#same((store) => store.newCards(this.scope(), 1))
      if (hand === undefined) return
      const { card, deckId, state } = hand
      await this.#append(answerEntry(this.#occasion(card.id, deckId), state, 4))
    }
  }

  async #press(step: Exclude<Step, { kind: 'wait' | 'switchLearner' | 'sync' | 'enrol' | 'takeNew' }>) {
    const { learnerId } = this.scope()
    if (step.kind === 'pressAgain') {
      if (this.#lastPressed !== null) await this.#append(this.#lastPressed)
      return
    }
    const last =
      step.kind === 'undoLast'
        ? await this.#same((store) => store.lastEntry(learnerId))
        : await this.#same((store) => store.lastEntryOf(learnerId, cardId(step.card)))
    const id = step.kind === 'undoLast' ? last?.cardId : cardId(step.card)
    const hand = id === undefined ? null : await this.#same((store) => store.card(learnerId, id))
    if (hand === null) return
    const { state } = hand
    const occasion = this.#occasion(hand.card.id, hand.deckId)
    switch (step.kind) {
      case 'answer':
        return this.#append(answerEntry(occasion, state, step.quality))
      case 'suspend':
      case 'resume':
        return this.#append(suspensionEntry(occasion, state, step.kind === 'suspend'))
      case 'undoCard':
      case 'undoLast':
        if (last !== null) await this.#append(undoEntry(last, state, this.#now()))
        return
      case 'regrade':
        if (last !== null && last.quality !== null) {
          await this.#append(regradeEntry(last, step.quality, state.reviewCount, this.#now()))
        }
    }
  }

  async #append(entry: LogEntry): Promise<void> {
    this.#lastPressed = entry
    await this.#same((store) => store.append(entry))
  }

  #occasion(cardId: string, deckId: string) {
    return { ...this.scope(), cardId, deckId, answeredAt: this.#now() }
  }

  #now(): Date {
    this.#minutes += 1
    return at(this.#minutes)
  }

  /** Asks every store; gives what they agree on. */
  async #same<Answer>(ask: (store: StudyStore) => Promise<Answer>): Promise<Answer> {
    const [first, ...others] = await Promise.all(this.#stores.map(ask))
    for (const other of others) {
      if (!isDeepStrictEqual(other, first)) {
        throw new Error(`${ask} gives ${JSON.stringify(other)}, but should give ${JSON.stringify(first)}`)
      }
    }
    return first as Answer
  }
}

function cardId(number: number): string {
  const short = CARDS[number % (2 * CARDS.length)]
  const long = LONG_DECK.cards[number % LONG_DECK_CARDS]
  return short?.replace('/', '-') ?? long?.id ?? ''
}
