import type { StoredCard } from './deckFile.ts'
import type { IdentifiedCard, OldCard } from './identity/cards.ts'
import { changedMeaning } from './identity/meaning.ts'

/** What a build did to a card. */
export interface CardChange {
  readonly id: string
  readonly deck: string
  readonly prompt: string
  readonly answer: string
}

export interface EditedCard extends CardChange {
  readonly promptBefore: string
  readonly answerBefore: string
  /** Why the answer no longer means what it meant; null when it does. */
  readonly newMeaning: string | null
}

export interface MovedCard extends CardChange {
  /** Deck and headings, outermost first. */
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** What is different from the decks as they were; wrong choices and line numbers do not count. */
export interface DeckChanges {
  readonly new: readonly CardChange[]
  readonly edited: readonly EditedCard[]
  readonly moved: readonly MovedCard[]
  readonly retired: readonly CardChange[]
}

/**
 * Compares cards with those they continue. A card that was retired and is back counts as new.
 *
 * @param retired cards that were asked until now and are no longer in the notes
 */
export function changesOf(cards: readonly IdentifiedCard[], retired: readonly OldCard[]): DeckChanges {
  const changes = { new: [] as CardChange[], edited: [] as EditedCard[], moved: [] as MovedCard[] }
  for (const { id, deck, card, old } of cards) {
    const change = { id, deck, prompt: card.prompt, answer: card.answer }
    if (old === null || old.isRetired) {
      changes.new.push(change)
      continue
    }
    if (old.prompt !== card.prompt || old.answer !== card.answer) {
      const newMeaning = changedMeaning(old.answer, card.answer)
      changes.edited.push({ ...change, promptBefore: old.prompt, answerBefore: old.answer, newMeaning })
    }
    const [from, to] = [
      [old.deck, ...old.context],
      [deck, ...card.context],
    ]
    if (from.join('\n') !== to.join('\n')) changes.moved.push({ ...change, from, to })
  }
  return {
    ...changes,
    retired: retired.map(({ id, deck, prompt, answer }) => ({ id, deck, prompt, answer })),
  }
}

/** A card with its id as the deck's file holds it. */
export function storedCard({ id, factId, card }: IdentifiedCard): StoredCard {
  const { about, side, kind, prompt, answer, accept, wrong, context, explanation, line } = card
  return {
    id,
    fact: factId,
    // A question is its own subject.
    about: about === '' || card.rule === 'questions' ? undefined : about,
    side,
    kind,
    prompt,
    answer,
    accept: [...accept],
    wrong: [...wrong],
    context: [...context],
    explanation,
    line,
  }
}
