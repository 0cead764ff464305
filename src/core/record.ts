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

/** The person became another learner while they were being answered: nothing was written, and it can be begun anew. */
export class OtherLearner extends Error {}

/**
 * Writes one log entry for the card a press refers to, if the card is still as the press saw it. Two presses
 * at once, in one process or in many, write once.
 *
 * @throws OtherLearner when their accounts were joined or separated meanwhile
 * @param write the entry for the card in hand; null when the press does not fit it
 */
export async function record(
  visit: Pick<Visit, 'store' | 'identity' | 'learner' | 'today' | 'now'>,
  ref: CardRef,
  write: (hand: CardInHand, occasion: Occasion) => LogEntry | null | Promise<LogEntry | null>,
): Promise<Recorded> {
  const { store, learner } = visit
  const hand = await store.card(learner.id, ref.cardId)
  if (hand === null || hand.retired) return { kind: 'gone' }
  if (hand.state.reviewCount !== ref.reviewCount) return overtaken(visit, hand)
  const entry = await write(hand, {
    learnerId: learner.id,
    cardId: hand.card.id,
    deckId: hand.deckId,
    studyDay: visit.today,
    answeredAt: visit.now,
  })
  if (entry === null) return { kind: 'stale', hand }
  if (!(await store.append(entry))) return overtaken(visit, hand)
  return { kind: 'stored', hand, entry }
}

/** Somebody was faster: the same person in most cases, but perhaps they are no longer who they were. */
async function overtaken(
  { store, identity, learner }: Pick<Visit, 'store' | 'identity' | 'learner'>,
  hand: CardInHand,
): Promise<Recorded> {
  const { id } = await store.learner(identity, learner)
  if (id !== learner.id) throw new OtherLearner(`learner ${learner.id} is learner ${id} now`)
  return { kind: 'stale', hand }
}
