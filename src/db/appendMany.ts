import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { LogEntry, Score } from '../core/log.ts'
import { addToBoards } from './appendBoards.ts'
import type { Database } from './database.ts'
import { toLogRow } from './rows.ts'
import { dayScores, reviews, schedules } from './schema.ts'

type Field = Exclude<keyof typeof reviews.$inferSelect, 'entryNumber'>

type Returned = Record<Field, SQL.Aliased<never>> & {
  learnerId: SQL.Aliased<number>
  cardId: SQL.Aliased<string>
}

/** An entry's columns in the order in which its values are sent; its number is the database's. */
const COLUMNS = Object.entries(getTableColumns(reviews)).filter(([name]) => name !== 'entryNumber')

/** A field of an entry as it came in. */
const sent = (name: Field) => sql`sent.${sql.identifier(name)}`
/** The same of an entry whose count fits. */
const fitting = (name: Field) => sql`guard.${sql.identifier(name)}`

/**
 * One statement for many entries of cards that were answered before, each guarded on its own: the entries whose
 * count no longer fits are left out, the others are written with log and scores. It costs the server little more
 * than one entry does. No two entries may be of the same learner and card.
 *
 * Rows are locked in the order of their keys, so that two such statements cannot wait for each other.
 *
 * @returns for each entry whether it was written
 */
export function prepareAppendMany(db: Database): (batch: readonly LogEntry[]) => Promise<boolean[]> {
  // By position: looking thirty fields up by name takes the server twice as long.
  const values = sql`(
    select ${sql.join(
      COLUMNS.map(
        ([name, column], place) =>
          sql`(entry ->> ${sql.raw(String(place))})::${sql.raw(column.getSQLType())} as ${sql.identifier(name)}`,
      ),
      sql`, `,
    )} from jsonb_array_elements(${sql.placeholder('batch')}::jsonb) as entry offset 0) as sent`
  const guard = db.$with('guard').as(
    db
      .update(schedules)
      .set({
        repetitions: sent('afterRepetitions'),
        intervalDays: sent('afterIntervalDays'),
        easeHundredths: sent('afterEaseHundredths'),
        lapses: sent('afterLapses'),
        dueOn: sent('afterDueOn'),
        drillOn: sent('afterDrillOn'),
        answeredOn: sent('afterAnsweredOn'),
        suspended: sent('afterSuspended'),
        reviewCount: sql`${sent('reviewCount')} + 1`,
        lastAnsweredAt: sql`case when ${sent('quality')} is null then ${schedules.lastAnsweredAt}
          else ${sent('answeredAt')} end`,
      })
      .from(values)
      .where(
        and(
          eq(schedules.learnerId, sent('learnerId')),
          eq(schedules.cardId, sent('cardId')),
          eq(schedules.reviewCount, sent('reviewCount')),
        ),
      )
      .returning(
        Object.fromEntries(COLUMNS.map(([name]) => [name, sent(name as Field).as(name)])) as Returned,
      ),
  )
  const logged = db.$with('logged').as(
    db
      .insert(reviews)
      .select(
        sql`select ${sql.join(
          Object.keys(getTableColumns(reviews)).map((name) =>
            name === 'entryNumber' ? sql`nextval('entry_numbers')` : fitting(name as Field),
          ),
          sql`, `,
        )} from guard`,
      )
      .returning({ learnerId: reviews.learnerId }),
  )
  const total = (name: keyof Score) => sql`sum(${fitting(name)})`
  const keys = sql`${fitting('learnerId')}, ${fitting('studyDay')}, ${fitting('deckId')}`
  const scored = db.$with('scored').as(
    db
      .insert(dayScores)
      .select(
        sql`select ${keys}, ${total('answers')}, ${total('reviews')}, ${total('passes')}, ${total('starts')},
            ${total('points')}
          from guard
          where (${fitting('answers')}, ${fitting('reviews')}, ${fitting('passes')}, ${fitting('starts')},
            ${fitting('points')}) <> (0, 0, 0, 0, 0)
          group by ${keys} order by ${keys}`,
      )
      .onConflictDoUpdate({
        target: [dayScores.learnerId, dayScores.studyDay, dayScores.deckId],
        set: {
          answers: sql`${dayScores.answers} + excluded.answers`,
          reviews: sql`${dayScores.reviews} + excluded.reviews`,
          passes: sql`${dayScores.passes} + excluded.passes`,
          starts: sql`${dayScores.starts} + excluded.starts`,
          points: sql`${dayScores.points} + excluded.points`,
        },
      })
      .returning({ learnerId: dayScores.learnerId }),
  )
  const entries = sql`(
    select ${fitting('learnerId')} as learner_id, ${fitting('deckId')} as deck_id,
      ${fitting('studyDay')} as study_day, ${fitting('points')} as points
    from guard
  )`
  const statement = db
    .with(guard, logged, scored, addToBoards(db, entries))
    .select({ learnerId: guard.learnerId, cardId: guard.cardId })
    .from(guard)
    .prepare('append_many')

  return async (batch) => {
    const inOrder = batch.toSorted((a, b) => a.learnerId - b.learnerId || (a.cardId < b.cardId ? -1 : 1))
    const rows = await statement.execute({ batch: JSON.stringify(inOrder.map(toValues)) })
    const done = new Set(rows.map(({ learnerId, cardId }) => cardKey(Number(learnerId), cardId)))
    return batch.map(({ learnerId, cardId }) => done.has(cardKey(learnerId, cardId)))
  }
}

function toValues(entry: LogEntry): unknown[] {
  const row: Readonly<Record<string, unknown>> = toLogRow(entry)
  return COLUMNS.map(([name]) => row[name])
}

/** What two entries must not share within one statement. */
export function cardKey(learnerId: number, cardId: string): string {
  return `${learnerId} ${cardId}`
}
