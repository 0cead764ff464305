import { type Block, privateScreen, type Screen } from '../screen.ts'
import { LEARNED_INTERVAL_DAYS } from '../store.ts'
import type { StudyDay } from '../studyDay.ts'
import type { AskedPeriod, PeriodDays } from '../team/period.ts'
import { AHEAD_COUNTED } from '../team/teamStore.ts'

/** One person on a board. */
export interface BoardRow {
  /** Null: behind more people than are counted. */
  readonly rank: number | null
  readonly name: string
  readonly points: number
  readonly streakDays: number
  /** 0 to 1; null without any review. */
  readonly accuracy: number | null
  readonly learned: number
}

/** A board as it is shown. */
export interface BoardView {
  readonly teamName: string
  readonly asked: AskedPeriod
  readonly days: PeriodDays
  /** Null: all decks of the team. */
  readonly deckTitle: string | null
  readonly rows: readonly BoardRow[]
  /** Whoever asked, where they are not among the rows; null: they are, or they are not on the board. */
  readonly own: BoardRow | null
}

/** Longer names would push the figures off a telephone's screen. */
const NAME_CHARACTERS = 18
const HEADER = ['#', 'Name', 'Points', 'Streak', 'Right', 'Learned']

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Who has how many points in a period. */
export function leaderboardScreen(view: BoardView): Screen {
  const { teamName, deckTitle, rows, own } = view
  const blocks: Block[] = [
    { kind: 'heading', text: `Leaderboard: ${teamName}` },
    { kind: 'plain', text: `${periodWords(view)}, ${deckTitle ?? 'all decks'}.` },
    ...(rows.length === 0 && own === null ? emptyBlocks(view) : [tableOf(rows, own), ...explained(own)]),
  ]
  return { ...privateScreen({ blocks }), visibility: 'everyone' }
}

/** A place that is no team's. */
export function noTeamScreen(): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'No team here yet' },
      {
        kind: 'plain',
        text: 'Whoever manages this place can set up a daily quiz with /daily set; then everyone who takes part is on the leaderboard.',
      },
    ],
  })
}

/** Neither a period nor a deck. */
export function unknownBoardScreen(words: string, decks: readonly { readonly title: string }[]): Screen {
  const shown = words.length > 40 ? `${words.slice(0, 39)}…` : words
  return privateScreen({
    blocks: [
      { kind: 'plain', text: `"${shown}" is no deck of this team, and no time I know.` },
      { kind: 'plain', text: 'Times: this week, last week, month, all time.' },
      {
        kind: 'plain',
        text:
          decks.length === 0
            ? 'The team has no decks.'
            : `Decks: ${decks.map((deck) => deck.title).join(', ')}.`,
      },
    ],
  })
}

function tableOf(rows: readonly BoardRow[], own: BoardRow | null): Block {
  const shown = own === null ? rows : [...rows, own]
  return { kind: 'table', header: HEADER, rows: shown.map(cells) }
}

function cells({ rank, name, points, streakDays, accuracy, learned }: BoardRow): string[] {
  return [
    rank === null ? '…' : `${rank}.`,
    shortName(name),
    String(points),
    `${streakDays} d`,
    accuracy === null ? '–' : `${Math.round(100 * accuracy)} %`,
    String(learned),
  ]
}

function explained(own: BoardRow | null): Block[] {
  return [
    ...(own !== null && own.rank === null
      ? [
          {
            kind: 'note',
            text: `The last line is yours, beyond the first ${AHEAD_COUNTED.toLocaleString('en-GB')}.`,
          } as const,
        ]
      : []),
    {
      kind: 'note',
      text: `Points: cards known when they were due. Streak: study days in a row. Right: known at the first try. Learned: comes back in ${LEARNED_INTERVAL_DAYS} days or more.`,
    },
  ]
}

function emptyBlocks({ asked }: BoardView): Block[] {
  if (asked === 'lastWeek') return [{ kind: 'plain', text: 'Nobody had points then.' }]
  return [
    { kind: 'plain', text: 'Nobody has points yet. Be the first!' },
    {
      kind: 'plain',
      text: 'Answer a quiz here once, and you are on the board: from then on every card that you know when it is due earns points, in quizzes and in your own study.',
    },
  ]
}

/** "This week, from 2 March", "March 2026", "All time" */
export function periodWords({ asked, days }: Pick<BoardView, 'asked' | 'days'>): string {
  switch (asked) {
    case 'week':
      return `This week, from ${DAY.format(noon(days.startsOn))}`
    case 'lastWeek':
      return `Last week, ${DAY.format(noon(days.startsOn))} to ${DAY.format(noon(days.endsOn))}`
    case 'month':
      return MONTH.format(noon(days.startsOn))
    case 'all':
      return 'All time'
  }
}

function noon(day: StudyDay): Date {
  return new Date(`${day}T12:00:00Z`)
}

/** On one line, and not longer than the table has room for. */
export function shortName(name: string): string {
  const characters = [...name.replace(/\s+/g, ' ').trim()]
  if (characters.length === 0) return '?'
  return characters.length > NAME_CHARACTERS
    ? `${characters.slice(0, NAME_CHARACTERS - 1).join('')}…`
    : characters.join('')
}
