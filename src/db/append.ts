import { and, eq, getTableColumns, type SQL, sql, type WithSubquery } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { LogEntry } from '../core/log.ts'
import { addToBoards } from './appendBoards.ts'
import { cardKey, prepareAppendMany } from './appendMany.ts'
import { coalesce } from './coalesce.ts'
import { type Database, given } from './database.ts'
import { isLost } from './isLost.ts'
import { advancePosition, POSITION_LAG_LIMIT } from './position.ts'
import { toLogRow } from './rows.ts'
import { cards, dayScores, enrolments, learners, reviews, schedules } from './schema.ts'

/** Two keep the server busy while an answer travels; with more the batches only grow smaller. */
const WRITES_AT_ONCE = 2
/** Bounds how long the first of a batch waits for the last. */
const ENTRIES_AT_ONCE = 256
/** Below that, two statements cost more than they save. */
const ENTRIES_UNDIVIDED = 16

/**
 * The statements that write a log entry, the schedule it leads to and the scores, all or none. Each begins with
 * a guarded write to `schedules`; log and scores select from what it returned, so where the guard missed
 * nothing is written. Two writers meet at the schedule's row: the second waits, then sees the new count.
 *
 * A row exists as soon as a card has one entry, so "count 0" means "no row" and needs an insert, any other
 * count an update. A learner who was forgotten meanwhile has no rows, and gets none.
 *
 * Where the connection is lost on the way, nobody knows whether the entry is stored, and `append` throws: never is one
 * reported as stored that is not. Sent again it is written, or found to be there and reported as late.
 *
 * @returns `append`; see the store's port
 */
export function prepareAppend(db: Database): (entry: LogEntry) => Promise<boolean> {
  const appendFirst = prepareAppendFirst(db)
  const appendUnseen = prepareAppendUnseen(db)
  const appendOften = coalesce<LogEntry, boolean>({
    atOnce: WRITES_AT_ONCE,
    most: ENTRIES_AT_ONCE,
    least: ENTRIES_UNDIVIDED,
    keyOf: (entry) => cardKey(entry.learnerId, entry.cardId),
    call: prepareAppendMany(db),
    isEveryones: isLost,
  })

  return async (entry) => {
    if (entry.reviewCount > 0) {
      const { dueOn, suspended } = entry.after
      if (dueOn !== null || suspended) return appendOften(entry)
      return (await appendUnseen.execute(toValues(entry))).length > 0
    }
    const [written] = await appendFirst.execute(toValues(entry))
    if (written === undefined) return false
    if (written.lag !== null && written.lag >= POSITION_LAG_LIMIT) {
      // The entry is committed: failing to tidy up after it must not look as if it was not.
      await advancePosition(db, entry.learnerId, written.deckId).catch(() => {})
    }
    return true
  }
}

/** Nobody who is not there: `forget` waits for this lock, or this for it and then finds no learner. */
const learnerKept = sql`${learners} where ${learners.id} = ${given(schedules.learnerId)} for key share`

function prepareAppendFirst(db: Database) {
  const guard = db.$with('guard').as(
    db
      .insert(schedules)
      .select(rowOf(schedules, newSchedule, learnerKept))
      .onConflictDoNothing()
      .returning({ learnerId: schedules.learnerId }),
  )
  return db
    .with(guard, ...logAndScores(db, guard))
    .select({
      deckId: sql<string>`${cards.deckId}`,
      lag: sql<number | null>`(${cards.seq} - 1 - ${enrolments.position})::integer`,
    })
    .from(guard)
    .leftJoin(cards, eq(cards.id, given(cards.id, 'cardId')))
    .leftJoin(
      enrolments,
      and(eq(enrolments.learnerId, given(enrolments.learnerId)), eq(enrolments.deckId, cards.deckId)),
    )
    .prepare('append_first')
}

/**
 * For an entry that leaves the card unseen (its only answer was taken back): the enrolment's position must not
 * lie beyond it. The card's row is locked meanwhile, so that a sync cannot move it to another deck unnoticed.
 */
function prepareAppendUnseen(db: Database) {
  const guard = guardedUpdate(db)
  const home = db.$with('home').as(
    db
      .select({ deckId: cards.deckId, seq: cards.seq })
      .from(cards)
      .where(eq(cards.id, given(cards.id, 'cardId')))
      .for('share'),
  )
  const lowered = db.$with('lowered').as(
    db
      .update(enrolments)
      .set({ position: sql`least(${enrolments.position}, ${home.seq} - 1)` })
      .from(home)
      .innerJoin(guard, sql`true`)
      .where(and(eq(enrolments.learnerId, given(enrolments.learnerId)), eq(enrolments.deckId, home.deckId)))
      .returning({ deckId: enrolments.deckId }),
  )
  return db
    .with(guard, home, lowered, ...logAndScores(db, guard))
    .select({ learnerId: guard.learnerId })
    .from(guard)
    .prepare('append_unseen')
}

/** A schedule's columns as an entry's values set them. */
const newSchedule = {
  repetitions: given(reviews.afterRepetitions),
  intervalDays: given(reviews.afterIntervalDays),
  easeHundredths: given(reviews.afterEaseHundredths),
  lapses: given(reviews.afterLapses),
  dueOn: given(reviews.afterDueOn),
  drillOn: given(reviews.afterDrillOn),
  answeredOn: given(reviews.afterAnsweredOn),
  suspended: given(reviews.afterSuspended),
  reviewCount: sql`${given(reviews.reviewCount)}::integer + 1`,
  lastAnsweredAt: sql`${sql.placeholder('lastAnsweredAt')}::timestamptz`,
}

function guardedUpdate(db: Database) {
  return db.$with('guard').as(
    db
      .update(schedules)
      .set({
        ...newSchedule,
        lastAnsweredAt: sql`coalesce(${newSchedule.lastAnsweredAt}, ${schedules.lastAnsweredAt})`,
      })
      .where(
        and(
          eq(schedules.learnerId, given(schedules.learnerId)),
          eq(schedules.cardId, given(schedules.cardId)),
          eq(schedules.reviewCount, given(schedules.reviewCount)),
        ),
      )
      .returning({ learnerId: schedules.learnerId }),
  )
}

function logAndScores(db: Database, guard: WithSubquery) {
  const logged = db.$with('logged').as(
    db
      .insert(reviews)
      .select(rowOf(reviews, { entryNumber: sql`nextval('entry_numbers')` }, guard))
      .returning({ learnerId: reviews.learnerId }),
  )
  const scored = db.$with('scored').as(
    db
      .insert(dayScores)
      .select(sql`${rowOf(dayScores, {}, guard)} where ${sql.placeholder('scored')}`)
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
  const entry = sql`(
    select ${given(reviews.learnerId)}::bigint as learner_id, ${given(reviews.deckId)}::text as deck_id,
      ${given(reviews.studyDay)}::date as study_day, ${given(reviews.points)}::integer as points
    from ${guard}
  )`
  return [logged, scored, addToBoards(db, entry)] as const
}

/** A select of one value per column of `table`: those of `special`, else the given value of that name. */
function rowOf(table: PgTable, special: Readonly<Record<string, SQL>>, from: SQL | WithSubquery): SQL {
  const values = Object.entries(getTableColumns(table)).map(
    ([name, column]) => special[name] ?? given(column),
  )
  return sql`select ${sql.join(values, sql`, `)} from ${from}`
}

function toValues(entry: LogEntry) {
  return {
    ...toLogRow(entry),
    lastAnsweredAt: entry.quality === null ? null : entry.answeredAt.toISOString(),
    scored: Object.values(entry.score).some((value) => value !== 0),
  }
}
