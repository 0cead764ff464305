import type { Score } from '../log.ts'
import { type Block, privateScreen, type Screen } from '../screen.ts'
import { addDays, type StudyDay } from '../studyDay.ts'
import { count } from '../words.ts'

/** What a learner sees of their own study. */
export interface Stats {
  readonly today: StudyDay
  /** Cards that become due per day, today first. */
  readonly forecast: readonly number[]
  /** The roll-up of the last {@link RETENTION_DAYS} study days. */
  readonly recent: Score
  readonly streakDays: number
  readonly seen: number
  readonly learned: number
}

export const FORECAST_DAYS = 7
export const RETENTION_DAYS = 30

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })
const BAR_CELLS = 10

/** How much was learned, how well it stuck, and what is coming. */
export function statsScreen(stats: Stats): Screen {
  const { recent, streakDays, seen, learned } = stats
  const blocks: Block[] = [
    { kind: 'heading', text: 'Your study' },
    {
      kind: 'plain',
      text:
        seen === 0 ? 'No card answered yet.' : `${count(seen, 'card')} started, ${learned} learned for good.`,
    },
    ...(recent.reviews > 0
      ? [
          {
            kind: 'plain',
            text: `Known at the first try: ${Math.round((100 * recent.passes) / recent.reviews)} % of ${count(recent.reviews, 'review')} in ${RETENTION_DAYS} days.`,
          } as const,
        ]
      : []),
    { kind: 'plain', text: `Streak: ${count(streakDays, 'day')}.` },
    { kind: 'table', rows: forecastRows(stats) },
    { kind: 'note', text: 'Due per day. Learned for good: the next review is three weeks away or more.' },
  ]
  return privateScreen({
    blocks,
    buttons: [
      [{ label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }],
      [
        { label: 'Decks', action: { kind: 'decks' }, weight: 'normal' },
        { label: 'Settings', action: { kind: 'settings' }, weight: 'normal' },
      ],
    ],
  })
}

function forecastRows({ forecast, today }: Stats): string[][] {
  const most = Math.max(1, ...forecast)
  return forecast.map((due, days) => [
    days === 0 ? 'Today' : WEEKDAY.format(new Date(`${addDays(today, days)}T00:00:00Z`)),
    '█'.repeat(Math.ceil((BAR_CELLS * due) / most)).padEnd(BAR_CELLS, '·'),
    String(due),
  ])
}
