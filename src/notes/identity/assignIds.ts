import { anchoredId, idProblem, newCardId } from '../cardId.ts'
import type { IdlessCard, IdlessFact } from '../draftCards.ts'
import type { Finding } from '../finding.ts'
import { matchCards } from './matchCards.ts'

/** A card of a deck as it was before this build. */
export interface OldCard {
  readonly id: string
  readonly fact: string
  readonly about?: string | undefined
  readonly side: string
  readonly prompt: string
  readonly answer: string
  readonly context: readonly string[]
  readonly deck: string
  readonly isRetired: boolean
}

/** A fact of this build and the deck it belongs to. */
export interface PlacedFact {
  readonly deck: string
  readonly file: string
  readonly fact: IdlessFact
}

export interface IdentifiedCard extends PlacedCard {
  readonly id: string
  readonly factId: string
  /** The card it continues; null when it is new. */
  readonly old: OldCard | null
}

interface PlacedCard {
  readonly deck: string
  readonly file: string
  readonly card: IdlessCard
}

/**
 * Gives every card its lasting id: the one fixed in the notes, else the id of the old card it continues, else
 * a new one.
 *
 * @param old cards that this build may continue, those of other decks and retired ones among them
 * @param reserved ids of decks that are not part of this build
 * @param report is told of ids that cannot be used and of history that would be lost
 */
export function assignIds(
  facts: readonly PlacedFact[],
  old: readonly OldCard[],
  reserved: ReadonlySet<string>,
  report: (finding: Finding) => void,
): IdentifiedCard[] {
  const cards = facts.flatMap(({ deck, file, fact }, factIndex) =>
    fact.cards.map((card) => ({ deck, file, card, anchor: fact.anchor, factIndex })),
  )
  const continued = continuedCards(cards, old, report)
  const used = new Set([...old.map((card) => card.id), ...reserved])
  const ids = cards.map(({ deck, card, anchor }, index) => {
    const before = continued[index] ?? null
    if (before !== null) return before.id
    const id =
      anchor === null
        ? newCardId(deck, card.prompt, (taken) => used.has(taken))
        : anchoredId(anchor, card.side)
    used.add(id)
    return id
  })
  reportClashes(cards, ids, reserved, report)
  const factIds = factIdsOf(cards, ids, continued)
  return cards.map(({ deck, file, card, factIndex }, index) => ({
    deck,
    file,
    card,
    id: ids[index] ?? '',
    factId: factIds.get(factIndex) ?? '',
    old: continued[index] ?? null,
  }))
}

interface Candidate extends PlacedCard {
  readonly anchor: string | null
  readonly factIndex: number
}

function continuedCards(
  cards: readonly Candidate[],
  old: readonly OldCard[],
  report: (finding: Finding) => void,
): (OldCard | null)[] {
  const byId = new Map(old.map((card) => [card.id, card]))
  const byFactAndSide = new Map(old.map((card) => [`${card.fact}\n${card.side}`, card]))
  const continued = cards.map(({ card, anchor }): OldCard | null => {
    if (anchor === null) return null
    return byId.get(anchoredId(anchor, card.side)) ?? byFactAndSide.get(`${anchor}\n${card.side}`) ?? null
  })
  const spoken = new Set(continued.filter((card) => card !== null))
  const open = old.filter((card) => !spoken.has(card))
  const seeking = cards.map((_, index) => index).filter((index) => continued[index] === null)
  const matches = matchCards(
    open,
    seeking.map((index) => comparableOf(cards[index])),
  )
  seeking.forEach((index, place) => {
    const match = open[matches[place] ?? -1]
    const candidate = cards[index]
    if (match === undefined || candidate === undefined) return
    if (candidate.anchor === null) {
      continued[index] = match
      spoken.add(match)
    } else if (!match.isRetired) {
      report({
        level: 'warning',
        file: candidate.file,
        line: candidate.card.line,
        rule: 'new-id',
        message: `{#${candidate.anchor}} makes “${candidate.card.prompt}” a new card without history: write {#${match.fact}} to keep what was learned`,
      })
    }
  })
  return continued
}

function comparableOf(candidate: Candidate | undefined): Parameters<typeof matchCards>[1][number] {
  const { deck = '', card, factIndex } = candidate ?? {}
  return {
    deck,
    fact: String(factIndex),
    about: card?.about,
    side: card?.side ?? '',
    prompt: card?.prompt ?? '',
    answer: card?.answer ?? '',
    context: card?.context ?? [],
  }
}

/** A fact's id is that of the old fact it continues, else that of its first card; no two facts share one. */
function factIdsOf(
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

function reportClashes(
  cards: readonly Candidate[],
  ids: readonly string[],
  reserved: ReadonlySet<string>,
  report: (finding: Finding) => void,
): void {
  const places = new Map<string, string>()
  cards.forEach(({ file, card, anchor }, index) => {
    const id = ids[index] ?? ''
    const place = places.get(id) ?? (reserved.has(id) ? 'another deck' : undefined)
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
