import type { Card, CardKind } from './card.ts'
import { linesAsMarkdown } from './plainMarkdown.ts'

/** A card that a person is about to make, as they wrote it: plain text, not Markdown. */
export interface OwnCardText {
  readonly prompt: string
  readonly answer: string
}

/** Text of a card together with where it comes from. */
export interface DraftText extends OwnCardText {
  /** The message it is made from, absolute, https or http; null for none. */
  readonly link: string | null
}

/** Limits in Unicode characters, after {@link tidy}. */
export const PROMPT_MAX_LENGTH = 500
export const ANSWER_MAX_LENGTH = 500
/** What is longer is not even kept to be shortened. */
const KEPT_MAX_LENGTH = 4000
const LINK_MAX_LENGTH = 500

/** The title of the deck that holds a learner's own cards. */
export const OWN_DECK_TITLE = 'My cards'

/** A longer answer, or one of several words, is a chore to type and hard to compare. */
const TYPED_MAX_LENGTH = 30

/** A draft's text as it is kept: tidied, and cut where nobody would shorten it by hand. */
export function draftText({ prompt, answer, link }: DraftText): DraftText {
  return { prompt: kept(prompt), answer: kept(answer), link: link !== null && isWebLink(link) ? link : null }
}

/** What keeps a draft from being made a card, as sentences that say what to do; none when nothing does. */
export function problemsOf({ prompt, answer }: OwnCardText): string[] {
  return [
    ...problemOf('prompt', prompt, PROMPT_MAX_LENGTH),
    ...problemOf('answer', answer, ANSWER_MAX_LENGTH),
  ]
}

/**
 * The card that a draft becomes: its texts show exactly as they were written, and an answer of one short word is to
 * be typed.
 *
 * @throws RangeError when there are {@link problemsOf} the draft
 */
export function ownCardOf(draft: DraftText, cardId: string): Card {
  const problems = problemsOf(draft)
  if (problems.length > 0) throw new RangeError(`card "${cardId}" cannot be made: ${problems.join(' ')}`)
  return {
    id: cardId,
    factId: cardId,
    kind: kindOf(draft.answer),
    prompt: linesAsMarkdown(draft.prompt),
    answer: linesAsMarkdown(draft.answer),
    accept: [],
    wrong: [],
    context: [],
    explanation: '',
    source: { file: draft.link ?? '', line: 0 },
  }
}

/** What a learner's own card was made from; null for none. */
export function linkOf({ source }: Card): string | null {
  return source.file === '' ? null : source.file
}

/** How a card with this answer is asked. */
function kindOf(answer: string): CardKind {
  // Without a letter or a digit there is nothing to compare.
  const isShortWord = [...answer].length <= TYPED_MAX_LENGTH && /^\S+$/.test(answer)
  return isShortWord && /[\p{L}\p{N}]/u.test(answer) ? 'typed' : 'basic'
}

function problemOf(name: string, text: string, maxLength: number): string[] {
  const { length } = [...text]
  if (length === 0) return [`The ${name} is missing.`]
  if (length <= maxLength) return []
  return [`The ${name} has ${length} characters: at most ${maxLength} are possible.`]
}

function kept(text: string): string {
  return [...tidy(text)].slice(0, KEPT_MAX_LENGTH).join('').trimEnd()
}

/** Without what nobody sees: control characters, and white space around the text and at the ends of its lines. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\s+$/gm, (space) => space.replace(/[^\n]/g, ''))
    .trim()
}

function isWebLink(link: string): boolean {
  return link.length <= LINK_MAX_LENGTH && /^https?:\/\//.test(link) && URL.canParse(link)
}
