import type { RetiredCard, StoredDeck } from './deckFile.ts'
import type { OldCard } from './identity/cards.ts'

/**
 * Keeps what is no longer in the notes with the deck it was in, so that it gets its id back when it returns. A
 * deck whose notes are gone stays as a file of retired cards, unless it has none.
 *
 * @param decks as built
 * @param before the same decks as they were, and those whose notes are gone
 * @param left the old cards that no new card continues, retired ones among them
 * @returns the decks with their retired cards, and the ids of decks that nothing is left of
 */
export function keepRetired(
  decks: readonly StoredDeck[],
  before: readonly StoredDeck[],
  left: readonly OldCard[],
): { decks: StoredDeck[]; obsolete: string[] } {
  const leftIds = new Set(left.map(({ id }) => id))
  const retiredOf = ({ cards, retired }: StoredDeck): RetiredCard[] =>
    [...retired, ...cards]
      .filter(({ id }) => leftIds.has(id))
      .map(({ id, fact, about, side, kind, prompt, answer }) => ({
        id,
        fact,
        ...(about !== undefined && { about }),
        side,
        kind,
        prompt,
        answer,
      }))
  const built = new Set(decks.map(({ id }) => id))
  const previous = new Map(before.map((deck) => [deck.id, deck]))
  const kept = decks.map((deck) => {
    const was = previous.get(deck.id)
    return was === undefined ? deck : { ...deck, retired: retiredOf(was) }
  })
  const obsolete: string[] = []
  for (const deck of before) {
    if (built.has(deck.id)) continue
    const retired = retiredOf(deck)
    if (retired.length === 0) obsolete.push(deck.id)
    else kept.push({ ...deck, cards: [], retired })
  }
  return {
    decks: kept.filter(({ cards, retired, id }) => cards.length + retired.length > 0 || previous.has(id)),
    obsolete,
  }
}
