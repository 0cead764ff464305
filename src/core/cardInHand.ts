import type { Card } from './card.ts'
import type { CardState } from './schedule.ts'

/** A card as one learner stands to it. */
export interface CardInHand {
  readonly card: Card
  readonly deckId: string
  readonly deckTitle: string
  /** The learner made it for themselves: it comes from no note, and nobody else sees it. */
  readonly isOwn: boolean
  /** It is no longer in the notes: its history stays, it is not asked any more. */
  readonly retired: boolean
  readonly state: CardState
}
