import { type Button, privateScreen, type Screen } from '../screen.ts'
import { count } from '../words.ts'

const KEEP: Button = { label: 'Keep it all', action: { kind: 'summary' }, weight: 'primary' }

/** Asks the first time. */
export function askForgetScreen(): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Delete everything about you?' },
      {
        kind: 'plain',
        text: 'Your answers, schedules, settings, streak and the cards you made. /export gives you a copy first.',
      },
    ],
    buttons: [[KEEP], [{ label: 'Delete …', action: { kind: 'confirmForget' }, weight: 'quiet' }]],
  })
}

/** Asks the second time. */
export function confirmForgetScreen(): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Really?' },
      { kind: 'plain', text: 'This cannot be undone, not by us either.' },
    ],
    buttons: [[KEEP], [{ label: 'Delete for good', action: { kind: 'forget' }, weight: 'quiet' }]],
  })
}

/** @param entries how many log entries there were */
export function forgottenScreen(entries: number): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Deleted' },
      {
        kind: 'plain',
        text: `Nothing about you is left here (${count(entries, 'log entry', 'log entries')} deleted). You are welcome to begin again.`,
      },
    ],
  })
}
