import { anchoredId, newCardId } from '../cardId.ts'
import type { Finding } from '../finding.ts'
import type { Candidate, IdentifiedCard, OldCard, PlacedFact } from './cards.ts'
import { reportClashes } from './clashes.ts'
import { factIdsOf } from './factIds.ts'
import { matchCards } from './matchCards.ts'
import { type Relearn, startsAfresh } from './relearn.ts'

/**
 * Gives every card its lasting id: the one fixed in the notes, else the id of the old card it continues, else
 * a new one.
 *
 * @param old cards that this build may continue, those of other decks and retired ones among them
 * @param reserved ids of decks that are not part of this build, with the place of their card
 * @param relearn cards that are to be learned anew get a new id, and the old one is retired
 * @param report is told of ids that cannot be used and of history that would be lost
 */
export function assignIds(
  facts: readonly PlacedFact[],
  old: readonly OldCard[],
  reserved: ReadonlyMap<string, string>,
  relearn: Relearn,
  report: (finding: Finding) => void,
): IdentifiedCard[] {
  const cards = facts.flatMap(({ deck, file, fact }, factIndex) =>
    fact.cards.map((card) => ({ deck, file, card, anchor: fact.anchor, factIndex })),
  )
  const continued = continuedCards(cards, old, report).map((before, index) => {
    const candidate = cards[index]
    return candidate !== undefined && startsAfresh(before, candidate, relearn, report) ? null : before
  })
  const used = new Set([...old.map((card) => card.id), ...reserved.keys()])
  const ids = cards.map(({ deck, card, anchor }, index) => {
    const before = continued[index] ?? null
    if (before !== null) return before.id
    const isTaken = (taken: string): boolean => used.has(taken)
    const id = anchor === null ? newCardId(deck, card.prompt, isTaken) : fixedId(anchor, card.side, isTaken)
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

function continuedCards(
  cards: readonly Candidate[],
  old: readonly OldCard[],
  report: (finding: Finding) => void,
): (OldCard | null)[] {
  const byId = new Map(old.map((card) => [card.id, card]))
  const byFactAndSide = new Map(old.map((card) => [`${card.fact}\n${card.side}`, card]))
  const continued = cards.map(({ card, anchor }): OldCard | null => {
    if (anchor === null || isGap(card.side)) return null
    return byId.get(anchoredId(anchor, card.side)) ?? byFactAndSide.get(`${anchor}\n${card.side}`) ?? null
  })
  continueFixedGaps(cards, continued, old)
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

/** Gaps are counted along the text: one put in before another must not take its id. */
function continueFixedGaps(
  cards: readonly Candidate[],
  continued: (OldCard | null)[],
  old: readonly OldCard[],
): void {
  const gaps = cards.flatMap(({ card, anchor }, index) =>
    anchor !== null && isGap(card.side) ? [{ index, anchor }] : [],
  )
  if (gaps.length === 0) return
  const oldGaps = Map.groupBy(
    old.filter(({ side }) => isGap(side)),
    ({ fact }) => fact,
  )
  for (const [anchor, own] of Map.groupBy(gaps, (gap) => gap.anchor)) {
    const before = oldGaps.get(anchor) ?? []
    const matches = matchCards(
      before,
      own.map(({ index }) => comparableOf(cards[index])),
    )
    own.forEach(({ index }, place) => {
      continued[index] = before[matches[place] ?? -1] ?? null
    })
  }
}

function fixedId(anchor: string, side: string, isTaken: (id: string) => boolean): string {
  if (!isGap(side)) return anchoredId(anchor, side)
  for (let number = 1; ; number++) {
    const id = anchoredId(anchor, `gap-${number}`)
    if (!isTaken(id)) return id
  }
}

function isGap(side: string): boolean {
  return side.startsWith('gap-')
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
