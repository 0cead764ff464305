import type { DraftText, OwnCardText } from './ownCard.ts'

/** A card that a learner is about to make, or has just made. */
export interface Draft extends DraftText {
  readonly id: string
  /** It is a card already. */
  readonly kept: boolean
}

/**
 * What became of a wish to keep a draft.
 *
 * - `kept`: the card is there now.
 * - `already`: it was there before.
 * - `incomplete`: the draft has problems, and stays as it is.
 * - `gone`: the learner has no such draft.
 */
export type Keeping = 'kept' | 'already' | 'incomplete' | 'gone'

/** Drafts older than this go when a new one is saved. */
export const DRAFT_KEPT_HOURS = 24

/**
 * What the core needs of a database for cards that people make for themselves. They lie in one deck of their own,
 * which nobody else sees: to others it and its cards are not there. Each method is one statement or one transaction.
 */
export interface OwnCardStore {
  /**
   * Keeps a draft, and sweeps old ones of everybody.
   *
   * @returns its id, of a-z and 0-9, at most {@link DRAFT_ID_MAX_LENGTH} characters
   * @throws Error when there is no such learner
   */
  saveDraft(learnerId: number, draft: DraftText, now: Date): Promise<string>
  /** Writes a draft anew; its link stays. False when the learner has no such draft, or it is a card already. */
  changeDraft(learnerId: number, id: string, text: OwnCardText, now: Date): Promise<boolean>
  /** The learner's draft with this id; null when there is none. */
  draft(learnerId: number, id: string): Promise<Draft | null>
  /**
   * Makes a draft a card in the learner's own deck, which is made and joined where it is not yet. However often and
   * from wherever it is called, one draft makes one card.
   */
  keepDraft(learnerId: number, id: string): Promise<Keeping>
  /** Deletes a draft. False when the learner has no such draft, or it is a card already. */
  dropDraft(learnerId: number, id: string): Promise<boolean>
}

export const DRAFT_ID_MAX_LENGTH = 16
