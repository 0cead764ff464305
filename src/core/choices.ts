import type { Card } from './card.ts'

/**
 * A short key for a choice's text: it goes into the button instead of a position, so that a press still means
 * the text the person saw after the deck was built anew. FNV-1a, 32 bit, in base 36.
 */
export function choiceKey(text: string): string {
  return fnv1a(text).toString(36)
}

/**
 * The right answer among the wrong choices, in an order that depends on the card and on how often it was
 * asked: the same press redrawn shows the same order, the next review another.
 *
 * @returns the texts, or an empty array for a card without wrong choices
 */
export function shuffledChoices(card: Card, reviewCount: number): string[] {
  if (card.wrong.length === 0) return []
  const choices = [card.answer, ...card.wrong]
  const random = mulberry32(fnv1a(`${card.id}:${reviewCount}`))
  // Fisher–Yates.
  for (let last = choices.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [choices[last], choices[other]]
    if (a !== undefined && b !== undefined) [choices[last], choices[other]] = [b, a]
  }
  return choices
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** T. Ettinger's 32-bit generator: small, and good enough to order four buttons. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
