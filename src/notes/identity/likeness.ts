import { distance } from 'fastest-levenshtein'
import { comparable, wordsOf } from '../compare.ts'

/** What two cards are compared by. */
export interface Comparable {
  readonly deck: string
  readonly about?: string | undefined
  readonly side: string
  readonly prompt: string
  readonly answer: string
  readonly context: readonly string[]
}

/** A card made ready for being compared many times. */
export interface Profile {
  readonly deck: string
  readonly side: string
  readonly about: string
  readonly aboutWords: readonly string[]
  readonly prompt: string
  readonly promptWords: readonly string[]
  readonly answer: string
  readonly answerWords: readonly string[]
  readonly context: string
}

/** Words that carry a question's grammar and not its matter. */
const GRAMMAR = new Set(
  `a an the is are was were be been being am do does did has have had what which who whom whose when where why
  how of in on at to for from by with as and or than then it its this that these those there their they you your
  can could will would should may might must about into onto up out so such if one ones`.split(/\s+/),
)

/** Prepares a card for {@link likeness}. */
export function profileOf(card: Comparable): Profile {
  return {
    deck: card.deck,
    side: card.side,
    about: comparable(card.about ?? ''),
    aboutWords: wordsOf(card.about ?? ''),
    prompt: comparable(card.prompt),
    promptWords: matterOf(card.prompt),
    answer: comparable(card.answer),
    answerWords: matterOf(card.answer),
    context: comparable(card.context.join(' ')),
  }
}

function matterOf(text: string): string[] {
  const words = wordsOf(text)
  const matter = words.filter((word) => !GRAMMAR.has(word))
  return matter.length > 0 ? matter : words
}

/** Below this, two cards are different questions. */
export const SAME_CARD = 0.5

/**
 * How surely a new card asks what an old one asked, from 0 to 1; {@link SAME_CARD} and above is taken as the
 * same. Either the question is the same but for its wording, or its subject is, or an answer that says a lot
 * is asked for in a similar way. A question in which one word of substance stands for another is a different
 * question when the answer is as common as "yes".
 *
 * @param isDistinctive tells whether an answer belongs to few cards, so that sharing it means something
 */
export function likeness(
  before: Profile,
  after: Profile,
  isDistinctive: (answer: string) => boolean,
): number {
  if (before.side !== after.side) return 0
  const nearby = (before.deck === after.deck ? 0.02 : 0) + (before.context === after.context ? 0.01 : 0)
  const sameAnswer = before.answer === after.answer
  if (before.prompt === after.prompt) return (sameAnswer ? 0.97 : 0.85) + nearby

  const prompt = overlap(before.promptWords, after.promptWords)
  const answer = sameAnswer ? 1 : overlap(before.answerWords, after.answerWords)
  const sameAbout = before.about !== '' && before.about === after.about
  if (sameAbout && (before.deck === after.deck || answer > 0.5)) {
    return 0.7 + 0.07 * prompt + 0.07 * answer + nearby
  }
  const reworded = onlyReworded(before.promptWords, after.promptWords)
  if (reworded && answer >= 0.4) return 0.6 + 0.05 * prompt + 0.05 * answer + nearby
  const typoInAbout =
    before.about !== '' && after.about !== '' && onlyReworded(before.aboutWords, after.aboutWords)
  if (typoInAbout && answer >= 0.6) return 0.58 + 0.05 * prompt + 0.05 * answer + nearby
  // Two cells of a table may share a value and most of their question, and are two questions all the same.
  const otherSubject =
    before.about !== '' && after.about !== '' && !isPartOf(before.aboutWords, after.aboutWords)
  const saysALot = isDistinctive(after.answer) && (!otherSubject || after.answerWords.length >= 3)
  if (sameAnswer && saysALot && prompt >= 0.5) return 0.5 + 0.1 * prompt + nearby
  if (prompt >= 0.75 && answer >= 0.75 && saysALot) return 0.5 + 0.05 * (prompt + answer) + nearby
  return 0
}

/** Share of words that two texts have in common, a typo counting as nearly the same (Sørensen–Dice). */
export function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0
  const { paired, onlyA, onlyB } = pairs(a, b)
  return (2 * paired) / (2 * paired + onlyA.length + onlyB.length)
}

/** The same words but for order, spelling and inflection. */
function onlyReworded(a: readonly string[], b: readonly string[]): boolean {
  const { onlyA, onlyB } = pairs(a, b)
  return onlyA.length === 0 && onlyB.length === 0
}

/** One names all that the other names: "EKS" and "Amazon EKS". */
function isPartOf(a: readonly string[], b: readonly string[]): boolean {
  const { onlyA, onlyB } = pairs(a, b)
  return onlyA.length === 0 || onlyB.length === 0
}

function pairs(
  a: readonly string[],
  b: readonly string[],
): { paired: number; onlyA: string[]; onlyB: string[] } {
  const left = [...b]
  const unmatched = a.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const onlyA = unmatched.filter((word) => {
    const at = left.findIndex((other) => isSpellingOf(word, other))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return { paired: a.length - onlyA.length, onlyA, onlyB: left }
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
  if (shorter < 5) return false
  return distance(a, b) <= (shorter >= 9 ? 2 : 1)
}
