import { and, asc, eq, getTableColumns, or } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/pg-core'
import type { Database } from './database.ts'
import { LEARNER_TABLES, OTHER_LEARNER } from './learnerTables.ts'
import { cards, decks, learners, reviews, roundAnswers, roundQuestions } from './schema.ts'

type LearnerTable = (typeof LEARNER_TABLES)[keyof typeof LEARNER_TABLES]

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
      const exported: Record<string, unknown> = { learner }
      for (const [name, table] of Object.entries(LEARNER_TABLES)) {
        exported[name] = await rowsOf(snapshot, table, learnerId)
      }
      exported.ownCards = await ownCardsOf(snapshot, learnerId)
      return exported
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  return JSON.parse(JSON.stringify(everything))
}

/** In the order of the key; the log in the order in which it was written. */
function rowsOf(db: Database, table: LearnerTable, learnerId: number) {
  if (table === roundAnswers) return roundAnswersOf(db, learnerId)
  const { columns, primaryKeys } = getTableConfig(table)
  const key = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary)
  const isTheirs = eq(table.learnerId, learnerId)
  return db
    .select()
    .from(table)
    .where(table === OTHER_LEARNER.table ? or(isTheirs, eq(OTHER_LEARNER, learnerId)) : isTheirs)
    .orderBy(...(table === reviews ? [asc(reviews.entryNumber)] : key.map((column) => asc(column))))
}

function ownCardsOf(db: Database, learnerId: number) {
  return db
    .select(getTableColumns(cards))
    .from(cards)
    .innerJoin(decks, eq(decks.id, cards.deckId))
    .where(eq(decks.learnerId, learnerId))
    .orderBy(asc(cards.seq))
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
