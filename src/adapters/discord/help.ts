import { privateScreen, type Screen } from '../../core/screen.ts'

const ALONE = [
  ['/review', 'answer the cards that are due; only you see them'],
  ['/decks', 'join, leave or study a deck'],
  ['/stats', 'what is coming, and how well it sticks'],
  ['/settings', 'time zone, reminder, cards a day'],
  ['/link', 'be one person here and in Telegram; /unlink parts them again'],
  ['/undo', 'take back the last answer'],
  ['/export', 'everything I know about you, as a file'],
  ['/forget', 'delete everything about you'],
] as const

const TOGETHER = [
  ['/quiz', 'a quiz that everybody in the channel answers, now'],
  ['/daily', 'a few questions every day at the same time; /daily status says when'],
  ['/leaderboard', 'who in the team knows most; /settings keeps you off it'],
  ['/team', 'which servers and groups learn together here'],
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
      { kind: 'heading', text: 'Alone' },
      { kind: 'plain', text: linesOf(ALONE) },
      { kind: 'heading', text: 'Together, in a server' },
      { kind: 'plain', text: linesOf(TOGETHER) },
      {
        kind: 'note',
        text: 'To keep something that was said here, open the menu of the message: Apps, Make a card.',
      },
    ],
    buttons: [[{ label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }]],
  })
}

function linesOf(commands: readonly (readonly [name: string, words: string])[]): string {
  return commands.map(([name, words]) => `${name}: ${words}`).join('\n')
}
