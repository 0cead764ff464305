import { candidates, pairsBy } from './candidates.ts'
import { type Comparable, profilesOf, saidOf } from './likeness.ts'
import { Matching } from './matching.ts'
import { joinMates } from './mates.ts'
import { samePlaces } from './places.ts'
import { joinRenamedLines } from './renamedLines.ts'

/**
 * Finds for new cards the old cards they continue, one to one. The cheap and certain ways come first, since
 * nearly all cards of a build are as they were: the same question, the same subject, the other card of a fact,
 * a row or column of a table under another name; then the same in other words.
 *
 * @param before cards as they were, in the order of the notes; on a tie the one listed first wins
 * @param after cards as they are, in the order of the notes
 * @returns per card of `after` the index of its old card, or null for a card that is new
 */
export function matchCards(before: readonly Comparable[], after: readonly Comparable[]): (number | null)[] {
  if (before.length === 0 || after.length === 0) return after.map(() => null)
  const matching = new Matching(profilesOf(before), profilesOf(after))
  matching.settle(pairsBy(matching, (card) => `${card.side}\n${card.prompt}`))
  const answers = new Set(matching.old.map(({ answer }) => answer))
  // An answer that was none before, such as a new column's name, is no old one in another place.
  const said = pairsBy(matching, (card) => (answers.has(card.answer) ? saidOf(card) : null))
  for (const pair of said) matching.join(pair)
  matching.settle(pairsBy(matching, (card) => (card.about === '' ? null : `${card.side}\n${card.about}`)))
  joinMates(matching)
  if (matching.isDone) return matching.matches
  joinRenamedLines(matching)
  matching.settle(candidates(matching))
  joinMates(matching)
  matching.settle(samePlaces(matching), true)
  joinMates(matching)
  return matching.matches
}
