/** The keys, for people who ask with "?". */
export const HELP_HEADING = 'Keys'

export const HELP: readonly (readonly [key: string, words: string])[] = [
  ['Enter', 'the first button, or Good after an answer; space does the same'],
  ['1 2 3 4', 'choose, or grade: Again, Hard, Good, Easy'],
  ['u', 'undo: take back the last answer'],
  ['s', 'suspend: never ask this card again'],
  ['w', 'why is this card asked now?'],
  ['d', 'decks: study one, join, leave'],
  ['o', 'settings'],
  ['m', 'summary of the day'],
  ['t', 'stats: what is coming, and how well it sticks'],
  ['e', 'report a mistake in the card you just answered'],
  ['j', 'join this with your Discord or Telegram account; a takes them apart again'],
  ['q', 'quit; so do Ctrl-C and Ctrl-D'],
  ['/q', 'when you write an answer, put a / before a key'],
]
