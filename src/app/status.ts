import { DEAD_QUEUE } from '../core/jobs.ts'
import { count } from '../core/words.ts'
import type { Figures, HeldLease, Overdue, QueueFigures, ReviewFigures } from '../db/figures.ts'
import { openStore } from '../db/openStore.ts'
import type { Config } from './config.ts'
import { queueLine } from './queueLine.ts'

/** What `deckhand status` shows. */
export interface Status {
  /** Where the data is, without a password. */
  readonly place: string
  readonly migrations: 'current' | 'behind' | 'newer'
  readonly figures: Figures
  readonly overdue: Overdue
  /** In the last 24 hours, by kind. */
  readonly reviews: ReviewFigures
  readonly queues: readonly QueueFigures[]
}

/**
 * Prints how things are: the database, who receives, what is late, what was done in the last day.
 *
 * @returns 0 when nothing is late, else 1
 */
export async function statusCommand(config: Config): Promise<number> {
  const { migrations, figures, close } = await openStore(config)
  try {
    const status: Status = {
      place: placeOf(config),
      migrations: await migrations(),
      figures: await figures.now(),
      overdue: await figures.overdue(),
      reviews: await figures.reviews(),
      queues: await figures.queues(),
    }
    console.log(statusText(status))
    return lateLines(status).length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

/** The status as lines for a person, with what is late at the end. */
export function statusText(status: Status): string {
  const { place, migrations, figures, reviews, queues } = status
  const { version, learners, teams, dailies, openRounds, rounds, dailyRounds, leases } = figures
  const late = lateLines(status)
  return table([
    [
      'database',
      `Postgres ${version}, ${place}; tables ${migrations === 'current' ? 'up to date' : migrations}`,
    ],
    [
      'receiving',
      ...(leases.length === 0 ? ['nobody, or one process without a lease'] : leases.map(leaseLine)),
    ],
    [
      'people',
      `${count(learners, 'learner')}, ${count(teams, 'team')}, ${count(dailies, 'daily quiz', 'daily quizzes')}`,
    ],
    [
      'last 24 h',
      reviewsLine(reviews),
      `${count(rounds, 'quiz', 'quizzes')} opened, ${dailyRounds} of them daily`,
    ],
    ['open now', count(openRounds, 'quiz', 'quizzes')],
    ['jobs', ...(queues.length === 0 ? ['none'] : queues.map(jobsLine))],
    ['late', ...(late.length === 0 ? ['nothing'] : late)],
  ])
}

function reviewsLine(reviews: ReviewFigures): string {
  const all = Object.values(reviews).reduce((sum, each) => sum + each, 0)
  const kinds = Object.entries(reviews).map(([kind, entries]) => `${kind} ${entries}`)
  return all === 0 ? 'no reviews' : `${count(all, 'review')}: ${kinds.join(', ')}`
}

function leaseLine({ platform, holder, secondsLeft }: HeldLease): string {
  const left =
    secondsLeft >= 0 ? `for another ${secondsLeft} s unless renewed` : `ran out ${-secondsLeft} s ago`
  return `${platform}: ${holder}, ${left}`
}

function jobsLine(figures: QueueFigures): string {
  const { queue, states, lagSeconds } = figures
  if (queue === DEAD_QUEUE) return `given up: ${states.created ?? 0}, see "deckhand jobs"`
  return `${queueLine(figures)}${lagSeconds > 0 ? `, ${Math.round(lagSeconds)} s late` : ''}`
}

function lateLines({ overdue }: Pick<Status, 'overdue'>): string[] {
  const lines: [number, string, string][] = [
    [overdue.quizQuestions, 'question to close', 'questions to close'],
    [overdue.dailyQuizzes, 'daily quiz to open', 'daily quizzes to open'],
    [overdue.reminders, 'reminder to send', 'reminders to send'],
    [overdue.weeklySummaries, 'weekly summary to post', 'weekly summaries to post'],
  ]
  return lines.filter(([late]) => late > 0).map(([late, one, many]) => count(late, one, many))
}

/** Rows of a name and lines, the lines below each other. */
function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([name = '']) => name.length)) + 2
  return rows
    .flatMap(([name = '', ...lines]) =>
      lines.map((line, index) => `${(index === 0 ? name : '').padEnd(width)}${line}`),
    )
    .join('\n')
}

function placeOf({ databaseUrl, dataFolder }: Config): string {
  if (databaseUrl === null) return `in the folder ${dataFolder}`
  const { hostname, port, pathname } = new URL(databaseUrl)
  return `"${decodeURIComponent(pathname.slice(1))}" at ${hostname}:${port || '5432'}`
}
