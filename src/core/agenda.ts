import type { CardInHand } from './cardInHand.ts'
import type { Learner } from './learner.ts'
import type { LogEntry, Score } from './log.ts'
import type { Scope, Store } from './store.ts'
import type { StudyDay } from './studyDay.ts'

/** What is left of one study day, and what comes next. */
export interface Agenda {
  /** The card to ask now; null when nothing is left. */
  readonly next: CardInHand | null
  /** Why this card is asked; null with `next`. */
  readonly from: 'due' | 'new' | 'drill' | null
  /** What the rest of the day holds, the next card included. */
  readonly left: { readonly due: number; readonly new: number; readonly drills: number }
  /** Cards beyond the learner's daily limits, which wait for another day. */
  readonly overLimit: { readonly due: number; readonly new: boolean }
  /** The study day so far. */
  readonly today: Score
  /** What an undo would take back, see {@link lastOfDay}. */
  readonly last: LogEntry | null
}

/**
 * Decides what a learner is asked next: due cards first (the most overdue relative to its interval leads),
 * then new ones, within the daily limits; drills of this study day come last, as SM-2's step 7 says.
 * Limits count over all decks, even when the scope is one.
 */
export async function agendaOf(store: Store, learner: Learner, scope: Scope): Promise<Agenda> {
  const [today, everywhere, dueInScope, newInScope, drillIds, last] = await Promise.all([
    store.scoreOn(scope),
    scope.deckId === null ? null : store.scoreOn({ ...scope, deckId: null }),
    store.dueCount(scope),
    // One beyond the limit tells whether more are waiting.
    store.newCards(scope, learner.newPerDay + 1),
    store.drills(scope),
    lastOfDay(store, learner.id, scope.studyDay),
  ])
  const total = everywhere ?? today
  const dueAllowed = Math.max(0, learner.reviewsPerDay - (total.reviews - total.starts))
  const newAllowed = Math.max(0, learner.newPerDay - total.starts)
  const left = {
    due: Math.min(dueInScope, dueAllowed),
    new: Math.min(newInScope.length, newAllowed),
    drills: drillIds.length,
  }
  const overLimit = { due: dueInScope - left.due, new: newInScope.length > left.new }
  const chosen = await firstOf(store, scope, left, newInScope, drillIds)
  return { ...chosen, left, overLimit, today, last }
}

async function firstOf(
  store: Store,
  scope: Scope,
  left: Agenda['left'],
  newCards: readonly CardInHand[],
  drillIds: readonly string[],
): Promise<Pick<Agenda, 'next' | 'from'>> {
  if (left.due > 0) {
    const due = await store.nextDue(scope)
    if (due !== null) return { next: due, from: 'due' }
  }
  const [firstNew] = newCards
  if (left.new > 0 && firstNew !== undefined) return { next: firstNew, from: 'new' }
  const [firstDrill] = drillIds
  if (firstDrill !== undefined) {
    const drill = await store.card(scope.learnerId, firstDrill)
    if (drill !== null) return { next: drill, from: 'drill' }
  }
  return { next: null, from: null }
}

/**
 * The learner's latest entry that still stands, if it is of that study day: older ones have been built upon, and taking
 * one back would surprise more than help.
 */
export async function lastOfDay(
  store: Store,
  learnerId: number,
  studyDay: StudyDay,
): Promise<LogEntry | null> {
  const last = await store.lastEntry(learnerId)
  return last?.studyDay === studyDay ? last : null
}

/** Cards that still come this study day. */
export function cardsLeft(agenda: Agenda): number {
  return agenda.left.due + agenda.left.new + agenda.left.drills
}
