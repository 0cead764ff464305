import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Database } from './database.ts'
import { cards, decks, drafts, enrolments, mistakes, reviews, roundQuestions, schedules } from './schema.ts'

/** What a learner has to do with decks and cards that somebody else made for themselves. */
export async function othersOwnCards(db: Database, learnerId: number): Promise<string[]> {
  const onCards = (table: typeof reviews | typeof schedules | typeof mistakes) =>
    db
      .selectDistinct({ cardId: cards.id })
      .from(table)
      .innerJoin(cards, eq(cards.id, table.cardId))
      .innerJoin(decks, eq(decks.id, cards.deckId))
      .where(and(eq(table.learnerId, learnerId), ne(decks.learnerId, learnerId)))
  const joined = await db
    .select({ deckId: decks.id })
    .from(enrolments)
    .innerJoin(decks, eq(decks.id, enrolments.deckId))
    .where(and(eq(enrolments.learnerId, learnerId), ne(decks.learnerId, learnerId)))
  const rows = [...(await onCards(reviews)), ...(await onCards(schedules)), ...(await onCards(mistakes))]
  const cardIds = new Set(rows.map((row) => row.cardId))
  return [
    ...joined.map(({ deckId }) => `learner ${learnerId}, deck ${deckId}: it is somebody else's own`),
    ...[...cardIds].map((cardId) => `learner ${learnerId}, card ${cardId}: it is somebody else's own`),
  ]
}

/** Drafts that became a card which is not there. */
export async function draftsWithoutCard(db: Database, learnerId: number): Promise<string[]> {
  const rows = await db
    .select({ id: drafts.id, cardId: drafts.cardId })
    .from(drafts)
    .leftJoin(cards, eq(cards.id, drafts.cardId))
    .where(and(eq(drafts.learnerId, learnerId), isNotNull(drafts.cardId), isNull(cards.id)))
  return rows.map(({ id, cardId }) => `learner ${learnerId}, draft ${id}: there is no card ${cardId}`)
}

/** Questions of rounds about what a learner made for themselves. */
export async function questionsOnOwnCards(db: Database): Promise<string[]> {
  const rows = await db
    .select({ roundId: roundQuestions.roundId, position: roundQuestions.position, cardId: cards.id })
    .from(roundQuestions)
    .innerJoin(cards, eq(cards.id, roundQuestions.cardId))
    .innerJoin(decks, eq(decks.id, cards.deckId))
    .where(isNotNull(decks.learnerId))
  return rows.map(
    ({ roundId, position, cardId }) =>
      `round ${roundId}, question ${position}: card ${cardId} is a learner's own`,
  )
}
