import { countOf, countWord } from '../wording.ts'

/** What can be asked about a list from the sentence above it; null where that sentence says too little. */
export interface ListQuestion {
  /** "Name the four Service types." */
  readonly name: string | null
  /** "Which of these is not one of the four Service types?" */
  readonly outsider: string | null
  /** How many the sentence says there are. */
  readonly counted: number | null
}

const NUMBER = /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b/i
const POINTS_ELSEWHERE =
  /^(?:it|its|they|their|this|these|that|those|he|she|we|you|i|here|there it|e\.g\.|for example|for instance|such as|example|examples|note|see|also|some|namely|like)\b/i

/**
 * Turns the sentence above a list into questions.
 *
 * @param sentence Markdown, ending with a colon
 * @param items how many items the list has
 */
export function listQuestion(sentence: string, items: number): ListQuestion {
  const last = sentence.split(/(?<=[.!?])\s+(?=\p{Lu})/u).at(-1) ?? ''
  const lead = last
    .replace(/\s*:\s*$/, '')
    .replace(/\s+(?:as follows|the following)$/i, '')
    .replace(/\bthe following(?= \w)/i, NUMBER.test(last) ? 'the' : countWord(items))
    .trim()
  const counted = countOf(NUMBER.exec(lead)?.[1] ?? '')
  const there = /^there are (?:the )?(.+)$/i.exec(lead)?.[1]
  const subject = there ?? (POINTS_ELSEWHERE.test(lead) ? undefined : subjectOf(lead))
  if (subject !== undefined) {
    const things = NUMBER.test(subject) ? subject : `${countWord(items)} ${subject}`
    return { name: `Name the ${things}.`, outsider: `Which of these is not one of the ${things}?`, counted }
  }
  if (POINTS_ELSEWHERE.test(lead) || lead.split(' ').length < 2)
    return { name: null, outsider: null, counted }
  const which = counted === null ? `which ${countWord(items)}` : 'which ones'
  return { name: `${lead}: ${which}?`, outsider: null, counted }
}

/** "The four Service types are" → "four Service types". */
function subjectOf(lead: string): string | undefined {
  return /^(?:the |all )?(.+?),? (?:are|include|includes)$/i.exec(lead)?.[1]
}
