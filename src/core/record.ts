import type { CardRef } from './action.ts'
import type { CardSource } from './card.ts'
import type { CardInHand } from './cardInHand.ts'
import type { Identity, Learner } from './learner.ts'
import type { LogEntry, Occasion } from './log.ts'
import type { Store } from './store.ts'
import type { StudyDay } from './studyDay.ts'

/** One request of one learner. */
export interface Visit {
  readonly store: Store
  /** As whom they ask. */
  readonly identity: Identity
  readonly learner: Learner
  readonly today: StudyDay
  readonly now: Date
  /** Zones to offer. */
  readonly zones: readonly string[]
  findZones(text: string): readonly string[]
  /** The page where a note can be edited. */
  readonly notesUrl: ((source: CardSource) => string) | null
}

/** What became of a press that was to write an entry. */
export type Recorded =
  | { readonly kind: 'stored'; readonly hand: CardInHand; readonly entry: LogEntry }
  /** The card moved on since the press's screen was drawn; nothing was written. */
  | { readonly kind: 'stale'; readonly hand: CardInHand }
  /** There is no such card any more; nothing was written. */
  | { readonly kind: 'gone' }

/**
 * Writes one log entry for the card a press refers to, if the card is still as the press saw it. Two presses
 * at once, in one process or in many, write once.
 *
 * @param write the entry for the card in hand; null when the press does not fit it
 */
export async function record(
  visit: Pick<Visit, 'store' | 'learner' | 'today' | 'now'>,
  ref: CardRef,
  write: (hand: CardInHand, occasion: Occasion) => LogEntry | null | Promise<LogEntry | null>,
): Promise<Recorded> {
  const { store, learner } = visit
  const hand = await store.card(learner.id, ref.cardId)
  if (hand === null || hand.retired) return { kind: 'gone' }
  if (hand.state.reviewCount !== ref.reviewCount) return { kind: 'stale', hand }
  const entry = await write(hand, {
    learnerId: learner.id,
    cardId: hand.card.id,
    deckId: hand.deckId,
    studyDay: visit.today,
    answeredAt: visit.now,
  })
  if (entry === null || !(await store.append(entry))) return { kind: 'stale', hand }
  return { kind: 'stored', hand, entry }
}
