import type { Card, Deck } from '../../../src/core/card.ts'
import type { CardInHand } from '../../../src/core/cardInHand.ts'
import { DEFAULT_SETTINGS } from '../../../src/core/learner.ts'
import { answerEntry, type LogEntry, suspensionEntry, undoEntry } from '../../../src/core/log.ts'
import type { Quality } from '../../../src/core/schedule.ts'
import type { Scope, StudyStore } from '../../../src/core/store.ts'
import { addDays, parseStudyDay, type StudyDay } from '../../../src/core/studyDay.ts'

/** A Monday, the first study day of every test. */
export const DAY = parseStudyDay('2026-01-05')
const NOON = Date.parse('2026-01-05T12:00:00Z')

/** `days` after {@link DAY}. */
export function day(days: number): StudyDay {
  return addDays(DAY, days)
}

/** An instant `minutes` after noon of {@link DAY}. */
export function at(minutes: number): Date {
  return new Date(NOON + minutes * 60_000)
}

/** A card that says nothing in particular. */
export function makeCard(id: string, change: Partial<Card> = {}): Card {
  return {
    id,
    factId: id,
    kind: 'basic',
    prompt: `What is ${id}?`,
    answer: `It is ${id}.`,
    accept: [],
    wrong: [],
    context: ['Notes', 'Things'],
    explanation: '',
    source: { file: 'notes/things.md', line: 3 },
    ...change,
  }
}

/** A deck of cards with these ids; an id such as `pod/2` is the second card of the fact `pod`. */
export function makeDeck(id: string, cardIds: readonly string[], title = id): Deck {
  const cards = cardIds.map((text) => {
    const [factId = text] = text.split('/')
    return makeCard(text.replace('/', '-'), { factId })
  })
  return { id, title, cards }
}

/** One learner at work on a store, with a clock that moves a minute at each entry. */
export class Study {
  readonly store: StudyStore
  readonly learnerId: number
  #minutes = 0

  constructor(store: StudyStore, learnerId: number) {
    this.store = store
    this.learnerId = learnerId
  }

  /** A new learner, enrolled in every deck. */
  static async begin(store: StudyStore, name = 'ada'): Promise<Study> {
    const learner = await store.learner({ platform: 'terminal', externalId: name }, DEFAULT_SETTINGS)
    await store.enrolInNewDecks(learner.id)
    return new Study(store, learner.id)
  }

  scope(studyDay: StudyDay = DAY, deckId: string | null = null): Scope {
    return { learnerId: this.learnerId, deckId, studyDay }
  }

  async hand(cardId: string): Promise<CardInHand> {
    const hand = await this.store.card(this.learnerId, cardId)
    if (hand === null) throw new Error(`the test has no card ${cardId}`)
    return hand
  }

  /** The entry for an answer, not yet written. */
  async answerEntry(cardId: string, quality: Quality, studyDay: StudyDay = DAY): Promise<LogEntry> {
    const { state, deckId } = await this.hand(cardId)
    return answerEntry(this.#occasion(cardId, deckId, studyDay), state, quality)
  }

  async answer(cardId: string, quality: Quality, studyDay: StudyDay = DAY): Promise<LogEntry> {
    return this.#append(await this.answerEntry(cardId, quality, studyDay))
  }

  async suspend(cardId: string, suspended = true, studyDay: StudyDay = DAY): Promise<LogEntry> {
    const { state, deckId } = await this.hand(cardId)
    return this.#append(suspensionEntry(this.#occasion(cardId, deckId, studyDay), state, suspended))
  }

  /** Takes back the card's latest entry that stands. */
  async undo(cardId: string): Promise<LogEntry> {
    const last = await this.store.lastEntryOf(this.learnerId, cardId)
    if (last === null) throw new Error(`the test has nothing to take back on ${cardId}`)
    const { state } = await this.hand(cardId)
    return this.#append(undoEntry(last, state, this.tick()))
  }

  async newIds(limit = 100, scope = this.scope()): Promise<string[]> {
    return (await this.store.newCards(scope, limit)).map(({ card }) => card.id)
  }

  /** The ids of the due cards in the order in which they are asked; each is answered with quality 4. */
  async answerAllDue(studyDay: StudyDay): Promise<string[]> {
    const ids: string[] = []
    for (;;) {
      const due = await this.store.nextDue(this.scope(studyDay))
      if (due === null) return ids
      ids.push(due.card.id)
      await this.answer(due.card.id, 4, studyDay)
    }
  }

  tick(): Date {
    this.#minutes += 1
    return at(this.#minutes)
  }

  #occasion(cardId: string, deckId: string, studyDay: StudyDay) {
    return { learnerId: this.learnerId, cardId, deckId, studyDay, answeredAt: this.tick() }
  }

  async #append(entry: LogEntry): Promise<LogEntry> {
    if (!(await this.store.append(entry))) throw new Error(`entry ${entry.reviewCount} was not written`)
    return entry
  }
}
