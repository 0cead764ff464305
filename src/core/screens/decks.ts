import { type Button, privateScreen, type Screen } from '../screen.ts'
import type { DeckSummary } from '../store.ts'
import { count } from '../words.ts'

/** Every deck with its counts, and buttons to study, join or leave it. */
export function decksScreen(decks: readonly DeckSummary[], notice: string | null): Screen {
  if (decks.length === 0) {
    return privateScreen({
      notice,
      blocks: [
        { kind: 'heading', text: 'Decks' },
        {
          kind: 'plain',
          text: 'There are no decks yet. Write notes and build them: docs/notes-format.md says how.',
        },
      ],
    })
  }
  const rows = decks.map((deck): Button[] => [
    deck.enrolled
      ? {
          label: `${deck.title} · ${counts(deck)}`,
          action: { kind: 'study', deckId: deck.id },
          weight: 'normal',
        }
      : {
          label: `Join ${deck.title} · ${count(deck.cards, 'card')}`,
          action: { kind: 'enrol', deckId: deck.id },
          weight: 'normal',
        },
  ])
  const all: Button = { label: 'Study all', action: { kind: 'study', deckId: null }, weight: 'primary' }
  const leave: Button = { label: 'Leave a deck', action: { kind: 'askLeave' }, weight: 'quiet' }
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Decks' },
      { kind: 'note', text: 'Pick one to study it alone.' },
    ],
    buttons: [...rows, decks.some((deck) => deck.enrolled) ? [all, leave] : [all]],
  })
}

/** The decks that can be left. */
export function leaveScreen(decks: readonly DeckSummary[], notice: string | null): Screen {
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Leave a deck' },
      {
        kind: 'plain',
        text: 'Its cards are not asked any more. What you learned is kept, should you join again.',
      },
    ],
    buttons: [
      ...decks
        .filter((deck) => deck.enrolled)
        .map((deck): Button[] => [
          { label: deck.title, action: { kind: 'leave', deckId: deck.id }, weight: 'normal' },
        ]),
      [{ label: 'Back', action: { kind: 'decks' }, weight: 'primary' }],
    ],
  })
}

function counts(deck: DeckSummary): string {
  const parts = [
    ...(deck.due > 0 ? [`${deck.due} due`] : []),
    ...(deck.unseen > 0 ? [`${deck.unseen} new`] : []),
    ...(deck.learned > 0 ? [`${deck.learned} of ${deck.cards} learned`] : []),
    ...(deck.suspended > 0 ? [`${deck.suspended} suspended`] : []),
  ]
  return parts.length === 0 ? 'nothing due' : parts.join(', ')
}
