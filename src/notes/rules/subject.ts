import type { PhrasingContent } from 'mdast'
import { comparable } from '../compare.ts'
import { plainText } from '../inline.ts'
import type { Section } from '../tree.ts'
import type { Scope } from './rule.ts'

const MOST_WORDS = 6

/** Words that point at something said before, or that name nothing by themselves. */
const POINTER = new Set(
  `it this that these those they he she we you i there here what which who how why when where whose if in on at
  for with by from to of into until since as but and or so yet than then also however therefore thus hence one
  ones some many most much all each every both any another other others such no not nothing everything something
  someone everyone anything people my your our their his her its first second third last next finally today now
  currently usually often sometimes once maybe perhaps unlike like compared instead because while although though
  after before during without within above below former latter following same only even just again still well
  whether said please let lets see note remember imagine think suppose more less few several two three four five`.split(
    /\s+/,
  ),
)

/** Nouns and adjectives that mean something only together with what stands around them. */
const VAGUE = new Set(
  `example examples reason reasons problem problems way ways question questions thing things case cases idea point
  points difference differences advantage advantages disadvantage disadvantages benefit benefits result results
  goal goals aim trick solution solutions alternative alternatives option options rule rules note notes lot bit
  few number part parts step steps list table figure picture diagram chapter section page lesson moral answer
  source sources purpose key main best better worse worst good bad great nice common typical simple easy hard
  important big small large new old recent further possible different similar special certain particular useful
  general real whole rest end beginning start limit downside upside catch drawback issue issues concern fact truth
  tip hint rest kind kinds sort type types term name word approach decision choice change changes author team
  person guy someone user company project workaround fix command following above default current latest newest
  original final previous output input`.split(/\s+/),
)

/** Words by which a clause gives itself away where only a noun should stand. */
const CLAUSE =
  /\b(?:that|which|who|whom|whose|when|where|while|if|because|since|although|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|do|does|did|not|but|than|to|you|we|i|it|they)\b/i

/** The words before a verb, as far as they matter for telling what they name. */
export interface Subject {
  /** Plain text, with its article if it has one. */
  readonly text: string
  /** The whole of it is bold, emphasised or code. */
  readonly isMarked: boolean
}

/** Reads the words before a verb. */
export function subjectOf(nodes: readonly PhrasingContent[]): Subject {
  const named = nodes.filter((node) => !/^(?:the|an?)?$/i.test(plainText([node])))
  const isMarked =
    named.length > 0 && named.every(({ type }) => ['strong', 'emphasis', 'inlineCode'].includes(type))
  return { text: plainText(nodes), isMarked }
}

/**
 * Tells whether a subject names its thing by itself: a name, a marked term, what the heading is about, or a
 * plain kind of thing ("a Service mesh", "containers"). A pronoun, "the" something, or a clause does not.
 */
export function namesItself({ text, isMarked }: Subject, section: Section, scope: Scope): boolean {
  const [, article = '', bare = ''] = /^(?:(the|an?)\s+)?(.*)$/is.exec(text) ?? []
  const words = bare.split(/\s+/)
  const [first = ''] = words
  if (bare === '' || words.length > MOST_WORDS || /[,;:!?"“”()[\]]|\.\s/.test(bare)) return false
  if (POINTER.has(first.toLowerCase()) || CLAUSE.test(isMarked ? '' : bare)) return false
  if (isMain({ text, isMarked }, section, scope)) return true
  if (words.some((word) => VAGUE.has(word.toLowerCase()))) return false
  const isName = words.every((word, index) =>
    isNameWord(word, index === 0, words.length, article !== '', scope),
  )
  if (isName) return true
  const isPlural = /[^s]s$/.test(bare)
  switch (article.toLowerCase()) {
    case 'a':
    case 'an':
      return words.length <= 4
    case 'the':
      return false
    default:
      // "Service meshes", "Autoscaling": kinds and activities; "Good old times" needs its context.
      return isPlural
        ? words.length <= 3
        : words.length === 1 && /(?:ing|ion|ity|ness|ance|ence|ment|cy)$/.test(first)
  }
}

/** Tells whether a subject is marked, or is what a heading above speaks of: "What is Helm?", "helm and tiller". */
export function isMain({ text, isMarked }: Subject, section: Section, scope: Scope): boolean {
  const wanted = stem(text)
  const isVague = wanted.split(' ').some((word) => VAGUE.has(word) || POINTER.has(word))
  return (
    isMarked ||
    (!isVague &&
      [scope.title ?? '', ...section.path].some((heading) => ` ${stem(heading)} `.includes(` ${wanted} `)))
  )
}

/** In small letters, without punctuation, each word without its plural ending. */
function stem(text: string): string {
  return comparable(text)
    .replace(/[^\p{L}\p{N}+#.-]+/gu, ' ')
    .replace(/^(?:the|an?) /, '')
    .replace(/(?:(?<=s|x|ch|sh)es|(?<![su])s)(?= |$)/g, '')
    .trim()
}

/** A word with a capital that it does not owe to its place at the beginning, or with the looks of a name. */
function isNameWord(
  word: string,
  isFirst: boolean,
  count: number,
  hasArticle: boolean,
  scope: Scope,
): boolean {
  if (/^[\p{Ll}\p{N}]*\p{Lu}\S*\p{Lu}|\p{L}\d|^v?\d+(?:\.\d+)+$|\p{Ll}\p{Lu}/u.test(word)) return true
  // Beside other names a capital is one too: "Amazon EKS".
  if (isFirst && !hasArticle) return scope.words.isName(word) || (count > 1 && /^\p{Lu}/u.test(word))
  return /^\p{Lu}/u.test(word) || /^(?:of|for|and|the)$/.test(word)
}
