import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { LogEntry } from '../core/log.ts'
import type { Database } from './database.ts'
import { toLogRow } from './rows.ts'
import { dayScores, reviews, schedules } from './schema.ts'

/** The entries as they come in, one JSON array of log rows. */
const entries = sql.identifier('entries')
const field = (name: string) => sql`${entries}.${sql.identifier(name)}`

/** Names and types of an entry's fields; its number is the database's. */
const FIELDS = Object.entries(getTableColumns(reviews)).filter(([name]) => name !== 'entryNumber')

/**
 * One statement for many entries of cards that were answered before, each guarded on its own: the entries whose
 * count no longer fits are left out, the others are written with log and score. It costs the server little more
 * than one entry does. No two entries may be of the same learner and card.
 *
 * Rows are locked in the order of their keys, so that two such statements cannot wait for each other.
 *
 * @returns for each entry whether it was written
 */
export function prepareAppendMany(db: Database): (batch: readonly LogEntry[]) => Promise<boolean[]> {
  const given = db.$with('entries', {}).as(sql`
    select * from jsonb_to_recordset(${sql.placeholder('batch')}::jsonb) as given (${sql.join(
      FIELDS.map(([name, column]) => sql`${sql.identifier(name)} ${sql.raw(column.getSQLType())}`),
      sql`, `,
    )})`)
  const guard = db.$with('guard').as(
    db
      .update(schedules)
      .set({
        repetitions: field('afterRepetitions'),
        intervalDays: field('afterIntervalDays'),
        easeHundredths: field('afterEaseHundredths'),
        lapses: field('afterLapses'),
        dueOn: field('afterDueOn'),
        drillOn: field('afterDrillOn'),
        answeredOn: field('afterAnsweredOn'),
        suspended: field('afterSuspended'),
        reviewCount: sql`${field('reviewCount')} + 1`,
        lastAnsweredAt: sql`case when ${field('quality')} is null then ${schedules.lastAnsweredAt}
          else ${field('answeredAt')} end`,
      })
      .from(entries as never)
      .where(
        and(
          eq(schedules.learnerId, field('learnerId')),
          eq(schedules.cardId, field('cardId')),
          eq(schedules.reviewCount, field('reviewCount')),
        ),
      )
      .returning({ learnerId: schedules.learnerId, cardId: schedules.cardId }),
  )
  const written = sql`${entries} join guard
    on guard.learner_id = ${field('learnerId')} and guard.card_id = ${field('cardId')}`
  const logged = db.$with('logged').as(
    db
      .insert(reviews)
      .select(
        sql`select ${sql.join(
          Object.keys(getTableColumns(reviews)).map((name) =>
            name === 'entryNumber' ? sql`nextval('entry_numbers')` : field(name),
          ),
          sql`, `,
        )} from ${written}`,
      )
      .returning({ learnerId: reviews.learnerId }),
  )
  const total = (name: keyof typeof dayScores.$inferSelect) => sql`sum(${field(name)})`
  const keys = sql`${field('learnerId')}, ${field('studyDay')}, ${field('deckId')}`
  const scored = db.$with('scored').as(
    db
      .insert(dayScores)
      .select(
        sql`select ${keys}, ${total('answers')}, ${total('reviews')}, ${total('passes')}, ${total('starts')},
            ${total('points')}
          from ${written}
          where (${field('answers')}, ${field('reviews')}, ${field('passes')}, ${field('starts')},
            ${field('points')}) <> (0, 0, 0, 0, 0)
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
  const statement = db
    .with(given, guard, logged, scored)
    .select({ learnerId: guard.learnerId, cardId: guard.cardId })
    .from(guard)
    .prepare('append_many')

  return async (batch) => {
    const inOrder = batch.toSorted((a, b) => a.learnerId - b.learnerId || (a.cardId < b.cardId ? -1 : 1))
    const rows = await statement.execute({ batch: JSON.stringify(inOrder.map(toLogRow)) })
    const done = new Set(rows.map(({ learnerId, cardId }) => cardKey(learnerId, cardId)))
    return batch.map(({ learnerId, cardId }) => done.has(cardKey(learnerId, cardId)))
  }
}

/** What two entries must not share within one statement. */
export function cardKey(learnerId: number, cardId: string): string {
  return `${learnerId} ${cardId}`
}
