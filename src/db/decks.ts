import { and, count, eq, gte, isNull, lte, not, type SQL, sql } from 'drizzle-orm'
import { type DeckSummary, LEARNED_INTERVAL_DAYS } from '../core/store.ts'
import type { StudyDay } from '../core/studyDay.ts'
import type { Database } from './database.ts'
import { cards, decks, enrolments, schedules } from './schema.ts'
import { givenDay, givenLearner, isVisibleTo } from './scope.ts'

/** @returns `deckSummaries`; see the store's port */
export function prepareDeckSummaries(
  db: Database,
): (learnerId: number, studyDay: StudyDay) => Promise<DeckSummary[]> {
  // Counts the learner's schedules only: unseen cards have no row, and are what is left of the deck.
  const progress = db
    .select({
      deckId: cards.deckId,
      started: count(schedules.dueOn).as('started'),
      due: sql<number>`count(*) filter (where ${and(not(schedules.suspended), lte(schedules.dueOn, givenDay))})`
        .mapWith(Number)
        .as('due'),
      learned: sql<number>`count(*) filter (where ${gte(schedules.intervalDays, LEARNED_INTERVAL_DAYS)})`
        .mapWith(Number)
        .as('learned'),
      suspended: sql<number>`count(*) filter (where ${schedules.suspended})`.mapWith(Number).as('suspended'),
    })
    .from(schedules)
    .innerJoin(cards, eq(cards.id, schedules.cardId))
    .where(and(eq(schedules.learnerId, givenLearner), isNull(cards.retiredAt)))
    .groupBy(cards.deckId)
    .as('progress')
  const decksOf = (isWanted: SQL) =>
    db
      .select({ id: decks.id, title: decks.title, owner: decks.learnerId, cards: decks.cardCount })
      .from(decks)
      .where(and(isWanted, isNull(decks.retiredAt)))
  // Two look-ups in the index on the owner; with "or" it would read the own decks of everybody.
  const visible = decksOf(isNull(decks.learnerId))
    .unionAll(decksOf(eq(decks.learnerId, givenLearner)))
    .as('visible')
  const statement = db
    .select({
      id: visible.id,
      title: visible.title,
      owner: visible.owner,
      enrolled: enrolments.enrolled,
      cards: visible.cards,
      started: progress.started,
      due: progress.due,
      learned: progress.learned,
      suspended: progress.suspended,
    })
    .from(visible)
    .leftJoin(enrolments, and(eq(enrolments.learnerId, givenLearner), eq(enrolments.deckId, visible.id)))
    .leftJoin(progress, eq(progress.deckId, visible.id))
    .prepare('deck_summaries')

  return async (learnerId, studyDay) => {
    const rows = await statement.execute({ learnerId, studyDay })
    const summaries = rows.map((row) => ({
      id: row.id,
      title: row.title,
      isOwn: row.owner !== null,
      enrolled: row.enrolled ?? false,
      cards: row.cards,
      unseen: row.cards - (row.started ?? 0),
      due: row.due ?? 0,
      learned: row.learned ?? 0,
      suspended: row.suspended ?? 0,
    }))
    // Here rather than in SQL, where the order would depend on how the server was installed.
    return summaries.sort((a, b) => a.title.localeCompare(b.title, 'en') || (a.id < b.id ? -1 : 1))
  }
}

/**
 * Starts or ends asking a deck's cards. The row and its position stay when a learner leaves.
 *
 * @returns false when there is no such deck for this learner
 */
export async function enrol(
  db: Database,
  learnerId: number,
  deckId: string,
  enrolled: boolean,
): Promise<boolean> {
  const rows = await db
    .insert(enrolments)
    .select(
      sql`select ${learnerId}::bigint, ${decks.id}, ${enrolled}::boolean, 0 from ${decks}
        where ${and(eq(decks.id, deckId), isNull(decks.retiredAt), isVisibleTo(sql`${learnerId}`))}`,
    )
    .onConflictDoUpdate({ target: [enrolments.learnerId, enrolments.deckId], set: { enrolled } })
    .returning({ deckId: enrolments.deckId })
  return rows.length > 0
}

/**
 * Enrols the learner in every deck from the notes that they have neither joined nor left so far.
 *
 * @returns how many these were
 */
export async function enrolInNewDecks(db: Database, learnerId: number): Promise<number> {
  const rows = await db
    .insert(enrolments)
    .select(
      sql`select ${learnerId}::bigint, ${decks.id}, true, 0 from ${decks}
        where ${and(isNull(decks.learnerId), isNull(decks.retiredAt))}`,
    )
    .onConflictDoNothing()
    .returning({ deckId: enrolments.deckId })
  return rows.length
}
