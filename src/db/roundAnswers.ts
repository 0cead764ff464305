import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import {
  ANSWERS_LISTED,
  type CountedAnswer,
  type GivenAnswer,
  type RoundAnswer,
  type Standing,
} from '../core/quiz/roundStore.ts'
import { type Database, given, givenInstant } from './database.ts'
import { learners, roundAnswers } from './schema.ts'
import { storable } from './storable.ts'

/**
 * @returns `answerRound`; see the store's port. It throws when there is no such learner: forgotten meanwhile.
 */
export function prepareAnswerRound(db: Database): (answer: RoundAnswer) => Promise<CountedAnswer> {
  const statement = db
    .insert(roundAnswers)
    .select(
      sql`select ${learners.id}, ${given(roundAnswers.roundId)}, ${given(roundAnswers.position)},
          ${given(roundAnswers.name)}, ${given(roundAnswers.choice)}, ${given(roundAnswers.isRight)},
          ${given(roundAnswers.reviewCount)}, ${givenInstant('answeredAt')}, null::text, false
        from ${learners} where ${learners.id} = ${given(roundAnswers.learnerId)}`,
    )
    // It changes nothing, but waits for whoever was faster and gives what they wrote.
    .onConflictDoUpdate({
      target: [roundAnswers.learnerId, roundAnswers.roundId, roundAnswers.position],
      set: { position: sql`${roundAnswers.position}` },
    })
    // A row that was there before is locked by the transaction that now gives it back; a new one by none.
    .returning({ ...getTableColumns(roundAnswers), isFirst: sql<boolean>`(xmax = 0)` })
    .prepare('answer_round')
  return async (answer) => {
    const [counts] = await statement.execute({
      ...answer,
      name: storable(answer.name),
      answeredAt: answer.answeredAt.toISOString(),
    })
    if (counts === undefined) throw new Error(`there is no learner ${answer.learnerId}`)
    const { isFirst, ...counted } = counts
    return { answer: counted, isFirst }
  }
}

const toQuestion = and(
  eq(roundAnswers.roundId, given(roundAnswers.roundId)),
  eq(roundAnswers.position, given(roundAnswers.position)),
)

/** @returns `answersTo`; see the store's port */
export function prepareAnswersTo(
  db: Database,
): (roundId: number, position: number) => Promise<GivenAnswer[]> {
  const { learnerId, name, choice, isRight } = roundAnswers
  const statement = db
    .select({ learnerId, name, choice, isRight })
    .from(roundAnswers)
    .where(toQuestion)
    .orderBy(asc(roundAnswers.answeredAt), asc(learnerId))
    .limit(ANSWERS_LISTED)
    .prepare('answers_to')
  return (roundId, position) => statement.execute({ roundId, position })
}

/** @returns `countAnswers`; see the store's port */
export function prepareCountAnswers(db: Database): (roundId: number, position: number) => Promise<number> {
  const statement = db
    .select({ count: sql<number>`count(*)::integer` })
    .from(roundAnswers)
    .where(toQuestion)
    .prepare('count_answers')
  return async (roundId, position) => {
    const [row] = await statement.execute({ roundId, position })
    return row?.count ?? 0
  }
}

/** @returns `standings`; see the store's port. A person goes by the name of their latest answer. */
export function prepareStandings(db: Database): (roundId: number) => Promise<Standing[]> {
  const statement = db
    .select({
      learnerId: roundAnswers.learnerId,
      name: sql<string>`(array_agg(${roundAnswers.name} order by ${roundAnswers.position} desc))[1]`,
      right: sql<number>`(count(*) filter (where ${roundAnswers.isRight}))::integer`,
      answered: sql<number>`count(*)::integer`,
    })
    .from(roundAnswers)
    .where(eq(roundAnswers.roundId, given(roundAnswers.roundId)))
    .groupBy(roundAnswers.learnerId)
    .prepare('standings')
  return async (roundId) => {
    const rows = await statement.execute({ roundId })
    // Here rather than in SQL, where the order would depend on how the server was installed.
    return rows.sort(
      (a, b) => b.right - a.right || a.name.localeCompare(b.name, 'en') || a.learnerId - b.learnerId,
    )
  }
}
