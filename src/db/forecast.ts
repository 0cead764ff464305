import { and, eq, isNotNull, lt, not, type SQL, sql } from 'drizzle-orm'
import { LEARNED_INTERVAL_DAYS } from '../core/store.ts'
import { addDays, type StudyDay } from '../core/studyDay.ts'
import type { Database } from './database.ts'
import { cards, schedules } from './schema.ts'
import { givenDay, givenLearner, inScope } from './scope.ts'

/** The card is in the notes and in a deck that the learner is enrolled in; no join, as in `due.ts`. */
const isAsked: SQL = sql`(
  select true from ${cards}
  where ${cards.id} = ${schedules.cardId} and ${cards.retiredAt} is null and ${inScope('all_decks')}
) is not null`

/** @returns `dueForecast`; see the store's port */
export function prepareDueForecast(
  db: Database,
): (learnerId: number, from: StudyDay, days: number) => Promise<number[]> {
  const statement = db
    .select({
      daysAhead: sql<number>`greatest(${schedules.dueOn} - ${givenDay}::date, 0)`.as('days_ahead'),
      count: sql<number>`count(*)::integer`,
    })
    .from(schedules)
    .where(
      and(
        eq(schedules.learnerId, givenLearner),
        not(schedules.suspended),
        isNotNull(schedules.dueOn),
        lt(schedules.dueOn, sql`${sql.placeholder('end')}::date`),
        isAsked,
      ),
    )
    .groupBy(sql`days_ahead`)
    .prepare('due_forecast')
  return async (learnerId, from, days) => {
    const forecast = Array.from({ length: days }, () => 0)
    if (days === 0) return forecast
    const rows = await statement.execute({ learnerId, studyDay: from, end: addDays(from, days) })
    for (const { daysAhead, count } of rows) forecast[daysAhead] = count
    return forecast
  }
}

/** @returns `progress`; see the store's port. Cards that left the notes count: they were learned all the same. */
export function prepareProgress(
  db: Database,
): (learnerId: number) => Promise<{ readonly learned: number; readonly seen: number }> {
  const statement = db
    .select({
      learned: sql<number>`(count(*) filter (where ${schedules.intervalDays} >= ${sql.raw(String(LEARNED_INTERVAL_DAYS))}))::integer`,
      // An answer that was taken back leaves no due day.
      seen: sql<number>`count(${schedules.dueOn})::integer`,
    })
    .from(schedules)
    .where(eq(schedules.learnerId, givenLearner))
    .prepare('progress')
  return async (learnerId) => {
    const [row] = await statement.execute({ learnerId })
    return row ?? { learned: 0, seen: 0 }
  }
}
