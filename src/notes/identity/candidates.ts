import type { Profile } from './likeness.ts'
import type { Matching, Pair } from './matching.ts'

/** Words that this many cards share say nothing about which of them is meant. */
const COMMON_WORD_CARDS = 60
/** Old cards compared with one new card: those that share most with it. */
const MOST_CANDIDATES = 12

/** The pairs of open cards that have the same key; null is no key. */
export function* pairsBy(matching: Matching, keyOf: (card: Profile) => string | null): Generator<Pair> {
  const index = new Map<string, number[]>()
  matching.old.forEach((card, before) => {
    const key = matching.isTaken(before) ? null : keyOf(card)
    if (key !== null) addTo(index, key, before)
  })
  for (const [after, card] of matching.now.entries()) {
    const key = matching.matches[after] === null ? keyOf(card) : null
    for (const before of index.get(key ?? '') ?? []) yield { before, after }
  }
}

/** For each open new card the open old cards that share most with it. */
export function* candidates(matching: Matching): Generator<Pair> {
  const { old, now, matches } = matching
  if (!matches.includes(null)) return
  const index = new Map<string, number[]>()
  old.forEach((card, before) => {
    if (!matching.isTaken(before)) for (const sign of new Set(signsOf(card))) addTo(index, sign, before)
  })
  for (const [after, card] of now.entries()) {
    if (matches[after] !== null) continue
    const weights = new Map<number, number>()
    for (const sign of new Set(signsOf(card))) {
      const cards = index.get(sign) ?? []
      if (cards.length > COMMON_WORD_CARDS) continue
      for (const before of cards) weights.set(before, (weights.get(before) ?? 0) + 1 / cards.length)
    }
    const best = [...weights].sort(([a, x], [b, y]) => y - x || a - b).slice(0, MOST_CANDIDATES)
    for (const [before] of best) yield { before, after }
  }
}

/** What same cards are likely to share: the answer, words, and word beginnings for typos. */
function signsOf({ answer, words }: Profile): string[] {
  const signs = [`answer ${answer}`]
  for (const word of words.prompt) {
    signs.push(`word ${word}`)
    if (word.length > 4) signs.push(`start ${word.slice(0, 3)}`)
  }
  return signs
}

function addTo(index: Map<string, number[]>, key: string, value: number): void {
  const values = index.get(key)
  if (values === undefined) index.set(key, [value])
  else values.push(value)
}
