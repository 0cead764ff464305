import type { Matching } from './matching.ts'

/** A card whose sibling continues an old fact continues that fact too, even if all its words changed. */
export function joinMates(matching: Matching): void {
  const { old, now, matches } = matching
  if (!matches.includes(null)) return
  const oldFacts = new Map<string, string>()
  now.forEach(({ fact }, after) => {
    const continued = old[matches[after] ?? -1]
    if (continued !== undefined && !oldFacts.has(fact)) oldFacts.set(fact, continued.fact)
  })
  const places = new Map(old.map(({ fact, side }, before) => [`${fact}\n${side}`, before]))
  now.forEach(({ fact, side }, after) => {
    if (side === 'gap') return
    const before = places.get(`${oldFacts.get(fact)}\n${side}`)
    if (before !== undefined) matching.join({ before, after })
  })
}
