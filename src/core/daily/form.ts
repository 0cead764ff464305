import type { Card } from '../card.ts'

/** A poll in Telegram takes 300 units, and a heading goes before the question. */
const PROMPT_LENGTH = 255
/** One option of a poll in Telegram. */
const CHOICE_LENGTH = 100

/**
 * Whether a card can be asked on every platform in the form that it has there: a team may be on several, and all of it
 * is asked the same. Lengths are those of the Markdown, which is never shorter than what is shown.
 */
export function isAskable({ prompt, answer, wrong }: Pick<Card, 'prompt' | 'answer' | 'wrong'>): boolean {
  const choices = [answer, ...wrong]
  const shown = choices.map(withoutMarks)
  return (
    wrong.length > 0 &&
    prompt.length <= PROMPT_LENGTH &&
    withoutMarks(prompt) !== '' &&
    choices.every((choice) => choice.length <= CHOICE_LENGTH) &&
    shown.every((choice) => choice !== '') &&
    new Set(shown).size === shown.length
  )
}

/** Two choices that differ in marks only look the same where there are none. */
function withoutMarks(markdown: string): string {
  return markdown.replace(/[\\*_`~\s]/g, '')
}
