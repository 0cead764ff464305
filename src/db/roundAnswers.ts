import { and, asc, eq, getTableColumns, isNull, not, or, sql } from 'drizzle-orm'
import type { Platform } from '../core/learner.ts'
import {
  ANSWERS_LISTED,
  type CountedAnswer,
  type GivenAnswer,
  type RoundAnswer,
  type Standing,
} from '../core/quiz/roundStore.ts'
import { type Database, given, givenInstant } from './database.ts'
import { learners, roundAnswers, rounds } from './schema.ts'
import { storable } from './storable.ts'

const toQuestion = and(
  eq(roundAnswers.roundId, given(roundAnswers.roundId)),
  eq(roundAnswers.position, given(roundAnswers.position)),
)

/** Left out: what was made up for after the round had closed. */
const inTime = not(roundAnswers.late)

const platformOfRound = sql<Platform>`(
  select ${rounds.platform} from ${rounds} where ${rounds.id} = ${roundAnswers.roundId}
)`

/**
 * @returns `answerRound`; see the store's port. It throws when there is no such learner: forgotten meanwhile.
 */
export function prepareAnswerRound(db: Database): (answer: RoundAnswer) => Promise<CountedAnswer> {
  const insert = db
    .insert(roundAnswers)
    .select(
      sql`select ${learners.id}, ${given(roundAnswers.roundId)}, ${given(roundAnswers.position)},
          ${given(roundAnswers.name)}, ${given(roundAnswers.choice)}, ${given(roundAnswers.isRight)},
          ${given(roundAnswers.reviewCount)}, ${givenInstant('answeredAt')}, ${given(roundAnswers.dailyKey)},
          ${given(roundAnswers.late)}
        from ${learners} where ${learners.id} = ${given(roundAnswers.learnerId)}`,
    )
    // It waits for whoever is faster, here or in another place of the team.
    .onConflictDoNothing()
    .returning({ ...getTableColumns(roundAnswers), platform: platformOfRound })
    .prepare('answer_round')
  const earlier = db
    .select({ ...getTableColumns(roundAnswers), platform: rounds.platform })
    .from(roundAnswers)
    .innerJoin(rounds, eq(rounds.id, roundAnswers.roundId))
    .where(
      and(
        eq(roundAnswers.learnerId, given(roundAnswers.learnerId)),
        or(toQuestion, eq(roundAnswers.dailyKey, given(roundAnswers.dailyKey))),
      ),
    )
    .limit(1)
    .prepare('earlier_answer')
  return async (answer) => {
    const values = { ...answer, name: storable(answer.name), answeredAt: answer.answeredAt.toISOString() }
    const [first] = await insert.execute(values)
    // A statement of its own: it sees what was written while the first one waited.
    const [counts] = first === undefined ? await earlier.execute(values) : [first]
    if (counts === undefined) throw new Error(`there is no learner ${answer.learnerId}`)
    const { platform, ...counted } = counts
    return { answer: counted, isFirst: first !== undefined, platform }
  }
}

/** @returns `answersTo`; see the store's port */
export function prepareAnswersTo(
  db: Database,
): (roundId: number, position: number) => Promise<GivenAnswer[]> {
  const { learnerId, choice, isRight } = roundAnswers
  const statement = db
    .select({
      learnerId,
      name: sql<string | null>`case when ${learners.hidden} then null else ${roundAnswers.name} end`,
      choice,
      isRight,
    })
    .from(roundAnswers)
    .innerJoin(learners, eq(learners.id, learnerId))
    .where(and(toQuestion, inTime))
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
    .where(and(toQuestion, inTime))
    .prepare('count_answers')
  return async (roundId, position) => {
    const [row] = await statement.execute({ roundId, position })
    return row?.count ?? 0
  }
}

/** Nobody else sees how it went. */
const isTakenAlone = and(isNull(rounds.secondsPerQuestion), isNull(rounds.dailyOn))

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
    .innerJoin(learners, eq(learners.id, roundAnswers.learnerId))
    .innerJoin(rounds, eq(rounds.id, roundAnswers.roundId))
    .where(
      and(
        eq(roundAnswers.roundId, given(roundAnswers.roundId)),
        inTime,
        or(not(learners.hidden), isTakenAlone),
      ),
    )
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
