import { type InferSelectModel, sql } from 'drizzle-orm'
import type { OpenQuestion, Round, RoundQuestion } from '../core/quiz/roundStore.ts'
import type { StudyDay } from '../core/studyDay.ts'
import { roundQuestions, rounds } from './schema.ts'

type QuestionRow = InferSelectModel<typeof roundQuestions>

/** What a query selects to give a `Round`. */
export const roundFields = {
  id: rounds.id,
  platform: rounds.platform,
  chatId: rounds.chatId,
  deckId: rounds.deckId,
  secondsPerQuestion: rounds.secondsPerQuestion,
  placeId: rounds.placeId,
  teamId: rounds.teamId,
  dailyOn: rounds.dailyOn,
  questions: sql<number>`(
    select count(*)::integer from ${roundQuestions} ${sql.identifier('counted')}
    where ${sql.identifier('counted')}.round_id = ${rounds.id}
  )`.as('questions'),
}

/**
 * Of a question that was not sent: somebody is about to. Until it is sent, `closes_at` says how long that is believed,
 * by the database's clock.
 */
export const isClaimed = sql`${roundQuestions.closesAt} > now()`

interface RoundRow extends Omit<Round, 'place' | 'daily'> {
  readonly platform: Round['place']['platform']
  readonly chatId: string
  readonly placeId: string | null
  readonly teamId: number | null
  readonly dailyOn: StudyDay | null
}

/** The round a row stands for. */
export function toRound({ platform, chatId, placeId, teamId, dailyOn, ...round }: RoundRow): Round {
  const daily =
    placeId === null || teamId === null || dailyOn === null
      ? null
      : { place: { platform, placeId }, teamId, on: dailyOn }
  return { ...round, place: { platform, chatId }, daily }
}

/** The question a row stands for. */
export function toRoundQuestion(row: QuestionRow): RoundQuestion {
  const { roundId, position, cardId, choices, rightChoice } = row
  return { roundId, position, cardId, choices, right: rightChoice }
}

/** The question that was sent, with its round. */
export function toOpenQuestion(row: {
  readonly question: QuestionRow
  readonly round: RoundRow
}): OpenQuestion {
  const { messageId, closesAt, closedAt } = row.question
  return {
    ...toRoundQuestion(row.question),
    round: toRound(row.round),
    messageId: messageId ?? '',
    closesAt,
    closed: closedAt !== null,
  }
}
