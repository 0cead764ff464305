import { rawText } from './inline.ts'
import type { Notes, Phrase } from './tree.ts'
import { blocksWithin } from './tree.ts'

/** Which words of the notes are names: what decides whether a first letter may change. */
export interface WordCase {
  /** Written with a capital inside sentences, such as "Kubernetes". */
  isName(word: string): boolean
  /** A term of its own that begins with a small letter, such as "kubectl". */
  isSmallTerm(word: string): boolean
}

const WORD = /\p{L}[\p{L}\p{N}'’]*(?:[-.][\p{L}\p{N}]+)*/gu

/** Looks through notes for words that keep their first letter wherever they stand. */
export function wordCaseOf(notes: Pick<Notes, 'sections' | 'footnotes'>): WordCase {
  const capitalInside = new Map<string, number>()
  const small = new Map<string, number>()
  const smallTerms = new Set<string>()
  const count = (counts: Map<string, number>, word: string): void => {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const read = (phrase: Phrase): void => {
    const [first] = phrase.nodes
    if (first?.type === 'strong' || first?.type === 'inlineCode') {
      const term = rawText([first])
      if (/^\p{Ll}[^\s]*$/u.test(term)) smallTerms.add(term)
    }
    const text = rawText(phrase.nodes.filter((node) => node.type !== 'inlineCode'))
    for (const match of text.matchAll(WORD)) {
      const [word] = match
      if (/^\p{Ll}/u.test(word)) count(small, word)
      else if (!/(?:^|[.!?:|“"(–—-])\s*$/u.test(text.slice(0, match.index))) count(capitalInside, word)
    }
  }
  for (const phrase of phrasesOf(notes)) read(phrase)
  return {
    isName: (word) => (capitalInside.get(word) ?? 0) > (small.get(word.toLowerCase()) ?? 0),
    isSmallTerm: (word) => smallTerms.has(word),
  }
}

function* phrasesOf(notes: Pick<Notes, 'sections' | 'footnotes'>): Generator<Phrase> {
  yield* notes.footnotes.values()
  for (const section of notes.sections) {
    for (const block of blocksWithin(section.blocks)) {
      if (block.kind === 'paragraph') yield block.phrase
      if (block.kind === 'list') for (const item of block.items) if (item.phrase !== null) yield item.phrase
      if (block.kind === 'table') {
        yield* block.header
        for (const row of block.rows) yield* row.cells
      }
    }
  }
}

/** A sentence made to stand inside another: small first letter, unless it is a name or code; no full stop. */
export function lowered(markdown: string, words: WordCase): string {
  const text = withoutFullStop(markdown)
  const word = firstWord(text)
  if (word === '' || /[\p{Lu}\p{N}]/u.test(word.slice(1)) || word === 'I') return text
  if (words.isName(word) || words.isName(word.split('-')[0] ?? '')) return text
  return text[0]?.toLowerCase() + text.slice(1)
}

/** A phrase as an answer: capital first letter, unless it begins with code or a word that is never capital. */
export function capitalised(markdown: string, words: WordCase): string {
  const word = firstWord(markdown)
  if (word === '' || /\p{Lu}/u.test(word) || words.isSmallTerm(word)) return markdown
  return markdown[0]?.toUpperCase() + markdown.slice(1)
}

function firstWord(text: string): string {
  return /^\p{L}[\p{L}\p{N}'’]*(?:[-.][\p{L}\p{N}]+)*/u.exec(text)?.[0] ?? ''
}

/** Without the full stop at the end; an ellipsis and an abbreviation's stop stay. */
export function withoutFullStop(text: string): string {
  return /(?:\.\.|\betc|\b[a-z]\.[a-z])\.$/i.test(text) ? text : text.replace(/\.$/, '')
}

/** "a, b and c"; items with commas or an "and" of their own are parted by semicolons. */
export function listed(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (items.some((item) => /,|\band\b/.test(item))) return items.join('; ')
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`
}

const COUNTS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** A count in words up to twelve, in digits above. */
export function countWord(count: number): string {
  return COUNTS[count] ?? String(count)
}

/** The count a number word or digits stand for; null when it is neither. */
export function countOf(word: string): number | null {
  const count = COUNTS.indexOf(word.toLowerCase())
  if (count >= 0) return count
  return /^\d{1,3}$/.test(word) ? Number(word) : null
}
