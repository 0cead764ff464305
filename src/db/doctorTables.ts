import { and, eq, gt, isNull, lte, max, notExists, or, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { isUnseen } from './position.ts'
import { toScore } from './rows.ts'
import { cards, dayScores, decks, enrolments, learners, mistakes, reviews, schedules } from './schema.ts'

/** Decks whose count of cards or next number does not fit their cards. */
export async function deckDifferences(db: Database): Promise<string[]> {
  const actual = db
    .select({
      deckId: cards.deckId,
      active: sql<number>`count(*) filter (where ${cards.retiredAt} is null)`.mapWith(Number).as('active'),
      highest: max(cards.seq).as('highest'),
    })
    .from(cards)
    .groupBy(cards.deckId)
    .as('actual')
  const rows = await db
    .select({
      id: decks.id,
      cardCount: decks.cardCount,
      nextSeq: decks.nextSeq,
      active: sql<number>`coalesce(${actual.active}, 0)`.mapWith(Number),
      highest: sql<number>`coalesce(${actual.highest}, 0)`.mapWith(Number),
    })
    .from(decks)
    .leftJoin(actual, eq(actual.deckId, decks.id))
  return rows.flatMap(({ id, cardCount, nextSeq, active, highest }) => [
    ...(cardCount === active ? [] : [`deck ${id}: it counts ${cardCount} cards, but has ${active}`]),
    ...(nextSeq > highest
      ? []
      : [`deck ${id}: the next card would get number ${nextSeq}, but ${highest} is taken`]),
  ])
}

/** A learner that rows refer to, but who is not there. */
export async function unknownLearner(db: Database, learnerId: number): Promise<string[]> {
  const rows = await db.select({ id: learners.id }).from(learners).where(eq(learners.id, learnerId))
  return rows.length > 0 ? [] : [`learner ${learnerId}: rows refer to this learner, who is not there`]
}

/** Schedules that no log entry led to. */
export async function schedulesWithoutLog(db: Database, learnerId: number): Promise<string[]> {
  const log = db
    .select({ one: sql`1` })
    .from(reviews)
    .where(and(eq(reviews.learnerId, schedules.learnerId), eq(reviews.cardId, schedules.cardId)))
  const rows = await db
    .select({ cardId: schedules.cardId })
    .from(schedules)
    .where(and(eq(schedules.learnerId, learnerId), notExists(log)))
  return rows.map(({ cardId }) => `learner ${learnerId}, card ${cardId}: there is a schedule, but no log`)
}

/** Cards that log, schedules or reports refer to, but that are not there; retired ones are. */
export async function missingCards(db: Database, learnerId: number): Promise<string[]> {
  const missing = (table: typeof reviews | typeof schedules | typeof mistakes) =>
    db
      .selectDistinct({ cardId: sql<string>`${table.cardId}`.as('missing_card_id') })
      .from(table)
      .where(
        and(
          eq(table.learnerId, learnerId),
          notExists(db.select({ one: sql`1` }).from(cards).where(eq(cards.id, table.cardId))),
        ),
      )
  const rows = [...(await missing(reviews)), ...(await missing(schedules)), ...(await missing(mistakes))]
  const ids = new Set(rows.map((row) => row.cardId))
  return [...ids].map((cardId) => `learner ${learnerId}, card ${cardId}: there is no such card`)
}

/** Scores that are not the sum of their log entries. */
export async function scoreDifferences(db: Database, learnerId: number): Promise<string[]> {
  const sums = (name: string) => sql`coalesce(sum(${sql.identifier(name)}), 0)::integer`
  const expected = db
    .select({
      deckId: reviews.deckId,
      studyDay: reviews.studyDay,
      answers: sql<number>`${sums('answers')}`.as('answers'),
      reviews: sql<number>`${sums('reviews')}`.as('reviews'),
      passes: sql<number>`${sums('passes')}`.as('passes'),
      starts: sql<number>`${sums('starts')}`.as('starts'),
      points: sql<number>`${sums('points')}`.as('points'),
    })
    .from(reviews)
    .where(eq(reviews.learnerId, learnerId))
    .groupBy(reviews.deckId, reviews.studyDay)
  const stored = await db.select().from(dayScores).where(eq(dayScores.learnerId, learnerId))
  const place = (row: { deckId: string; studyDay: string }) =>
    `learner ${learnerId}, deck ${row.deckId}, ${row.studyDay}`
  const nothing = { answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 }

  const left = new Map(stored.map((row) => [place(row), toScore(row)]))
  const differences: string[] = []
  const compare = (at: string, storedScore: typeof nothing, expectedScore: typeof nothing) => {
    for (const [name, value] of Object.entries(expectedScore)) {
      const actual = storedScore[name as keyof typeof nothing]
      if (actual !== value)
        differences.push(`${at}: the score's ${name} is ${actual}, the log gives ${value}`)
    }
  }
  for (const row of await expected) {
    compare(place(row), left.get(place(row)) ?? nothing, toScore(row))
    left.delete(place(row))
  }
  for (const [at, score] of left) compare(at, score, nothing)
  return differences
}

/** Enrolments whose position lies beyond a card that is still new to the learner, or beyond the deck. */
export async function positionDifferences(db: Database, learnerId: number): Promise<string[]> {
  const skipped = db
    .select({ id: cards.id })
    .from(cards)
    .where(
      and(
        eq(cards.deckId, enrolments.deckId),
        lte(cards.seq, enrolments.position),
        isNull(cards.retiredAt),
        isUnseen(sql`${learnerId}`, cards),
      ),
    )
    .orderBy(cards.seq)
    .limit(1)
  const skippedId = sql<string | null>`(${skipped})`
  const rows = await db
    .select({ deckId: enrolments.deckId, position: enrolments.position, skippedId, nextSeq: decks.nextSeq })
    .from(enrolments)
    .innerJoin(decks, eq(decks.id, enrolments.deckId))
    .where(
      and(
        eq(enrolments.learnerId, learnerId),
        or(sql`${skippedId} is not null`, gt(sql`${enrolments.position} + 1`, decks.nextSeq)),
      ),
    )
  return rows.map(({ deckId, position, skippedId, nextSeq }) =>
    skippedId === null
      ? `learner ${learnerId}, deck ${deckId}: the position is ${position}, but the last card has number ${nextSeq - 1}`
      : `learner ${learnerId}, deck ${deckId}: the position ${position} lies beyond card ${skippedId}, which is still new`,
  )
}
