import { distance } from 'fastest-levenshtein'
import { wordsOf } from '../compare.ts'

/** Words that carry a question's grammar and not its matter. */
const GRAMMAR = new Set(
  `a an the is are was were be been being am do does did has have had what which who whom whose when where why
  how of in on at to for from by with as and or than then it its this that these those there their they you your
  can could will would should may might must about into onto up out so such if ones`.split(/\s+/),
)
const COUNT = /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/
const NEGATION = /^(?:no|not|never|none|nor|nothing|without|cannot|except|besides|\w+n't)$/
/** Pairs that turn a question into another when the rest of it stays. */
const OPPOSITES = new Map(
  `before after|first last|most least|minimum maximum|min max|more less|more fewer|largest smallest|highest lowest
  fastest slowest|cheapest dearest|start stop|starts stops|enable disable|enables disables|add remove|adds removes
  attach detach|create delete|creates deletes|client server|inside outside|above below|up down|source target
  source destination|advantage disadvantage|oldest newest|earliest latest|longest shortest|open close|opens closes`
    .split(/[|\n]/)
    .flatMap((pair): [string, string][] => {
      const [a = '', b = ''] = pair.trim().split(' ')
      return [
        [`${a} ${b}`, a],
        [`${b} ${a}`, b],
      ]
    }),
)

/** What two lists of words share and what only one has; a word in two spellings counts as shared. */
export interface Shared {
  readonly paired: number
  readonly onlyA: readonly string[]
  readonly onlyB: readonly string[]
}

/** The words of a text that carry its matter; all of them when there are no others. */
export function matterOf(markdown: string): string[] {
  const words = wordsOf(markdown).map((word) => word.replace(/['’]s$/, ''))
  const matter = words.filter((word) => !GRAMMAR.has(word))
  return matter.length > 0 ? matter : words
}

/** Pairs the words of two texts, equal ones first. */
export function shared(a: readonly string[], b: readonly string[]): Shared {
  const left = [...b]
  const take = (isSame: (other: string) => boolean): boolean => {
    const at = left.findIndex(isSame)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }
  const unmatched = a.filter((word) => !take((other) => other === word))
  const onlyA = unmatched.filter((word) => !take((other) => isSpellingOf(word, other)))
  return { paired: a.length - onlyA.length, onlyA, onlyB: left }
}

/** Share of words that two texts have in common (Sørensen–Dice), from 0 to 1. */
export function overlapOf({ paired, onlyA, onlyB }: Shared): number {
  const all = 2 * paired + onlyA.length + onlyB.length
  return all === 0 ? 0 : (2 * paired) / all
}

/** The same words but for order, spelling and inflection. */
export function isReworded({ onlyA, onlyB }: Shared): boolean {
  return onlyA.length === 0 && onlyB.length === 0
}

/** The same words but for how many things there are: "the three types", "the four types". */
export function isRecounted({ onlyA, onlyB }: Shared): boolean {
  return onlyA.every((word) => COUNT.test(word)) && onlyB.every((word) => COUNT.test(word))
}

/** One text has all words of the other: "EKS" and "Amazon EKS". */
export function isPart({ onlyA, onlyB }: Shared): boolean {
  return onlyA.length === 0 || onlyB.length === 0
}

/** One text is the other with a negation more, or with a word's opposite in its place. */
export function isTurnedRound({ onlyA, onlyB }: Shared): boolean {
  const different = [...onlyA, ...onlyB]
  if (different.length === 0) return false
  if (different.every((word) => NEGATION.test(word))) return onlyA.length !== onlyB.length
  return onlyA.length === onlyB.length && onlyA.every((a) => onlyB.some((b) => OPPOSITES.has(`${a} ${b}`)))
}

/** How many words turn a text round. */
export function negationsIn(words: readonly string[]): number {
  return words.filter((word) => NEGATION.test(word)).length
}

/**
 * One word in two spellings: a plural, or one slip in five letters, two in nine. The first letter must be the
 * same, since prefixes turn words round ("encrypt", "decrypt"), and what holds digits must be equal.
 */
export function isSpellingOf(a: string, b: string): boolean {
  if (a === b) return true
  if (/\d/.test(a) || /\d/.test(b) || a[0] !== b[0]) return false
  if (`${a}s` === b || `${b}s` === a || `${a}es` === b || `${b}es` === a) return true
  const shorter = Math.min(a.length, b.length)
  if (shorter < 5 || Math.abs(a.length - b.length) > 2) return false
  return distance(a, b) <= (shorter >= 9 ? 2 : 1)
}

/** One name is made of the other's initials: "RBAC" and "role-based access control". */
export function isInitialsOf(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const [initials] = short
  const parts = long.flatMap((word) => word.split(/[-/]/))
  if (short.length !== 1 || initials === undefined || parts.length < 2) return false
  return parts.map((word) => word[0]).join('') === initials
}
