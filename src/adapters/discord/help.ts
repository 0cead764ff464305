import { privateScreen, type Screen } from '../../core/screen.ts'

const COMMANDS = [
  ['/review', 'answer the cards that are due; only you see them'],
  ['/quiz', 'a quiz that everybody in the channel answers'],
  ['/decks', 'join, leave or study a deck'],
  ['/stats', 'what is coming, and how well it sticks'],
  ['/settings', 'time zone, reminder, cards a day'],
  ['/undo', 'take back the last answer'],
  ['/export', 'everything I know about you, as a file'],
  ['/forget', 'delete everything about you'],
] as const

/** What the bot can do. */
export function helpScreen(): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'What I can do' },
      {
        kind: 'plain',
        text: 'I ask a card, you answer, and I ask it again just before you would forget it.',
      },
      { kind: 'plain', text: COMMANDS.map(([name, words]) => `${name}: ${words}`).join('\n') },
      {
        kind: 'note',
        text: 'To keep something that was said here, open the menu of the message: Apps, Make a card.',
      },
    ],
    buttons: [[{ label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }]],
  })
}
