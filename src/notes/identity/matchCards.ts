import { type Comparable, likeness, type Profile, profileOf, SAME_CARD } from './likeness.ts'

/** Words that this many cards share say nothing about which of them is meant. */
const COMMON_WORD_CARDS = 60
/** An answer of more cards than this, such as "yes", is no sign of being the same card. */
const COMMON_ANSWER_CARDS = 1

interface Pair {
  readonly before: number
  readonly after: number
  readonly score: number
}

/**
 * Finds for new cards the old cards they continue: one to one, the surest pairs first.
 *
 * @param before cards as they were; on a tie the one listed first wins
 * @param after cards as they are
 * @returns per card of `after` the index of its old card, or null for a card that is new
 */
export function matchCards(before: readonly Comparable[], after: readonly Comparable[]): (number | null)[] {
  const old = before.map(profileOf)
  const now = after.map(profileOf)
  const matches: (number | null)[] = now.map(() => null)
  const taken = new Set<number>()
  const answers = new Map<string, number>()
  for (const { answer } of old) answers.set(answer, (answers.get(answer) ?? 0) + 1)
  const isDistinctive = (answer: string): boolean => (answers.get(answer) ?? 0) <= COMMON_ANSWER_CARDS

  const settle = (pairs: Pair[]): void => {
    pairs.sort((a, b) => b.score - a.score || a.before - b.before || a.after - b.after)
    for (const pair of pairs) {
      if (taken.has(pair.before) || matches[pair.after] !== null) continue
      taken.add(pair.before)
      matches[pair.after] = pair.before
    }
  }
  // Nearly all cards are as they were: those pairs come from an index alone.
  settle(
    pairsOver(
      old,
      now,
      (card) => [`${card.side}\n${card.prompt}`],
      isDistinctive,
      () => true,
    ),
  )
  settle(
    pairsOver(
      old,
      now,
      signsOf,
      isDistinctive,
      (pair) => !taken.has(pair.before) && matches[pair.after] === null,
    ),
  )
  return matches
}

/** Scores the pairs that have at least one sign in common. */
function pairsOver(
  old: readonly Profile[],
  now: readonly Profile[],
  signs: (card: Profile) => string[],
  isDistinctive: (answer: string) => boolean,
  isOpen: (pair: Pick<Pair, 'before' | 'after'>) => boolean,
): Pair[] {
  const index = new Map<string, number[]>()
  old.forEach((card, before) => {
    for (const sign of new Set(signs(card))) {
      const cards = index.get(sign)
      if (cards === undefined) index.set(sign, [before])
      else cards.push(before)
    }
  })
  const pairs: Pair[] = []
  now.forEach((card, after) => {
    const candidates = new Set<number>()
    for (const sign of signs(card)) {
      const cards = index.get(sign) ?? []
      if (cards.length <= COMMON_WORD_CARDS) for (const before of cards) candidates.add(before)
    }
    for (const before of candidates) {
      const other = old[before]
      if (other === undefined || !isOpen({ before, after })) continue
      const score = likeness(other, card, isDistinctive)
      if (score >= SAME_CARD) pairs.push({ before, after, score })
    }
  })
  return pairs
}

/** What same cards are likely to share: the subject, the answer, words, and word beginnings for typos. */
function signsOf(card: Profile): string[] {
  const signs = [`answer ${card.answer}`]
  if (card.about !== '') signs.push(`about ${card.about}`)
  for (const word of card.promptWords) {
    signs.push(`word ${word}`)
    if (word.length > 4) signs.push(`start ${word.slice(0, 3)}`)
  }
  return signs
}
