import { type Block, type Button, privateScreen, type Screen } from '../screen.ts'
import type { DeckSummary } from '../store.ts'

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
  const blocks: Block[] = [
    { kind: 'heading', text: 'Decks' },
    ...decks.map((deck): Block => ({ kind: 'plain', text: deckLine(deck) })),
  ]
  const rows = decks.map((deck): Button[] =>
    deck.enrolled
      ? [
          { label: `Study ${deck.title}`, action: { kind: 'study', deckId: deck.id }, weight: 'normal' },
          { label: `Leave ${deck.title}`, action: { kind: 'leave', deckId: deck.id }, weight: 'quiet' },
        ]
      : [{ label: `Join ${deck.title}`, action: { kind: 'enrol', deckId: deck.id }, weight: 'normal' }],
  )
  const back: Button = { label: 'Study all', action: { kind: 'study', deckId: null }, weight: 'primary' }
  return privateScreen({ notice, blocks, buttons: [...rows, [back]] })
}

function deckLine(deck: DeckSummary): string {
  const parts = [`${deck.due} due`, `${deck.unseen} new`, `${deck.learned} of ${deck.cards} learned`]
  if (deck.suspended > 0) parts.push(`${deck.suspended} suspended`)
  return `${deck.title}: ${parts.join(', ')}${deck.enrolled ? '' : ' (not joined)'}`
}
