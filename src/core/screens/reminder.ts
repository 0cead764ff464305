import { privateScreen, type Screen } from '../screen.ts'
import { count } from '../words.ts'

export const SNOOZE_MINUTES = 60

/** What the bot says of itself, once a day. */
export function reminderScreen(due: number): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: `${count(due, 'card is', 'cards are')} due` },
      {
        kind: 'plain',
        text: due <= 12 ? 'A minute or two will do.' : 'Begin with a few; the most overdue come first.',
      },
    ],
    buttons: [
      [{ label: 'Start', action: { kind: 'study', deckId: null }, weight: 'primary' }],
      [
        { label: 'In an hour', action: { kind: 'snooze' }, weight: 'normal' },
        {
          label: 'No reminders',
          action: { kind: 'pick', name: 'reminder', value: 'off', first: false },
          weight: 'quiet',
        },
      ],
    ],
  })
}

/** Says that it will come again. */
export function snoozedScreen(): Screen {
  return privateScreen({
    blocks: [{ kind: 'plain', text: 'I will remind you again in an hour.' }],
    buttons: [[{ label: 'Start now', action: { kind: 'study', deckId: null }, weight: 'primary' }]],
  })
}
