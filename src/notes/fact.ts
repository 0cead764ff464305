import type { CardKind } from '../core/card.ts'
import type { RuleName } from './ruleName.ts'

/** What a rule found: one fact and the cards that ask for it. All texts are inline Markdown. */
export interface FactDraft {
  readonly rule: RuleName
  /** What the fact is about, in plain text: a term, a command, "row / column"; for questions, the question. */
  readonly about: string
  /** The id that `{#id}` fixes. */
  readonly anchor: string | null
  readonly line: number
  readonly context: readonly string[]
  readonly explanation: string
  readonly cards: readonly CardDraft[]
}

export interface CardDraft {
  readonly side: Side
  /** `cell`: the form of the answer and the wrong choices decide. */
  readonly kind: CardKind | 'cell'
  readonly prompt: string
  readonly answer: string
  /** Plain text. */
  readonly accept: readonly string[]
  /** Wrong choices a person wrote. */
  readonly wrong: readonly string[]
  /** Where wrong choices may come from, nearest first: the card's answer is a choice in each of them. */
  readonly pools: readonly Pool[]
  /** Further wrong choices the rule knows, e.g. the other columns of a table. */
  readonly others: readonly string[]
  /** The prompt is a person's sentence: it is not rewritten, and a fault in it is reported to them. */
  readonly written: boolean
  /** Left out where another card of the deck asks the same: what a sentence says in passing gives way. */
  readonly yields: boolean
  readonly line: number
}

/** A key shared by cards whose answers stand beside each other in the notes. */
export interface Pool {
  readonly key: string
  /** Only numbers, prices, versions and the like mix: sentences on different matters do not compare. */
  readonly formsOnly: boolean
}

/**
 * Which way round a fact is asked: `front` from subject to answer, `back` the reverse, `outsider` for the
 * thing that does not belong to a list, `gap-1` and so on for the gaps of a text.
 */
export type Side = 'front' | 'back' | 'outsider' | `gap-${number}`

/** What is the same in most drafts. */
export const PLAIN_CARD = {
  accept: [],
  wrong: [],
  pools: [],
  others: [],
  written: false,
  yields: false,
} as const satisfies Partial<CardDraft>
