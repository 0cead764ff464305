import type { DailyQuestion, DailyRound, PlannedDaily } from '../daily/daily.ts'
import { localDayAt } from '../daily/occurrence.ts'
import { weekdayWords } from '../daily/weekdays.ts'
import { clockTime, localTimeAt } from '../localTime.ts'
import type { RoundAnswer } from '../quiz/roundStore.ts'
import { type Block, privateScreen, type Screen } from '../screen.ts'
import { daysBetween } from '../studyDay.ts'
import { count } from '../words.ts'

/** How the daily quiz of a place is set up, and when the next one opens. */
export interface DailyView {
  readonly daily: PlannedDaily
  /** Titles of its decks; null: every deck from the notes. */
  readonly deckTitles: readonly string[] | null
  /** The decks are the team's, not its own. */
  readonly areTeamDecks: boolean
  readonly now: Date
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Shows what is set up. */
export function dailyScreen(view: DailyView, notice: string | null): Screen {
  const { daily, deckTitles, areTeamDecks } = view
  const decks = deckTitles === null ? 'all' : deckTitles.join(', ')
  const blocks: Block[] = [
    { kind: 'heading', text: 'Daily quiz' },
    { kind: 'plain', text: nextWords(view) },
    {
      kind: 'table',
      rows: [
        ['Opens', `${clockTime(daily.minuteOfDay)}, ${weekdayWords(daily.weekdays)}`],
        ['Time zone', daily.timeZone],
        ['Questions', String(daily.questions)],
        ['Open for', openWords(daily)],
        ['Decks', areTeamDecks ? `${decks} (the team's)` : decks],
      ],
    },
  ]
  return privateScreen({ notice, blocks })
}

/** A place that has none. */
export function noDailyScreen(notice: string | null): Screen {
  return privateScreen({
    notice,
    blocks: [
      { kind: 'plain', text: 'There is no daily quiz here. /daily set with a time of day sets one up.' },
    ],
  })
}

/** What a person asked for does not work, or has just been done. */
export function dailyNotice(text: string): Screen {
  return privateScreen({ blocks: [{ kind: 'plain', text }] })
}

/** A moment as the people of the place say it: "today at 9:00", "tomorrow at 9:00", "on Friday 2026-01-09 at 9:00". */
export function localWords(at: Date, timeZone: string, now: Date): string {
  const { date, minuteOfDay } = localTimeAt(at, timeZone)
  const time = clockTime(minuteOfDay)
  const days = daysBetween(localDayAt(now, timeZone), localDayAt(at, timeZone))
  if (days === 0) return `today at ${time}`
  if (days === 1) return `tomorrow at ${time}`
  return `on ${WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]} ${date} at ${time}`
}

function nextWords({ daily, now }: DailyView): string {
  if (daily.next === null) return 'It is paused. /daily resume goes on with it.'
  if (daily.next.at <= now) return 'The next one is about to open.'
  return `The next one opens ${localWords(daily.next.at, daily.timeZone, now)} (${daily.timeZone}).`
}

function openWords({ openMinutes }: PlannedDaily): string {
  if (openMinutes === null) return 'until the next one, at most 24 hours'
  return openMinutes % 60 === 0 ? count(openMinutes / 60, 'hour') : count(openMinutes, 'minute')
}

/** A question of a quiz that is made up for. */
export function catchUpQuestionScreen(
  round: DailyRound,
  question: DailyQuestion,
  notice: string | null,
): Screen {
  const { prompt, choices, position, deckTitle } = question
  return privateScreen({
    notice,
    blocks: [
      {
        kind: 'note',
        text: `Daily quiz of ${round.on}, question ${position + 1} of ${round.questions.length} · ${deckTitle}`,
      },
      { kind: 'markdown', markdown: prompt },
    ],
    buttons: choices.map((label, choice) => [
      {
        label,
        action: { kind: 'catchUpAnswer', roundId: round.id, position, choice },
        weight: 'normal',
      },
    ]),
  })
}

/** What came of an answer. */
export function catchUpFeedbackScreen(
  round: DailyRound,
  { prompt, choices, right, explanation, source }: DailyQuestion,
  answer: Pick<RoundAnswer, 'isRight' | 'choice'>,
  isFirst: boolean,
): Screen {
  const verdict = answer.isRight ? 'Right.' : 'Not right.'
  return privateScreen({
    notice: isFirst ? null : 'You have answered this before; that answer counts.',
    blocks: [
      { kind: 'heading', text: verdict },
      { kind: 'markdown', markdown: prompt },
      { kind: 'answer', markdown: choices[right] ?? '' },
      ...(answer.isRight
        ? []
        : [{ kind: 'markdown', markdown: `You chose: ${choices[answer.choice] ?? ''}` } as const]),
      ...(explanation === '' ? [] : [{ kind: 'markdown', markdown: explanation } as const]),
      ...(source === '' ? [] : [{ kind: 'note', text: source } as const]),
    ],
    buttons: [[{ label: 'Next', action: { kind: 'catchUp', roundId: round.id }, weight: 'primary' }]],
  })
}

/** How a person's answers to all questions of a quiz went. */
export function catchUpDoneScreen(
  round: DailyRound,
  answers: ReadonlyMap<number, number>,
  notice: string | null,
): Screen {
  const rights = round.questions.filter(({ position, right }) => answers.get(position) === right).length
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: `${rights} of ${round.questions.length} right` },
      { kind: 'plain', text: `That was the daily quiz of ${round.on}. What you missed comes back soon.` },
    ],
    buttons: [
      [
        { label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' },
        { label: 'Stats', action: { kind: 'stats' }, weight: 'normal' },
      ],
    ],
  })
}
