import { isVisible } from './harmless.ts'
import { LIMITS } from './limits.ts'
import { type FormattedText, sliced } from './text.ts'

/** From the best place to split a text to the worst. */
const SEPARATORS = [/\n\n/g, /\n/g, /\s/g]

/** A part is at least this full before a better place to split counts for more than a long part. */
const LEAST_SHARE = 0.5

/** How far beyond the limit it is looked for the end of a character that consists of several. */
const LOOK_AHEAD = 64

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Splits a text between paragraphs, else lines, else words, else characters. Entities that are cut go on in the next
 * part. Only white space at the cuts is lost.
 *
 * @param limit at most so many UTF-16 units in a part, at least 2
 * @returns the parts that show something; none when nothing does
 */
export function splitText(whole: FormattedText, limit: number = LIMITS.text): FormattedText[] {
  const parts: FormattedText[] = []
  const { length } = whole.text
  let from = 0
  while (length - from > limit) {
    const to = from + cutIn(whole.text.slice(from, from + limit + LOOK_AHEAD), limit)
    parts.push(sliced(whole, from, to))
    from = to
  }
  parts.push(sliced(whole, from, length))
  return parts.filter(({ text }) => isVisible(text))
}

/** Where to cut a text that is longer than the limit: more than 0, at most the limit. */
function cutIn(text: string, limit: number): number {
  for (const separator of SEPARATORS) {
    const last = [...text.matchAll(separator)].findLast(({ index }) => index <= limit)
    if (last !== undefined && last.index >= limit * LEAST_SHARE) return last.index
  }
  const character = GRAPHEMES.segment(text).containing(limit)?.index ?? limit
  if (character > 0) return character
  // One character that is longer than a message: then at least no surrogate pair is torn.
  return /[\udc00-\udfff]/.test(text.charAt(limit)) ? limit - 1 : limit
}
