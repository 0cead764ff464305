import type { Matching, Pair } from './matching.ts'

/** More open cards than this between two neighbours, and their place says nothing. */
const MOST_IN_GAP = 12

/**
 * Pairs of open cards that stand between the same neighbours: what comes before and after them continues old
 * cards that have open cards of their own between them.
 */
export function* samePlaces(matching: Matching): Generator<Pair> {
  const { old, now, matches } = matching
  for (let after = 0; after < now.length; after++) {
    if (matches[after] !== null) continue
    const first = after
    const deck = now[first]?.deck
    while (after < now.length && matches[after] === null && now[after]?.deck === deck) after++
    // The run of open cards is [first, after); at a deck's end there is no neighbour on that side.
    const previous = now[first - 1]?.deck === deck ? (matches[first - 1] ?? null) : null
    const next = now[after]?.deck === deck ? (matches[after] ?? null) : null
    const gap = openBetween(matching, previous, next)
    if (gap.length <= MOST_IN_GAP && after - first <= MOST_IN_GAP) {
      for (let place = first; place < after; place++) {
        for (const before of gap) {
          if (old[before]?.side === now[place]?.side) yield { before, after: place }
        }
      }
    }
    after--
  }
}

/** The open old cards after `previous` and before `next`, which stand in one deck with nothing settled between. */
function openBetween(matching: Matching, previous: number | null, next: number | null): number[] {
  const { old } = matching
  const found: number[] = []
  const deck = old[previous ?? next ?? -1]?.deck
  if (deck === undefined) return []
  const step = previous === null ? -1 : 1
  let at = (previous ?? next ?? 0) + step
  const isInDeck = (): boolean => old[at]?.deck === deck && old[at]?.isRetired === false
  while (isInDeck() && !matching.isTaken(at) && found.length <= MOST_IN_GAP) {
    found.push(at)
    at += step
  }
  const end = previous === null || next === null ? undefined : next
  // A run that ends at another card than the new neighbour is no place that both have.
  if (end !== undefined && at !== end) return []
  if (end === undefined && isInDeck()) return []
  return found
}
