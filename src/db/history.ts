import { and, desc, eq, gt, gte, ne, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import type { LogEntry, Score } from '../core/log.ts'
import type { Scope } from '../core/store.ts'
import type { StudyDay } from '../core/studyDay.ts'
import { type Database, given } from './database.ts'
import { toLogEntry } from './rows.ts'
import { dayScores, reviews } from './schema.ts'
import { type Breadth, breadthOf, givenDay, givenLearner } from './scope.ts'

const later = alias(reviews, 'later')

/** The entry is no undo itself, and no later entry of its card takes it back or grades it anew. */
export const stands: SQL = sql`${ne(reviews.kind, 'undo')} and (
  select true from ${reviews} ${sql.identifier('later')}
  where ${later.learnerId} = ${reviews.learnerId} and ${later.cardId} = ${reviews.cardId}
    and ${later.undoes} = ${reviews.reviewCount}
  limit 1
) is null`

/** It stands, and no transfer has led to another log since, which taking it back would know nothing of. */
const canBeUndone: SQL = sql`${ne(reviews.kind, 'transfer')} and ${stands} and (
  select true from ${reviews} ${sql.identifier('later')}
  where ${later.learnerId} = ${reviews.learnerId} and ${later.cardId} = ${reviews.cardId}
    and ${later.kind} = 'transfer' and ${later.reviewCount} > ${reviews.reviewCount}
  limit 1
) is null`

/** @returns `lastEntry`; see the store's port */
export function prepareLastEntry(db: Database): (learnerId: number) => Promise<LogEntry | null> {
  const statement = db
    .select()
    .from(reviews)
    .where(and(eq(reviews.learnerId, givenLearner), canBeUndone))
    .orderBy(desc(reviews.entryNumber))
    .limit(1)
    .prepare('last_entry')
  return async (learnerId) => {
    const [row] = await statement.execute({ learnerId })
    return row === undefined ? null : toLogEntry(row)
  }
}

/** @returns `lastEntryOf`; see the store's port */
export function prepareLastEntryOf(
  db: Database,
): (learnerId: number, cardId: string) => Promise<LogEntry | null> {
  const statement = db
    .select()
    .from(reviews)
    .where(and(eq(reviews.learnerId, givenLearner), eq(reviews.cardId, given(reviews.cardId)), canBeUndone))
    .orderBy(desc(reviews.reviewCount))
    .limit(1)
    .prepare('last_entry_of_card')
  return async (learnerId, cardId) => {
    const [row] = await statement.execute({ learnerId, cardId })
    return row === undefined ? null : toLogEntry(row)
  }
}

const total = (column: PgColumn) => sql<number>`coalesce(sum(${column}), 0)::integer`

const totals = {
  answers: total(dayScores.answers),
  reviews: total(dayScores.reviews),
  passes: total(dayScores.passes),
  starts: total(dayScores.starts),
  points: total(dayScores.points),
}

const NO_SCORE: Score = { answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 }

/** @returns `scoreOn`; see the store's port */
export function prepareScoreOn(db: Database): (scope: Scope) => Promise<Score> {
  const statement = (breadth: Breadth) =>
    db
      .select(totals)
      .from(dayScores)
      .where(
        and(
          eq(dayScores.learnerId, givenLearner),
          eq(dayScores.studyDay, givenDay),
          breadth === 'one_deck' ? eq(dayScores.deckId, given(dayScores.deckId)) : undefined,
        ),
      )
      .prepare(`score_${breadth}`)
  const statements = { one_deck: statement('one_deck'), all_decks: statement('all_decks') }
  return async (scope) => {
    const [row] = await statements[breadthOf(scope)].execute({ ...scope })
    return row ?? NO_SCORE
  }
}

/** @returns `scoreSince`; see the store's port */
export function prepareScoreSince(db: Database): (learnerId: number, since: StudyDay) => Promise<Score> {
  const statement = db
    .select(totals)
    .from(dayScores)
    .where(and(eq(dayScores.learnerId, givenLearner), gte(dayScores.studyDay, givenDay)))
    .prepare('score_since')
  return async (learnerId, since) => {
    const [row] = await statement.execute({ learnerId, studyDay: since })
    return row ?? NO_SCORE
  }
}

/** @returns `studyDays`; see the store's port */
export function prepareStudyDays(db: Database): (learnerId: number, limit: number) => Promise<StudyDay[]> {
  const statement = db
    .select({ studyDay: dayScores.studyDay })
    .from(dayScores)
    .where(eq(dayScores.learnerId, givenLearner))
    .groupBy(dayScores.studyDay)
    .having(gt(sql`sum(${dayScores.answers})`, 0))
    .orderBy(desc(dayScores.studyDay))
    .limit(sql.placeholder('limit'))
    .prepare('study_days')
  return async (learnerId, limit) => {
    const rows = await statement.execute({ learnerId, limit })
    return rows.map((row) => row.studyDay)
  }
}
