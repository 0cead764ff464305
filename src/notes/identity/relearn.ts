import type { Finding } from '../finding.ts'
import type { Candidate, OldCard } from './cards.ts'
import { changedMeaning } from './meaning.ts'

/** Which cards lose their history: none, those whose answer now means something else, or those with these ids. */
export type Relearn = 'none' | 'changed' | ReadonlySet<string>

/**
 * Tells whether a card is to be learned anew. One whose id is fixed in the notes cannot, which is reported.
 *
 * @param before the card it continues; null for a new one
 */
export function startsAfresh(
  before: OldCard | null,
  { file, card, anchor }: Candidate,
  relearn: Relearn,
  report: (finding: Finding) => void,
): boolean {
  if (before === null || before.isRetired || relearn === 'none') return false
  const isAsked =
    relearn === 'changed' ? changedMeaning(before.answer, card.answer) !== null : relearn.has(before.id)
  if (!isAsked || anchor === null) return isAsked
  const message = `“${card.prompt}” keeps its history, since its id is fixed: to have it learned anew, write another id than {#${anchor}}`
  report({ level: 'warning', file, line: card.line, rule: 'relearn', message })
  return false
}

/**
 * Checks ids that a person asked to have learned anew.
 *
 * @throws RangeError naming those that no card in use has
 */
export function checkRelearn(relearn: Relearn, cards: readonly OldCard[]): void {
  if (typeof relearn === 'string') return
  const known = new Set(cards.flatMap(({ id, isRetired }) => (isRetired ? [] : [id])))
  const unknown = [...relearn].filter((id) => !known.has(id))
  if (unknown.length === 0) return
  throw new RangeError(
    `No card of these decks has the id "${unknown.join('", "')}": ids stand in the decks, as in "id: 8jfndvk1gd". Paths go before --relearn.`,
  )
}
