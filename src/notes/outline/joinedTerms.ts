import { type Saying, sayingOf } from './saying.ts'

const TERM_WORDS = 5
const VERB =
  /\b(?:is|are|was|were|has|have|can|may|must|will|should|allows?|contains?|enables?|gives?|helps?|holds?|keeps?|lets?|makes?|manages?|means?|provides?|runs?|shows?|stores?|supports?|uses?)\b/
const OPENS_WITH_VERB = new RegExp(`^${VERB.source}`, 'i')

/**
 * Parts list items that lost the line end between a term and what is said of it: "Namespaces Namespaces provide
 * isolation …", "Ingress Objects Provide an easy front end". The meaning begins with a capital and has its verb
 * soon. Only when every item of a list can be parted so, it is a list of terms.
 *
 * @returns as many as there are items; null when the list is none
 */
export function joinedTerms(items: readonly string[]): Saying[] | null {
  const found = items.flatMap((item) => parted(item) ?? [])
  return items.length >= 3 && found.length === items.length ? found : null
}

/** "container runtime this starts your containers": the line after a term speaks of it as "this". */
export function termBeforeThis(item: string): Saying | null {
  const [, term = '', what = ''] = /^(.+?)\s+this (?=is\b|[a-z]+s\b)(.+)$/.exec(item) ?? []
  const isTerm =
    term !== '' && term.split(' ').length <= 3 && !VERB.test(term) && /[\p{L}\p{N})]$/u.test(term)
  if (!isTerm) return null
  const said = /^is\s+(.+)$/.exec(what)?.[1]
  return said === undefined ? sayingOf(term, what, false) : { term, meaning: said, ask: null, askBack: null }
}

function parted(item: string): Saying | null {
  const words = item.split(' ')
  const [first = ''] = words
  if (/[:=]/.test(item) || /[.!?;,]\s/.test(words.slice(0, TERM_WORDS).join(' '))) return null
  for (let at = 1; at <= TERM_WORDS && at < words.length - 2; at++) {
    const [before = '', word = '', next = ''] = words.slice(at - 1, at + 2)
    if (!/^\p{Lu}\p{Ll}+$/u.test(word)) continue
    const begins = word === first || /^\p{Ll}/u.test(before) || /^(?:an?|the)$/.test(next)
    const [term, meaning] = [words.slice(0, at).join(' '), words.slice(at).join(' ')]
    const opening = words.slice(at, at + 4).join(' ')
    if (begins && !VERB.test(term) && VERB.test(opening.toLowerCase())) return saidOf(term, meaning)
  }
  return null
}

function saidOf(term: string, meaning: string): Saying {
  const repeats = meaning.toLowerCase().startsWith(`${term.toLowerCase()} `)
  const what = repeats ? meaning.slice(term.length + 1) : meaning
  if (OPENS_WITH_VERB.test(what)) return sayingOf(term, lowerFirst(what), /[^su]s$/.test(term))
  // A whole sentence on something else tells too much to be asked backwards.
  return { term, meaning, ask: null, askBack: 'none' }
}

function lowerFirst(text: string): string {
  return text[0]?.toLowerCase() + text.slice(1)
}
