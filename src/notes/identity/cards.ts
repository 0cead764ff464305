import type { IdlessCard, IdlessFact } from '../draftCards.ts'

/** A card of a deck as it was before this build. */
export interface OldCard {
  readonly id: string
  readonly fact: string
  readonly about?: string | undefined
  readonly side: string
  readonly prompt: string
  readonly answer: string
  readonly context: readonly string[]
  readonly deck: string
  readonly isRetired: boolean
}

/** A fact of this build and the deck it belongs to. */
export interface PlacedFact {
  readonly deck: string
  readonly file: string
  readonly fact: IdlessFact
}

export interface IdentifiedCard extends PlacedCard {
  readonly id: string
  readonly factId: string
  /** The card it continues; null when it is new. */
  readonly old: OldCard | null
}

interface PlacedCard {
  readonly deck: string
  readonly file: string
  readonly card: IdlessCard
}

/** A card that looks for its id. */
export interface Candidate extends PlacedCard {
  readonly anchor: string | null
  readonly factIndex: number
}
