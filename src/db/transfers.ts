import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { UNSEEN } from '../core/schedule.ts'
import type { StudyDay } from '../core/studyDay.ts'
import type { Database } from './database.ts'
import { prefixed } from './prefixed.ts'
import { reviews } from './schema.ts'

/** The columns of a core `Schedule`, as SQL gives them. */
const SCHEDULE = {
  repetitions: 'repetitions',
  intervalDays: 'interval_days',
  easeHundredths: 'ease_hundredths',
  lapses: 'lapses',
  dueOn: 'due_on',
  drillOn: 'drill_on',
  answeredOn: 'answered_on',
  suspended: 'suspended',
} as const

type ScheduleSql = Readonly<Record<keyof typeof SCHEDULE, SQL>>

/** Names of the columns of a schedule, of `schedules` as they are in the database. */
export const SCHEDULE_COLUMNS: readonly string[] = Object.values(SCHEDULE)

/** The schedule in the row that the query calls `row`. */
export function scheduleIn(row: string): ScheduleSql {
  const columns = Object.entries(SCHEDULE).map(([name, column]) => [name, sql.raw(`${row}.${column}`)])
  return Object.fromEntries(columns) as ScheduleSql
}

/** The schedule of a card that was never touched. */
export const UNSEEN_SQL: ScheduleSql = {
  repetitions: sql`${UNSEEN.repetitions}::integer`,
  intervalDays: sql`${UNSEEN.intervalDays}::integer`,
  easeHundredths: sql`${UNSEEN.easeHundredths}::integer`,
  lapses: sql`${UNSEEN.lapses}::integer`,
  dueOn: sql`null::date`,
  drillOn: sql`null::date`,
  answeredOn: sql`null::date`,
  suspended: sql`${UNSEEN.suspended}`,
}

/** What a query gives for each transfer to be written. */
export interface Transfers {
  readonly learnerId: SQL
  readonly cardId: SQL
  /** The card's deck now. */
  readonly deckId: SQL
  readonly reviewCount: SQL
  readonly before: ScheduleSql
  readonly after: ScheduleSql
  readonly studyDay: StudyDay
  readonly now: Date
  /** What stands behind `from`. */
  readonly from: SQL
}

/** Writes the entries that core's `transferEntry` gives, one for each row of the query. Schedules are not touched. */
export async function writeTransfers(db: Database, transfers: Transfers): Promise<void> {
  const { learnerId, cardId, deckId, reviewCount, before, after, studyDay, now, from } = transfers
  const none = sql`0`
  const values: Readonly<Record<keyof typeof reviews.$inferSelect, SQL>> = {
    learnerId,
    cardId,
    reviewCount,
    entryNumber: sql`nextval('entry_numbers')`,
    deckId,
    kind: sql`'transfer'`,
    quality: sql`null::integer`,
    ...prefixed('before', before),
    ...prefixed('after', after),
    studyDay: sql`${studyDay}::date`,
    answeredAt: sql`${now.toISOString()}::timestamptz`,
    answers: none,
    reviews: none,
    passes: none,
    starts: none,
    points: none,
    undoes: sql`null::integer`,
    daily: sql`false`,
  }
  const inOrder = Object.keys(getTableColumns(reviews)).map((name) => values[name as keyof typeof values])
  await db.insert(reviews).select(sql`select ${sql.join(inOrder, sql`, `)} from ${from}`)
}
