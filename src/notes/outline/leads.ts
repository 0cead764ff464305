import { plainText } from '../inline.ts'
import { type Block, type Directives, NO_DIRECTIVES, type Paragraph } from '../tree.ts'
import { countWord } from '../wording.ts'

export interface Lead {
  /** What stands before the sentence in the same paragraph; null when nothing does. */
  readonly rest: Paragraph | null
  /** The sentence, with a colon at its end. */
  readonly lead: Paragraph
}

const SENTENCE_START = /[.!?]\s+(?=\p{Lu})/gu

/**
 * Finds the sentence that leads to a list: the last one above it, when it ends with a colon, breaks off, or
 * says how many things follow. One on "it" or "they" is asked by the name of the heading.
 *
 * @param items how many the list has
 */
export function leadIn(above: Block | undefined, items: number, heading: string): Lead | null {
  if (above?.kind !== 'paragraph') return null
  const { phrase, line } = above
  const text = plainText(phrase.nodes)
  const last = phrase.nodes.at(-1)
  if (last?.type !== 'text' || (/[.!?)"”]$/.test(text) && !countOfThings(text, items))) return null
  const ends = [...last.value.matchAll(SENTENCE_START)].map((end) => end.index + end[0].length)
  const start = ends.at(-1) ?? 0
  const value = `${last.value.slice(start).replace(/[.,;:]$/, '')}:`
  const before = phrase.nodes.slice(0, -1)
  const nodes = start === 0 ? [...before, { ...last, value }] : [{ ...last, value }]
  const directives =
    start === 0 && !isAboutHeading(value) ? above.directives : askFor(value, items, heading, line)
  const lead: Paragraph = { ...above, directives, phrase: { ...phrase, nodes } }
  if (start === 0) return { rest: null, lead }
  const kept = [...before, { ...last, value: last.value.slice(0, start).trimEnd() }]
  return { rest: { ...above, phrase: { ...phrase, nodes: kept } }, lead }
}

function isAboutHeading(sentence: string): boolean {
  return /^(?:it|they)\s/i.test(sentence)
}

/** "four types" at the end of a sentence above four items; null when it says nothing of the kind. */
function countOfThings(sentence: string, items: number): string | null {
  return (
    new RegExp(`\\b((?:${items}|${countWord(items)})\\s+\\p{L}+)[.:]?$`, 'iu').exec(sentence)?.[1] ?? null
  )
}

function askFor(sentence: string, items: number, heading: string, line: number): Directives {
  const things = isAboutHeading(sentence) ? countOfThings(sentence, items) : null
  if (things === null || heading === '' || /[{}]/.test(heading)) return NO_DIRECTIVES
  return { ...NO_DIRECTIVES, ask: { text: `${heading}: name the ${things}.`, line } }
}
