import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { boardDifferencesOf, membershipDifferences, teamDifferences } from './doctorBoards.ts'
import { logDifferences } from './doctorLog.ts'
import { draftsWithoutCard, othersOwnCards, questionsOnOwnCards } from './doctorOwnCards.ts'
import { answerDifferences, questionsWithoutCard } from './doctorRounds.ts'
import {
  deckDifferences,
  missingCards,
  positionDifferences,
  schedulesWithoutLog,
  scoreDifferences,
  unknownLearner,
} from './doctorTables.ts'
import { LEARNER_TABLES, OTHER_LEARNER } from './learnerTables.ts'
import { learners } from './schema.ts'

/**
 * Compares everything derived with what it is derived from: schedules with a replay of the log, scores with the
 * log's sums, positions and counts with the cards; and looks for references to what is not there. It goes learner
 * by learner, each seen at one instant, so that it can run beside a bot at work and needs little memory.
 *
 * @returns each difference as a sentence that names learner, card or deck, what is stored and what is expected
 */
export async function* findDifferences(db: Database): AsyncGenerator<string> {
  yield* await deckDifferences(db)
  yield* await questionsWithoutCard(db)
  yield* await questionsOnOwnCards(db)
  yield* await teamDifferences(db)
  for (let learnerId = await nextLearner(db, 0); learnerId !== null; ) {
    yield* await differencesOf(db, learnerId)
    learnerId = await nextLearner(db, learnerId)
  }
}

function differencesOf(db: Database, learnerId: number): Promise<string[]> {
  return db.transaction(
    async (snapshot) => [
      ...(await unknownLearner(snapshot, learnerId)),
      ...(await logDifferences(snapshot, learnerId)),
      ...(await schedulesWithoutLog(snapshot, learnerId)),
      ...(await missingCards(snapshot, learnerId)),
      ...(await scoreDifferences(snapshot, learnerId)),
      ...(await positionDifferences(snapshot, learnerId)),
      ...(await answerDifferences(snapshot, learnerId)),
      ...(await othersOwnCards(snapshot, learnerId)),
      ...(await draftsWithoutCard(snapshot, learnerId)),
      ...(await membershipDifferences(snapshot, learnerId)),
      ...(await boardDifferencesOf(snapshot, learnerId)),
    ],
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** The learner with the next higher id in any table, also one that `learners` does not know; null after the last. */
export async function nextLearner(db: Database, after: number): Promise<number | null> {
  const tables = Object.values(LEARNER_TABLES)
  const columns = [learners.id, ...tables.map((table) => table.learnerId), OTHER_LEARNER]
  const lowest = columns.map(
    (column) => sql`(select min(${column}) from ${column.table} where ${column} > ${after})`,
  )
  const [row] = await db
    .select({ id: sql<number | null>`least(${sql.join(lowest, sql`, `)})`.mapWith(Number) })
    .from(sql`(values (1)) as one`)
  return row?.id ?? null
}
