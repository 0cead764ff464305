import type { Candidate, OldCard } from './cards.ts'

/** A fact's id is that of the old fact it continues, else that of its first card; no two facts share one. */
export function factIdsOf(
  cards: readonly Candidate[],
  ids: readonly string[],
  continued: readonly (OldCard | null)[],
): Map<number, string> {
  const factIds = new Map<number, string>()
  const used = new Set<string>()
  const claim = (factIndex: number, id: string): void => {
    if (factIds.has(factIndex) || used.has(id)) return
    factIds.set(factIndex, id)
    used.add(id)
  }
  for (const { anchor, factIndex } of cards) if (anchor !== null) claim(factIndex, anchor)
  cards.forEach(({ factIndex }, index) => {
    const fact = continued[index]?.fact
    if (fact !== undefined) claim(factIndex, fact)
  })
  cards.forEach(({ factIndex }, index) => {
    claim(factIndex, ids[index] ?? '')
  })
  return factIds
}
