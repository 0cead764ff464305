import type { Card, Deck } from '../../src/core/card.ts'
import type { CardInHand } from '../../src/core/cardInHand.ts'
import type { Identity, Learner, Settings } from '../../src/core/learner.ts'
import type { LogEntry, Score } from '../../src/core/log.ts'
import { type CardState, UNSEEN } from '../../src/core/schedule.ts'
import {
  type DeckSummary,
  LEARNED_INTERVAL_DAYS,
  type Scope,
  type StudyStore,
  type SyncResult,
} from '../../src/core/store.ts'
import { daysBetween, type StudyDay } from '../../src/core/studyDay.ts'

interface StoredDeck {
  readonly id: string
  readonly title: string
  readonly retired: boolean
}

interface StoredCard {
  readonly card: Card
  readonly deckId: string
  readonly retired: boolean
  /** Order of introduction, over all decks. */
  readonly position: number
}

/** The store in memory, for tests: the log is all it keeps of an answer, and everything else is read off it. */
export class MemoryStore implements StudyStore {
  /** Every entry of every learner, in the order it was written. */
  readonly log: LogEntry[] = []
  readonly #learners = new Map<string, Learner>()
  readonly #decks = new Map<string, StoredDeck>()
  readonly #cards = new Map<string, StoredCard>()
  /** False for a deck that was left. */
  readonly #enrolments = new Map<string, boolean>()
  #nextPosition = 1

  async learner(identity: Identity, initial: Settings): Promise<Learner> {
    const key = `${identity.platform}:${identity.externalId}`
    const learner = this.#learners.get(key) ?? { ...initial, id: this.#learners.size + 1 }
    this.#learners.set(key, learner)
    return learner
  }

  async changeSettings(learnerId: number, change: Partial<Settings>): Promise<Learner> {
    for (const [key, learner] of this.#learners) {
      if (learner.id !== learnerId) continue
      const changed = { ...learner, ...change }
      this.#learners.set(key, changed)
      return changed
    }
    throw new RangeError(`there is no learner ${learnerId}`)
  }

  async deckSummaries(learnerId: number, studyDay: StudyDay): Promise<DeckSummary[]> {
    return [...this.#decks.values()]
      .filter((deck) => !deck.retired)
      .map(({ id, title }): DeckSummary => {
        const hands = this.#hands(learnerId).filter((hand) => hand.deckId === id && !hand.retired)
        const asked = hands.filter((hand) => !hand.state.suspended)
        return {
          id,
          title,
          isOwn: false,
          enrolled: this.#enrolments.get(`${learnerId}:${id}`) ?? false,
          cards: hands.length,
          unseen: hands.filter((hand) => hand.state.dueOn === null).length,
          due: asked.filter((hand) => isDue(hand, studyDay)).length,
          learned: hands.filter((hand) => hand.state.intervalDays >= LEARNED_INTERVAL_DAYS).length,
          suspended: hands.length - asked.length,
        }
      })
      .sort((a, b) => a.title.localeCompare(b.title, 'en') || compare(a.id, b.id))
  }

  async enrol(learnerId: number, deckId: string, enrolled: boolean): Promise<boolean> {
    if (this.#decks.get(deckId)?.retired !== false) return false
    this.#enrolments.set(`${learnerId}:${deckId}`, enrolled)
    return true
  }

  async enrolInNewDecks(learnerId: number): Promise<number> {
    const fresh = [...this.#decks.values()].filter(
      (deck) => !deck.retired && !this.#enrolments.has(`${learnerId}:${deck.id}`),
    )
    for (const deck of fresh) this.#enrolments.set(`${learnerId}:${deck.id}`, true)
    return fresh.length
  }

  async card(learnerId: number, cardId: string): Promise<CardInHand | null> {
    return this.#hands(learnerId).find((hand) => hand.card.id === cardId) ?? null
  }

  async dueCount(scope: Scope): Promise<number> {
    return this.#due(scope).length
  }

  async nextDue(scope: Scope): Promise<CardInHand | null> {
    return this.#due(scope)[0] ?? null
  }

  async newCards(scope: Scope, limit: number): Promise<CardInHand[]> {
    const starts = new Map<string, number>()
    for (const { learnerId, deckId, studyDay, score } of this.log) {
      if (learnerId !== scope.learnerId || studyDay !== scope.studyDay) continue
      starts.set(deckId, (starts.get(deckId) ?? 0) + score.starts)
    }
    const unseen = this.#askable(scope)
      .filter((hand) => hand.state.dueOn === null)
      .sort(
        (a, b) =>
          (starts.get(a.deckId) ?? 0) - (starts.get(b.deckId) ?? 0) ||
          compare(a.deckTitle.toLowerCase(), b.deckTitle.toLowerCase()) ||
          compare(a.deckId, b.deckId) ||
          this.#position(a) - this.#position(b),
      )
    return firstOfEachFact(unseen).slice(0, limit)
  }

  async drills(scope: Scope): Promise<string[]> {
    return this.#inScope(scope)
      .filter((hand) => hand.state.drillOn === scope.studyDay)
      .sort((a, b) => this.#lastAnswer(scope.learnerId, a) - this.#lastAnswer(scope.learnerId, b))
      .map((hand) => hand.card.id)
  }

  async append(entry: LogEntry): Promise<boolean> {
    if (!this.#cards.has(entry.cardId)) throw new RangeError(`there is no card "${entry.cardId}"`)
    if (this.#entriesOf(entry.learnerId, entry.cardId).length !== entry.reviewCount) return false
    this.log.push(entry)
    return true
  }

  async lastEntry(learnerId: number): Promise<LogEntry | null> {
    return this.#standing(learnerId).at(-1) ?? null
  }

  async lastEntryOf(learnerId: number, cardId: string): Promise<LogEntry | null> {
    return this.#standing(learnerId).findLast((entry) => entry.cardId === cardId) ?? null
  }

  async scoreOn(scope: Scope): Promise<Score> {
    const sum = { answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 }
    for (const { learnerId, deckId, studyDay, score } of this.log) {
      if (learnerId !== scope.learnerId || studyDay !== scope.studyDay) continue
      if (scope.deckId !== null && deckId !== scope.deckId) continue
      sum.answers += score.answers
      sum.reviews += score.reviews
      sum.passes += score.passes
      sum.starts += score.starts
      sum.points += score.points
    }
    return sum
  }

  async studyDays(learnerId: number, limit: number): Promise<StudyDay[]> {
    const answers = new Map<StudyDay, number>()
    for (const entry of this.log) {
      if (entry.learnerId !== learnerId) continue
      answers.set(entry.studyDay, (answers.get(entry.studyDay) ?? 0) + entry.score.answers)
    }
    const days = [...answers].filter(([, count]) => count > 0).map(([day]) => day)
    return days.sort((a, b) => compare(b, a)).slice(0, limit)
  }

  async syncDecks(decks: readonly Deck[]): Promise<SyncResult> {
    const result = { added: 0, changed: 0, retired: 0 }
    const present = new Set<string>()
    for (const deck of decks) {
      this.#decks.set(deck.id, { id: deck.id, title: deck.title, retired: false })
      for (const card of deck.cards) {
        present.add(card.id)
        const known = this.#cards.get(card.id)
        // A card that returns or moves joins the end of its deck, like a new one.
        const stays = known !== undefined && !known.retired && known.deckId === deck.id
        if (known === undefined || known.retired) result.added++
        else if (!stays || JSON.stringify(known.card) !== JSON.stringify(card)) result.changed++
        const position = stays ? known.position : this.#nextPosition++
        this.#cards.set(card.id, { card, deckId: deck.id, retired: false, position })
      }
    }
    for (const [id, stored] of this.#cards) {
      if (present.has(id) || stored.retired) continue
      this.#cards.set(id, { ...stored, retired: true })
      result.retired++
    }
    const kept = new Set(decks.map((deck) => deck.id))
    for (const [id, stored] of this.#decks) {
      if (!kept.has(id)) this.#decks.set(id, { ...stored, retired: true })
    }
    return result
  }

  #due(scope: Scope): CardInHand[] {
    const due = this.#askable(scope).filter((hand) => isDue(hand, scope.studyDay))
    return firstOfEachFact(due.sort((a, b) => byOverdue(a, b, scope.studyDay)))
  }

  /** Cards in scope of which no sibling was answered that day. */
  #askable(scope: Scope): CardInHand[] {
    const answered = this.#hands(scope.learnerId).filter((hand) => hand.state.answeredOn === scope.studyDay)
    return this.#inScope(scope).filter(
      ({ card }) => !answered.some((other) => other.card.factId === card.factId && other.card.id !== card.id),
    )
  }

  #inScope({ learnerId, deckId }: Scope): CardInHand[] {
    return this.#hands(learnerId).filter(
      (hand) =>
        !hand.retired &&
        !hand.state.suspended &&
        (deckId === null
          ? this.#enrolments.get(`${learnerId}:${hand.deckId}`) === true
          : hand.deckId === deckId),
    )
  }

