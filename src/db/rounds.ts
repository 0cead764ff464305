import { and, asc, eq, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import type { ChatKey } from '../core/chatStore.ts'
import type { Round, RoundStore } from '../core/quiz/roundStore.ts'
import { type Database, given, givenInstant } from './database.ts'
import { isClaimed, roundFields, toRound } from './roundRows.ts'
import { roundQuestions, rounds } from './schema.ts'
import { storableJson } from './storable.ts'

const onPlatform = eq(rounds.platform, given(rounds.platform))

/** @returns `openRound`; see the store's port */
export function prepareOpenRound(db: Database): RoundStore['openRound'] {
  // Of two at once the second waits at the unique index on open rounds, and then inserts nothing.
  const opened = db.$with('opened').as(
    db
      .insert(rounds)
      .values({
        platform: given(rounds.platform),
        chatId: given(rounds.chatId),
        deckId: given(rounds.deckId),
        secondsPerQuestion: given(rounds.secondsPerQuestion),
        startedAt: sql`${givenInstant('now')}`,
      })
      .onConflictDoNothing()
      .returning({ id: rounds.id }),
  )
  const asked = db.$with('asked').as(
    db
      .insert(roundQuestions)
      .select(
        sql`select ${opened.id}, number - 1, question ->> 'cardId', question -> 'choices',
            (question ->> 'right')::integer, null::integer, null::integer, null::text, null::text, null::timestamptz, null::timestamptz
          from ${opened},
            jsonb_array_elements(${sql.placeholder('questions')}::jsonb) with ordinality as each (question, number)`,
      )
      .returning({ position: roundQuestions.position }),
  )
  const statement = db.with(opened, asked).select({ id: opened.id }).from(opened).prepare('open_round')

  return async ({ place, deckId, secondsPerQuestion }, questions, now) => {
    const asking = questions.map(({ cardId, choices, right }) => ({ cardId, choices, right }))
    const [row] = await statement.execute({
      ...place,
      deckId,
      secondsPerQuestion,
      now: now.toISOString(),
      questions: storableJson(asking),
    })
    return row?.id ?? null
  }
}

/** @returns `roundAt`; see the store's port */
export function prepareRoundAt(db: Database): (place: ChatKey) => Promise<Round | null> {
  const statement = db
    .select(roundFields)
    .from(rounds)
    .where(
      and(
        onPlatform,
        eq(rounds.chatId, given(rounds.chatId)),
        isNull(rounds.endedAt),
        isNull(rounds.dailyOn),
      ),
    )
    .prepare('round_at')
  return async ({ platform, chatId }) => {
    const [row] = await statement.execute({ platform, chatId })
    return row === undefined ? null : toRound(row)
  }
}

/** @returns `idleRounds`; see the store's port. The one open for longest comes first. */
export function prepareIdleRounds(db: Database): (platform: ChatKey['platform']) => Promise<Round[]> {
  const isOnShow = isNotNull(roundQuestions.messageId)
  const askedOrClaimed = db
    .select({ position: roundQuestions.position })
    .from(roundQuestions)
    .where(
      and(eq(roundQuestions.roundId, rounds.id), isNull(roundQuestions.closedAt), or(isOnShow, isClaimed)),
    )
  const statement = db
    .select(roundFields)
    .from(rounds)
    .where(and(onPlatform, isNull(rounds.endedAt), isNull(rounds.dailyOn), notExists(askedOrClaimed)))
    .orderBy(asc(rounds.id))
    .prepare('idle_rounds')
  return async (platform) => (await statement.execute({ platform })).map(toRound)
}

/** @returns `endRound`; see the store's port */
export function prepareEndRound(db: Database): (roundId: number, now: Date) => Promise<boolean> {
  const statement = db
    .update(rounds)
    .set({ endedAt: givenInstant('now') })
    .where(and(eq(rounds.id, given(rounds.id)), isNull(rounds.endedAt)))
    .returning({ id: rounds.id })
    .prepare('end_round')
  return async (id, now) => (await statement.execute({ id, now: now.toISOString() })).length > 0
}
