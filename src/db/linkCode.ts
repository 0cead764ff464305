import { createHash, randomInt } from 'node:crypto'
import { CODE_ALPHABET, CODE_LENGTH } from '../core/pairingStore.ts'

/** A code that nobody guesses: 39 bits, for ten minutes and five tries. */
export function randomCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
}

/** What is stored of a code: whoever reads the database cannot use it. Small letters are the same code. */
export function codeHash(code: string): string {
  return createHash('sha256').update(code.toUpperCase()).digest('hex')
}
