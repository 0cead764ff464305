import { answerForm } from '../answerForm.ts'
import { comparable, wordsOf } from '../compare.ts'
import { isPart, isTurnedRound, matterOf, negationsIn, overlapOf, shared } from './words.ts'

/** Answers with fewer words in common than this say something else. */
const SAME_MEANING = 0.5

/**
 * Why an answer no longer means what it meant, so that who knew it knows something wrong; null for a corrected
 * typo, another wording, more detail. Words are all that is compared: it is a reason to ask a person.
 *
 * @param before inline Markdown, as is `after`
 */
export function changedMeaning(before: string, after: string): string | null {
  if (comparable(before) === comparable(after)) return null
  const forms = [answerForm(before), answerForm(after)]
  if (forms.some((form) => /^(?:command|option|code)$/.test(form))) return 'another command or name'
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const numbers = numbersIn(a)
  if (numbers !== '' && numbers !== numbersIn(b)) return 'another number'
  if (forms.every((form) => form === 'status')) return 'another state'
  const words = shared(matterOf(before), matterOf(after))
  if (negationsIn(a) !== negationsIn(b) || isTurnedRound(words)) return 'turned round'
  return overlapOf(words) >= SAME_MEANING || isPart(words) ? null : 'other words'
}

/** Numbers that were there must stay; a text that had none may get one as a detail. */
function numbersIn(words: readonly string[]): string {
  return words
    .filter((word) => /\d/.test(word))
    .sort()
    .join(' ')
}
