import { createHash } from 'node:crypto'
import { CARD_ID_MAX_LENGTH } from '../core/card.ts'

const CHARACTERS = 10
/** Crockford's digits: none that is read as another. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A new id for a card: ten base-32 characters (50 bits) of a hash of where it was first seen and what it asked.
 *
 * @param isTaken tells of ids that any deck uses or has used
 */
export function newCardId(deckId: string, prompt: string, isTaken: (id: string) => boolean): string {
  for (let attempt = 0; ; attempt++) {
    const hash = createHash('sha256')
      .update(`${deckId}\n${prompt}\n${attempt || ''}`)
      .digest()
    const id = Array.from(hash.subarray(0, CHARACTERS), (byte) => DIGITS[byte % DIGITS.length]).join('')
    if (!isTaken(id)) return id
  }
}

/** The id of a card of a fact whose id is fixed in the notes: the fact's own for the front, else with its side. */
export function anchoredId(anchor: string, side: string): string {
  return side === 'front' ? anchor : `${anchor}-${side}`
}

/** What is wrong with an id from the notes, as a sentence; null when it can be used. */
export function idProblem(id: string): string | null {
  if (!/^[a-z0-9-]+$/.test(id)) return `the id "${id}" may only have a-z, 0-9 and "-"`
  if (id.length <= CARD_ID_MAX_LENGTH) return null
  return `the id "${id}" has ${id.length} characters, more than ${CARD_ID_MAX_LENGTH}: shorten the one in the notes`
}