  #hands(learnerId: number): CardInHand[] {
    return [...this.#cards.values()].map(({ card, deckId, retired }) => {
      const entries = this.#entriesOf(learnerId, card.id)
      const last = entries.at(-1)
      const state: CardState = last === undefined ? UNSEEN : { ...last.after, reviewCount: entries.length }
      return {
        card,
        deckId,
        deckTitle: this.#decks.get(deckId)?.title ?? deckId,
        isOwn: false,
        retired,
        state,
      }
    })
  }

  #entriesOf(learnerId: number, cardId: string): LogEntry[] {
    return this.log.filter((entry) => entry.learnerId === learnerId && entry.cardId === cardId)
  }

  #standing(learnerId: number): LogEntry[] {
    const entries = this.log.filter((entry) => entry.learnerId === learnerId)
    const takenBack = new Set(entries.map((entry) => `${entry.cardId}:${entry.undoes}`))
    return entries.filter(
      (entry) => entry.kind !== 'undo' && !takenBack.has(`${entry.cardId}:${entry.reviewCount}`),
    )
  }

  #lastAnswer(learnerId: number, hand: CardInHand): number {
    return this.log.findLastIndex(
      (entry) => entry.learnerId === learnerId && entry.cardId === hand.card.id && entry.quality !== null,
    )
  }

  #position(hand: CardInHand): number {
    return this.#cards.get(hand.card.id)?.position ?? 0
  }
}

function isDue({ state }: CardInHand, studyDay: StudyDay): boolean {
  return state.dueOn !== null && state.dueOn <= studyDay
}

/** Most overdue relative to its interval first; cross-multiplied, so that equal ratios are equal. */
function byOverdue(a: CardInHand, b: CardInHand, today: StudyDay): number {
  const [lateA, lateB] = [a, b].map(({ state }) =>
    state.dueOn === null ? 0 : daysBetween(state.dueOn, today),
  )
  return (
    (lateB ?? 0) * a.state.intervalDays - (lateA ?? 0) * b.state.intervalDays ||
    compare(a.state.dueOn ?? '', b.state.dueOn ?? '') ||
    compare(a.card.id, b.card.id)
  )
}

function firstOfEachFact(hands: readonly CardInHand[]): CardInHand[] {
  const facts = new Set<string>()
  return hands.filter(({ card }) => !facts.has(card.factId) && facts.add(card.factId))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
