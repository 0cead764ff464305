import { type Button, privateScreen, type Screen } from '../screen.ts'
import type { DeckSummary } from '../store.ts'
import { count } from '../words.ts'

/** The greeting of somebody new: what this is in two sentences, and the decks. */
export function welcomeScreen(decks: readonly DeckSummary[], notice: string | null): Screen {
  const cards = decks.reduce((sum, deck) => sum + deck.cards, 0)
  const all: Button = {
    label: `All decks · ${count(cards, 'card')}`,
    action: { kind: 'begin', deckId: null },
    weight: 'primary',
  }
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Welcome to Deckhand' },
      {
        kind: 'plain',
        text: 'I ask you what is in your notes, a few cards a day, each one again just before you would forget it. Pick a deck and answer your first card.',
      },
    ],
    buttons: [
      ...decks.map((deck): Button[] => [
        {
          label: `${deck.title} · ${count(deck.cards, 'card')}`,
          action: { kind: 'begin', deckId: deck.id },
          weight: 'normal',
        },
      ]),
      ...(decks.length > 1 ? [[all]] : []),
    ],
  })
}

/** The greeting of somebody who has decks already. */
export function welcomeBackScreen(decks: readonly DeckSummary[], notice: string | null): Screen {
  const enrolled = decks.filter((deck) => deck.enrolled)
  const due = enrolled.reduce((sum, deck) => sum + deck.due, 0)
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Welcome back' },
      {
        kind: 'plain',
        text: `You study ${count(enrolled.length, 'deck')}; ${due === 0 ? 'nothing is due' : `${count(due, 'card is', 'cards are')} due`} now.`,
      },
    ],
    buttons: [
      [{ label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }],
      [
        { label: 'Decks', action: { kind: 'decks' }, weight: 'normal' },
        { label: 'Settings', action: { kind: 'settings' }, weight: 'normal' },
      ],
    ],
  })
}
