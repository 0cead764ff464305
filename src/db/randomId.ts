import { randomInt } from 'node:crypto'

/** An id that nobody guesses: `length` random characters of a-z and 0-9, each worth five bits. */
export function randomId(length: number): string {
  return Array.from({ length }, () => randomInt(36).toString(36)).join('')
}
