/**
 * How a card is asked when a person studies it.
 *
 * - `basic`: shown, then graded by the learner.
 * - `choice`: four choices, one right.
 * - `typed`: the learner writes the answer, and the bot compares.
 * - `cloze`: a sentence with a gap (`[…]` in the prompt); shown, then graded by the learner.
 *
 * Any kind may carry wrong choices: a quiz in a channel asks every such card as multiple choice.
 */
export type CardKind = 'basic' | 'choice' | 'typed' | 'cloze'

/** Where in the notes a card comes from; for a learner's own card see `linkOf`. */
export interface CardSource {
  /** Path relative to the folder the build ran in, with forward slashes. */
  readonly file: string
  /** First line of the fact, counted from 1. */
  readonly line: number
}

/** One prompt with one answer. All texts are inline Markdown, except `accept`, which is plain text. */
export interface Card {
  /** Lasting: `[a-z0-9-]`, at most {@link CARD_ID_MAX_LENGTH} characters, unique over all decks. */
  readonly id: string
  /** Cards of one fact are siblings: they are not asked on the same study day. */
  readonly factId: string
  readonly kind: CardKind
  readonly prompt: string
  readonly answer: string
  /** Further answers that count as right when typed. */
  readonly accept: readonly string[]
  /** Exactly {@link WRONG_CHOICES} of them, or none where the notes have none. */
  readonly wrong: readonly string[]
  /** The heading path in the notes, outermost first. */
  readonly context: readonly string[]
  /** Shown after the answer; empty when the notes say nothing more. */
  readonly explanation: string
  readonly source: CardSource
}

/** The cards generated from one notes file, in the order they are introduced to a learner. */
export interface Deck {
  /** The file's name without its ending: `[a-z0-9-]`, at most {@link DECK_ID_MAX_LENGTH} characters. */
  readonly id: string
  readonly title: string
  readonly cards: readonly Card[]
}

export const CARD_ID_MAX_LENGTH = 24
export const DECK_ID_MAX_LENGTH = 32
export const WRONG_CHOICES = 3
