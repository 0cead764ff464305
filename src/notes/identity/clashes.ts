import { idProblem } from '../cardId.ts'
import type { Finding } from '../finding.ts'
import type { Candidate } from './cards.ts'

/**
 * Reports ids that cannot be used: two cards have them, or they are written wrongly.
 *
 * @param ids of the cards, in their order
 * @param reserved ids of decks that are not part of this build, with the place of their card
 */
export function reportClashes(
  cards: readonly Candidate[],
  ids: readonly string[],
  reserved: ReadonlyMap<string, string>,
  report: (finding: Finding) => void,
): void {
  const places = new Map<string, string>()
  cards.forEach(({ file, card, anchor }, index) => {
    const id = ids[index] ?? ''
    const place = places.get(id) ?? reserved.get(id)
    const problem =
      place !== undefined
        ? `the id "${id}" is used at ${place} already: choose another`
        : anchor === null
          ? null
          : idProblem(id)
    if (problem !== null) report({ level: 'error', file, line: card.line, rule: 'id', message: problem })
    places.set(id, `${file}:${card.line}`)
  })
}
