import { and, asc, eq, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import { type ChosenBy, type DailyRound, NAMES_MOST } from '../core/daily/daily.ts'
import { dailyKey } from '../core/daily/dailyKey.ts'
import type { DailyStore, UnfinishedDaily } from '../core/daily/dailyStore.ts'
import { type Database, given } from './database.ts'
import { toRoundQuestion } from './roundRows.ts'
import { cards, decks, learners, places, roundAnswers, roundQuestions, rounds } from './schema.ts'

/** @returns `dailyRound`; see the store's port */
export function prepareDailyRound(db: Database): DailyStore['dailyRound'] {
  const statement = db
    .select({
      round: rounds,
      placeName: places.name,
      question: roundQuestions,
      card: {
        prompt: cards.prompt,
        explanation: cards.explanation,
        file: cards.sourceFile,
        line: cards.sourceLine,
      },
      deckTitle: decks.title,
    })
    .from(rounds)
    .leftJoin(places, and(eq(places.platform, rounds.platform), eq(places.placeId, rounds.placeId)))
    .leftJoin(roundQuestions, eq(roundQuestions.roundId, rounds.id))
    .leftJoin(cards, eq(cards.id, roundQuestions.cardId))
    .leftJoin(decks, eq(decks.id, cards.deckId))
    .where(and(eq(rounds.id, given(rounds.id)), isNotNull(rounds.dailyOn)))
    .orderBy(asc(roundQuestions.position))
    .prepare('daily_round')
  return async (roundId) => {
    const rows = await statement.execute({ id: roundId })
    const [first] = rows
    if (first === undefined) return null
    const { id, platform, placeId, chatId, dailyOn, teamId, startedAt, closesAt, endedAt } = first.round
    if (placeId === null || dailyOn === null || teamId === null || closesAt === null) return null
    return {
      id,
      teamId,
      place: { platform, placeId },
      placeName: first.placeName ?? '',
      chatId,
      on: dailyOn,
      startedAt,
      closesAt,
      ended: endedAt !== null,
      questions: rows.flatMap(({ question, card, deckTitle }): DailyRound['questions'] => {
        if (question === null) return []
        return [
          {
            ...toRoundQuestion(question),
            prompt: card?.prompt ?? '',
            explanation: card?.explanation ?? '',
            source: card === null ? '' : `${card.file}:${card.line}`,
            deckTitle: deckTitle ?? '',
            forgetting: question.forgetting ?? 0,
            studiedBy: question.studiedBy ?? 0,
            messageId: question.messageId,
            closed: question.closedAt !== null,
          },
        ]
      }),
    }
  }
}

/** @returns `unfinishedDailies`; see the store's port */
export async function unfinishedDailies(db: Database): Promise<UnfinishedDaily[]> {
  const chosen = db.select({ one: sql`1` }).from(roundQuestions).where(eq(roundQuestions.roundId, rounds.id))
  const rows = await db
    .select({
      roundId: rounds.id,
      platform: rounds.platform,
      closesAt: rounds.closesAt,
      isChosen: sql<boolean>`exists ${chosen}`,
    })
    .from(rounds)
    .where(and(isNotNull(rounds.dailyOn), isNull(rounds.endedAt)))
    .orderBy(asc(rounds.id))
  return rows.flatMap(({ closesAt, ...row }) => (closesAt === null ? [] : [{ ...row, closesAt }]))
}

const ofRound = eq(roundAnswers.roundId, given(roundAnswers.roundId))

/** @returns `dailyAnswers`; see the store's port */
export function prepareDailyAnswers(db: Database): DailyStore['dailyAnswers'] {
  const named = sql`array_agg(${roundAnswers.name} order by ${roundAnswers.answeredAt}, ${roundAnswers.learnerId})
    filter (where not ${learners.hidden})`
  const statement = db
    .select({
      position: roundAnswers.position,
      choice: roundAnswers.choice,
      count: sql<number>`count(*)::integer`,
      names: sql<readonly string[]>`coalesce(to_jsonb((${named})[1:${sql.raw(String(NAMES_MOST))}]), '[]')`,
    })
    .from(roundAnswers)
    .innerJoin(learners, eq(learners.id, roundAnswers.learnerId))
    .where(and(ofRound, not(roundAnswers.late)))
    .groupBy(roundAnswers.position, roundAnswers.choice)
    .prepare('daily_answers')
  return async ({ id, questions }) => {
    const rows = await statement.execute({ roundId: id })
    return questions.map(({ position, choices }) =>
      choices.map((_, choice): ChosenBy => {
        const row = rows.find((each) => each.position === position && each.choice === choice)
        return { count: row?.count ?? 0, names: row?.names ?? [] }
      }),
    )
  }
}

/** @returns `dailyPlayers`; see the store's port */
export function prepareDailyPlayers(db: Database): DailyStore['dailyPlayers'] {
  const statement = db
    .select({ players: sql<number>`count(distinct ${roundAnswers.learnerId})::integer` })
    .from(roundAnswers)
    .where(and(ofRound, not(roundAnswers.late)))
    .prepare('daily_players')
  return async (roundId) => (await statement.execute({ roundId }))[0]?.players ?? 0
}

/** @returns `dailyAnswersOf`; see the store's port */
export function prepareDailyAnswersOf(db: Database): DailyStore['dailyAnswersOf'] {
  // Two columns of different indices: each is looked up on its own.
  const keys: SQL = sql`${roundAnswers.dailyKey} in (select jsonb_array_elements_text(${sql.placeholder('keys')}::jsonb))`
  const statement = db
    .select({
      roundId: roundAnswers.roundId,
      position: roundAnswers.position,
      choice: roundAnswers.choice,
      dailyKey: roundAnswers.dailyKey,
    })
    .from(roundAnswers)
    .where(and(eq(roundAnswers.learnerId, given(roundAnswers.learnerId)), or(ofRound, keys)))
    .prepare('daily_answers_of')
  return async (round, learnerId) => {
    const keyOf = new Map(round.questions.map(({ cardId, position }) => [dailyKey(round, cardId), position]))
    const rows = await statement.execute({
      learnerId,
      roundId: round.id,
      keys: JSON.stringify([...keyOf.keys()]),
    })
    return new Map(
      rows.flatMap(({ roundId, position, choice, dailyKey }) => {
        const own = roundId === round.id ? position : keyOf.get(dailyKey ?? '')
        return own === undefined ? [] : [[own, choice] as const]
      }),
    )
  }
}
