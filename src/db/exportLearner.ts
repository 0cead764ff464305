import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from './database.ts'
import {
  cards,
  chats,
  dayScores,
  decks,
  drafts,
  enrolments,
  identities,
  learners,
  mistakes,
  reminders,
  reviews,
  roundAnswers,
  roundQuestions,
  schedules,
} from './schema.ts'

/**
 * Everything stored about the learner, all as it was at one instant: one list per table, as plain JSON values.
 *
 * @throws Error when there is no such learner
 */
export async function exportLearner(
  db: Database,
  learnerId: number,
): Promise<Readonly<Record<string, unknown>>> {
  const everything = await db.transaction(
    async (snapshot) => {
      const [learner] = await snapshot.select().from(learners).where(eq(learners.id, learnerId))
      if (learner === undefined) throw new Error(`there is no learner ${learnerId}`)
      const rowsOf = (
        table:
          | typeof identities
          | typeof enrolments
          | typeof chats
          | typeof reminders
          | typeof decks
          | typeof drafts,
      ) => snapshot.select().from(table).where(eq(table.learnerId, learnerId))
      return {
        learner,
        identities: await rowsOf(identities),
        chats: await rowsOf(chats),
        reminders: await rowsOf(reminders),
        enrolments: await rowsOf(enrolments),
        ownDecks: await rowsOf(decks),
        ownCards: await snapshot
          .select(getTableColumns(cards))
          .from(cards)
          .innerJoin(decks, eq(decks.id, cards.deckId))
          .where(eq(decks.learnerId, learnerId))
          .orderBy(asc(cards.seq)),
        drafts: await rowsOf(drafts),
        schedules: await snapshot
          .select()
          .from(schedules)
          .where(eq(schedules.learnerId, learnerId))
          .orderBy(asc(schedules.cardId)),
        reviews: await snapshot
          .select()
          .from(reviews)
          .where(eq(reviews.learnerId, learnerId))
          .orderBy(asc(reviews.entryNumber)),
        scores: await snapshot
          .select()
          .from(dayScores)
          .where(eq(dayScores.learnerId, learnerId))
          .orderBy(asc(dayScores.studyDay), asc(dayScores.deckId)),
        roundAnswers: await roundAnswersOf(snapshot, learnerId),
        mistakes: await snapshot
          .select()
          .from(mistakes)
          .where(eq(mistakes.learnerId, learnerId))
          .orderBy(asc(mistakes.id)),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  return JSON.parse(JSON.stringify(everything))
}

/** Each answer with the card that was asked. */
function roundAnswersOf(db: Database, learnerId: number) {
  return db
    .select({ ...getTableColumns(roundAnswers), cardId: roundQuestions.cardId })
    .from(roundAnswers)
    .leftJoin(
      roundQuestions,
      and(
        eq(roundQuestions.roundId, roundAnswers.roundId),
        eq(roundQuestions.position, roundAnswers.position),
      ),
    )
    .where(eq(roundAnswers.learnerId, learnerId))
    .orderBy(asc(roundAnswers.roundId), asc(roundAnswers.position))
}
