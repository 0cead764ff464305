import { and, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { LEARNER_TABLES, OTHER_LEARNER } from './learnerTables.ts'
import { lockLearner } from './lockLearner.ts'
import {
  cards,
  chats,
  decks,
  learners,
  reviews,
  roundAnswers,
  roundQuestions,
  rounds,
  schedules,
} from './schema.ts'

/** Deleted in a way of their own. */
const { schedules: _schedules, reviews: _reviews, ownDecks: _ownDecks, ...OTHER_TABLES } = LEARNER_TABLES

/**
 * Deletes everything stored about the learner, all or nothing. An answer written at the same time is deleted as
 * well, or not written.
 *
 * @returns how many log entries there were
 */
export function forget(db: Database, learnerId: number): Promise<number> {
  return db.transaction(async (transaction) => {
    await lockLearner(transaction, learnerId)
    await transaction.delete(schedules).where(eq(schedules.learnerId, learnerId))
    const log = await transaction
      .delete(reviews)
      .where(eq(reviews.learnerId, learnerId))
      .returning({ reviewCount: reviews.reviewCount })
    await deletePrivateRounds(transaction, learnerId)
    // Memberships before boards: whoever builds a member's boards locks the membership first.
    for (const table of Object.values(OTHER_TABLES)) {
      await transaction.delete(table).where(eq(table.learnerId, learnerId))
    }
    await transaction.delete(OTHER_LEARNER.table).where(eq(OTHER_LEARNER, learnerId))
    await deleteOwnDeck(transaction, learnerId)
    await transaction.delete(learners).where(eq(learners.id, learnerId))
    return log.length
  })
}

async function deleteOwnDeck(transaction: Database, learnerId: number): Promise<void> {
  const own = transaction.select({ id: decks.id }).from(decks).where(eq(decks.learnerId, learnerId))
  await transaction.delete(cards).where(inArray(cards.deckId, own))
  await transaction.delete(decks).where(eq(decks.learnerId, learnerId))
}

/** The rounds in the learner's own chats, whose ids may be the person's own; not one in which others answered. */
async function deletePrivateRounds(transaction: Database, learnerId: number): Promise<void> {
  const ownChat = and(
    eq(chats.learnerId, learnerId),
    eq(chats.platform, rounds.platform),
    eq(chats.chatId, rounds.chatId),
  )
  const byOthers = transaction
    .select({ one: sql`1` })
    .from(roundAnswers)
    .where(and(eq(roundAnswers.roundId, rounds.id), ne(roundAnswers.learnerId, learnerId)))
  const own = transaction
    .select({ id: rounds.id })
    .from(rounds)
    .innerJoin(chats, ownChat)
    .where(notExists(byOthers))
  await transaction.delete(roundQuestions).where(inArray(roundQuestions.roundId, own))
  await transaction.delete(rounds).where(inArray(rounds.id, own))
}
