import { and, asc, eq, isNotNull, isNull, lte, not, type SQL, sql } from 'drizzle-orm'
import type { ChatKey } from '../core/chatStore.ts'
import type { OpenQuestion, RoundQuestion, RoundStore } from '../core/quiz/roundStore.ts'
import { type Database, given, givenInstant } from './database.ts'
import { isClaimed, roundFields, toOpenQuestion, toRoundQuestion } from './roundRows.ts'
import { roundQuestions, rounds } from './schema.ts'

const ofRound = eq(roundQuestions.roundId, given(roundQuestions.roundId))
const isOne = and(ofRound, eq(roundQuestions.position, given(roundQuestions.position)))
const onPlatform = eq(rounds.platform, given(rounds.platform))
/** Neither sent, nor closed because it could not be. */
const waits = and(isNull(roundQuestions.messageId), isNull(roundQuestions.closedAt))

/** Sent questions, each with its round, in the order in which they close. */
function selectSent(db: Database, condition: SQL | undefined) {
  return db
    .select({ question: roundQuestions, round: roundFields })
    .from(roundQuestions)
    .innerJoin(rounds, eq(rounds.id, roundQuestions.roundId))
    .where(and(isNotNull(roundQuestions.messageId), condition))
    .orderBy(asc(roundQuestions.closesAt), asc(roundQuestions.roundId), asc(roundQuestions.position))
}

/** @returns `nextQuestion`; see the store's port. A round that has ended has none. */
export function prepareNextQuestion(db: Database): (roundId: number) => Promise<RoundQuestion | null> {
  const statement = db
    .select({ question: roundQuestions })
    .from(roundQuestions)
    .innerJoin(rounds, eq(rounds.id, roundQuestions.roundId))
    .where(and(ofRound, waits, isNull(rounds.endedAt)))
    .orderBy(asc(roundQuestions.position))
    .limit(1)
    .prepare('next_question')
  return async (roundId) => {
    const [row] = await statement.execute({ roundId })
    return row === undefined ? null : toRoundQuestion(row.question)
  }
}

/** Longer than a platform lets a call wait, flood control apart. */
const CLAIM_SECONDS = 60

/** @returns `claimQuestion`; see the store's port */
export function prepareClaimQuestion(db: Database): RoundStore['claimQuestion'] {
  const statement = db
    .update(roundQuestions)
    .set({ closesAt: sql`now() + make_interval(secs => ${CLAIM_SECONDS})` })
    .where(and(isOne, waits, not(sql`coalesce(${isClaimed}, false)`)))
    .returning({ position: roundQuestions.position })
    .prepare('claim_question')
  return async ({ roundId, position }) => (await statement.execute({ roundId, position })).length > 0
}

/** @returns `releaseQuestion`; see the store's port */
export async function releaseQuestion(db: Database, { roundId, position }: RoundQuestion): Promise<void> {
  await db
    .update(roundQuestions)
    .set({ closesAt: null })
    .where(and(eq(roundQuestions.roundId, roundId), eq(roundQuestions.position, position), waits))
}

/** @returns `questionOnShow`; see the store's port */
export function prepareQuestionOnShow(db: Database): (roundId: number) => Promise<OpenQuestion | null> {
  const statement = selectSent(db, and(ofRound, isNull(roundQuestions.closedAt))).prepare('question_on_show')
  return async (roundId) => {
    const [row] = await statement.execute({ roundId })
    return row === undefined ? null : toOpenQuestion(row)
  }
}

/** @returns `questionSent`; see the store's port */
export function prepareQuestionSent(db: Database): RoundStore['questionSent'] {
  const statement = db
    .update(roundQuestions)
    .set({
      externalId: given(roundQuestions.externalId),
      messageId: given(roundQuestions.messageId),
      closesAt: givenInstant('closesAt'),
    })
    .where(and(isOne, waits))
    .returning({ position: roundQuestions.position })
    .prepare('question_sent')
  return async ({ roundId, position }, { externalId, messageId, closesAt }) => {
    const rows = await statement.execute({
      roundId,
      position,
      externalId,
      messageId,
      closesAt: closesAt?.toISOString() ?? null,
    })
    return rows.length > 0
  }
}

/** @returns `questionByExternalId`; see the store's port */
export function prepareQuestionByExternalId(
  db: Database,
): (platform: ChatKey['platform'], externalId: string) => Promise<OpenQuestion | null> {
  const statement = selectSent(
    db,
    and(eq(roundQuestions.externalId, given(roundQuestions.externalId)), onPlatform),
  ).prepare('question_by_external_id')
  return async (platform, externalId) => {
    const [row] = await statement.execute({ platform, externalId })
    return row === undefined ? null : toOpenQuestion(row)
  }
}

/** @returns `questionsToClose`; see the store's port. The one whose time is over for longest comes first. */
export function prepareQuestionsToClose(
  db: Database,
): (platform: ChatKey['platform'], now: Date) => Promise<OpenQuestion[]> {
  const statement = selectSent(
    db,
    and(
      isNull(roundQuestions.closedAt),
      lte(roundQuestions.closesAt, givenInstant('now')),
      isNull(rounds.dailyOn),
      onPlatform,
    ),
  ).prepare('questions_to_close')
  return async (platform, now) => {
    const rows = await statement.execute({ platform, now: now.toISOString() })
    return rows.map(toOpenQuestion)
  }
}

/** @returns `closeQuestion`; see the store's port. One that was not sent yet is not sent any more. */
export function prepareCloseQuestion(db: Database): (roundId: number, position: number) => Promise<boolean> {
  const statement = db
    .update(roundQuestions)
    .set({ closedAt: sql`now()` })
    .where(and(isOne, isNull(roundQuestions.closedAt)))
    .returning({ position: roundQuestions.position })
    .prepare('close_question')
  return async (roundId, position) => (await statement.execute({ roundId, position })).length > 0
}
