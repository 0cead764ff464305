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
  const rows = decks.map((deck): Button[] =>
    deck.enrolled
      ? [
          {
            label: `${deck.title} · ${counts(deck)}`,
            action: { kind: 'study', deckId: deck.id },
            weight: 'normal',
          },
          { label: 'Leave', action: { kind: 'leave', deckId: deck.id }, weight: 'quiet' },
        ]
      : [
          {
            label: `Join ${deck.title} · ${count(deck.cards, 'card')}`,
            action: { kind: 'enrol', deckId: deck.id },
            weight: 'normal',
          },
        ],
  )
  const back: Button = { label: 'Study all', action: { kind: 'study', deckId: null }, weight: 'primary' }
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Decks' },
      { kind: 'note', text: 'Pick one to study it alone.' },
    ],
    buttons: [...rows, [back]],
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
