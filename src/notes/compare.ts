import { remembered } from './remembered.ts'

/** Words that turn a statement round; two texts of which only one has such a word say different things. */
const NEGATION = /^(?:no|not|never|none|without|only|un\w+|cannot|can't|isn't|doesn't|don't|nothing|nor)$/
const ARTICLE = /^(?:an?|the)$/

/** Markdown without its marks, in small letters but for code: what counts when two texts are compared. */
export const comparable: (markdown: string) => string = remembered((markdown) =>
  markdown
    .split(/(`+[^`]*`+)/)
    .map((part) => (part.startsWith('`') ? part.replace(/`/g, '') : wordsOnly(part)))
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/[.!?\s]+$/, '')
    .trim(),
)

/** Tells whether a reader would see nothing: no word, sign or code. */
export function isBlank(markdown: string): boolean {
  return !/`[^`]+`|[^\s*_~]/.test(markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1'))
}

function wordsOnly(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|~~|(?<!\w)\*|\*(?!\w)|[“”"‘’]/g, '')
    .toLowerCase()
}

/** The words of a text in comparable form, without articles unless there is nothing else. */
export const wordsOf: (markdown: string) => readonly string[] = remembered((markdown) => {
  const words = allWordsOf(markdown)
  const matter = words.filter((word) => !ARTICLE.test(word))
  return matter.length > 0 ? matter : words
})

const allWordsOf: (markdown: string) => readonly string[] = remembered(
  (markdown) => comparable(markdown).match(/[$€£]?[\p{L}\p{N}]+(?:[.,'’_/-][\p{L}\p{N}]+)*%?/gu) ?? [],
)

/** Words of state that say the same: beside "supported", "yes" is right too. */
const SAME_STATE: readonly RegExp[] = [
  /^(?:yes|supported|enabled|on)$/,
  /^(?:no|none|unsupported|not supported|disabled|off|never)$/,
  /^(?:(?:in|under) )?preview$/,
  /^(?:(?:in|under) )?development$/,
  /^(?:partly|partial|partially)$/,
  /^(?:automatic|automatically)$/,
  /^(?:manual|manually|by hand)$/,
]

function isSameState(a: string, b: string): boolean {
  return SAME_STATE.some((state) => state.test(comparable(a)) && state.test(comparable(b)))
}

/** Tells whether two answers mean the same or one says all that the other says: both would count as right. */
export function isAlsoRight(a: string, b: string): boolean {
  if (comparable(a) === comparable(b) || isSameState(a, b)) return true
  const [wordsA, wordsB] = [new Set(wordsOf(a)), new Set(wordsOf(b))]
  if (wordsA.size === 0 || wordsB.size === 0) return false
  const [small, large] = wordsA.size <= wordsB.size ? [wordsA, wordsB] : [wordsB, wordsA]
  if ([...small].some((word) => !large.has(word))) return false
  return negations(small) === negations(large)
}

/** Tells whether one of two answers holds the other word for word, with nothing turned round. */
export function isPartOfOther(a: string, b: string): boolean {
  return (containsWords(a, b) || containsWords(b, a)) && negations(wordsOf(a)) === negations(wordsOf(b))
}

function negations(words: Iterable<string>): number {
  return [...words].filter((word) => NEGATION.test(word)).length
}

/** Tells whether a text holds another as whole words, whatever article stands before it. */
export function containsWords(text: string, part: string): boolean {
  const wanted = [...allWordsOf(part)]
  if (wanted.length > 1 && ARTICLE.test(wanted[0] ?? '')) wanted.shift()
  return wanted.length > 0 && ` ${allWordsOf(text).join(' ')} `.includes(` ${wanted.join(' ')} `)
}
