import { rawText, splitAt, trimmed } from '../inline.ts'
import type { List, Phrase } from '../tree.ts'
import { NO_TERM } from './remarks.ts'
import type { TermLine } from './term.ts'

const SEPARATOR = /^(\p{L}[^:=—–]*?)(?:\s*\(([^()]*)\))?(?:\s*:|\s+[—–=-]{1,2})\s+(?=\S)/u
/** What stands behind a colon and says not what something is, but what to do or mind. */
const NO_MEANING =
  /^(?:always|never|only|also|not|no|none|now|if|when|while|once|unless|because|since|after|before|you|we|i|they|he|she|it|its|this|that|these|those|there|here|see|please|make sure|ensure|don't|do not|should|must|can|may|might|will|is|are|was|were|has|have|todo|tbd|\?)(?![\p{L}-])/iu
const TERM_WORDS = 4
const FEWEST_WORDS = 3

/**
 * The terms of a list in which most items have the form "Term: what it is" or "Term - what it is", nothing
 * being marked. One such item alone may be anything; several under each other are a glossary.
 *
 * @returns the items that are terms; empty when the list is none of them
 */
export function bareTerms({ items }: List): ReadonlyMap<Phrase, TermLine> {
  const terms = new Map<Phrase, TermLine>()
  for (const { phrase } of items) {
    const line = phrase === null ? null : bareTerm(phrase)
    if (phrase !== null && line !== null) terms.set(phrase, line)
  }
  return terms.size >= 2 && terms.size * 3 >= items.length * 2 ? terms : new Map()
}

function bareTerm({ nodes }: Phrase): TermLine | null {
  const [first] = nodes
  const match = first?.type === 'text' ? SEPARATOR.exec(first.value) : null
  const term = match?.[1]?.trim()
  if (match === null || term === undefined) return null
  const words = term.split(/\s+/)
  const meaning = trimmed(splitAt(nodes, match[0].length)[1])
  const said = rawText(meaning).trim().split(/\s+/)
  if (words.length > TERM_WORDS || said.length < FEWEST_WORDS || NO_TERM.test(term)) return null
  if (NO_MEANING.test(rawText(meaning))) return null
  // "a team's own words: …" is a sentence with a colon in it, "https://…" an address.
  if (/[.!?,;"“”]|^https?$/.test(term)) return null
  return {
    term: [{ type: 'text', value: term }],
    isCode: false,
    aliases: match[2] === undefined || match[2].split(/\s+/).length > 3 ? [] : [match[2]],
    meaning,
  }
}
