import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { cards, roundAnswers, roundQuestions } from './schema.ts'

/** Questions of rounds about a card that is not there; retired ones are. */
export async function questionsWithoutCard(db: Database): Promise<string[]> {
  const rows = await db
    .select({
      roundId: roundQuestions.roundId,
      position: roundQuestions.position,
      cardId: roundQuestions.cardId,
    })
    .from(roundQuestions)
    .leftJoin(cards, eq(cards.id, roundQuestions.cardId))
    .where(isNull(cards.id))
  return rows.map(
    ({ roundId, position, cardId }) => `round ${roundId}, question ${position}: there is no card ${cardId}`,
  )
}

/** Answers of a learner to questions that were never asked, or that count as something else than they are. */
export async function answerDifferences(db: Database, learnerId: number): Promise<string[]> {
  const rows = await db
    .select({
      roundId: roundAnswers.roundId,
      position: roundAnswers.position,
      choice: roundAnswers.choice,
      isRight: roundAnswers.isRight,
      rightChoice: roundQuestions.rightChoice,
    })
    .from(roundAnswers)
    .leftJoin(
      roundQuestions,
      and(
        eq(roundQuestions.roundId, roundAnswers.roundId),
        eq(roundQuestions.position, roundAnswers.position),
      ),
    )
    .where(
      and(
        eq(roundAnswers.learnerId, learnerId),
        or(
          isNull(roundQuestions.rightChoice),
          ne(roundAnswers.isRight, sql`(${roundAnswers.choice} = ${roundQuestions.rightChoice})`),
        ),
      ),
    )
  return rows.map(({ roundId, position, choice, isRight, rightChoice }) => {
    const place = `learner ${learnerId}, round ${roundId}, question ${position}`
    return rightChoice === null
      ? `${place}: there is an answer, but no such question`
      : `${place}: choice ${choice} counts as ${isRight ? 'right' : 'wrong'}, the right one is ${rightChoice}`
  })
}
