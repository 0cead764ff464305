import type { IdlessCard } from '../draftCards.ts'
import type { Finding } from '../finding.ts'

/** What one check has to say about a card. */
export type Fault = Omit<Finding, 'file' | 'line'>

/** Looks at one card by itself; null when it finds nothing wrong. */
export type Check = (card: IdlessCard) => Fault | null

/** A fault with which a card must not be asked: it fails the build. */
export function error(rule: string, message: string): Fault {
  return { level: 'error', rule, message }
}

/** A fault that a person should look at. */
export function warning(rule: string, message: string): Fault {
  return { level: 'warning', rule, message }
}
