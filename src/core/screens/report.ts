import type { CardRef } from '../action.ts'
import type { CardInHand } from '../cardInHand.ts'
import { privateScreen, type Screen } from '../screen.ts'

/** Asks what is wrong with a card. */
export function askReportScreen(hand: CardInHand, ref: CardRef, notice: string | null): Screen {
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'What is wrong with this card?' },
      { kind: 'markdown', markdown: hand.card.prompt },
      { kind: 'plain', text: 'One sentence is enough; whoever keeps the notes will read it.' },
    ],
    buttons: [
      [
        {
          label: 'Never mind',
          action: { kind: 'study', deckId: ref.onlyDeck ? hand.deckId : null },
          weight: 'quiet',
        },
      ],
    ],
    input: { kind: 'report', ref, label: 'What is wrong' },
  })
}
