import { and, asc, eq, gte, inArray, isNull, ne, sql } from 'drizzle-orm'
import { type Candidate, type Choice, type ChosenQuestion, REST_DAYS } from '../core/daily/choose.ts'
import { QUESTIONS_DEFAULT } from '../core/daily/daily.ts'
import { addDays, type StudyDay } from '../core/studyDay.ts'
import type { Database } from './database.ts'
import type { Enqueue } from './enqueue.ts'
import { toCard } from './rows.ts'
import { cards, dailies, decks, roundQuestions, rounds, schedules, teamMembers, teams } from './schema.ts'
import { storable } from './storable.ts'

/** Cards looked at for ten questions: some are siblings, or have no form that all platforms take. */
const CANDIDATES = 300
/**
 * Of a larger team so many are asked about, each day others: what a team forgets shows in them, and the cost stays
 * bounded.
 */
const MEMBERS_ASKED_ABOUT = 1000
/** Nobody who has left long ago decides alone. */
const OVERDUE_MOST = 10

/** See the store's port. */
export function chooseDaily(
  db: Database,
  enqueue: Enqueue,
  roundId: number,
  choose: (choice: Choice) => readonly ChosenQuestion[],
): Promise<number | null> {
  return db.transaction(async (transaction) => {
    const [round] = await transaction.select().from(rounds).where(eq(rounds.id, roundId))
    if (round === undefined) return null
    const { platform, placeId, dailyOn: on, teamId, closesAt } = round
    if (placeId === null || on === null || teamId === null || closesAt === null) return null
    // The places of one team choose one after the other, and so the same; others may read the team meanwhile.
    const [team] = await transaction.select().from(teams).where(eq(teams.id, teamId)).for('no key update')
    const known = await questionsOf(transaction, roundId)
    if (known.length > 0) return known.length
    const isOfPlace = and(eq(dailies.platform, platform), eq(dailies.placeId, placeId))
    const [daily] = await transaction.select().from(dailies).where(isOfPlace)
    const deckIds = daily?.deckIds ?? team?.deckIds ?? null
    const chosen = choose({
      roundId,
      on,
      questions: daily?.questions ?? QUESTIONS_DEFAULT,
      asked: await askedElsewhere(transaction, roundId, teamId, on, deckIds),
      candidates: await candidatesOf(transaction, teamId, on, deckIds),
    })
    if (chosen.length === 0) return 0
    await transaction.insert(roundQuestions).values(
      chosen.map(({ cardId, choices, right, forgetting, studiedBy }, position) => ({
        roundId,
        position,
        cardId,
        choices: choices.map(storable),
        rightChoice: right,
        forgetting,
        studiedBy,
      })),
    )
    await enqueue(transaction, [{ kind: 'closeDaily', platform, roundId, at: closesAt }])
    return chosen.length
  })
}

/** What another place of the team is asked that day, as far as it is in these decks. */
async function askedElsewhere(
  transaction: Database,
  roundId: number,
  teamId: number,
  on: StudyDay,
  deckIds: readonly string[] | null,
): Promise<ChosenQuestion[]> {
  const [first] = await transaction
    .select({ roundId: roundQuestions.roundId })
    .from(rounds)
    .innerJoin(roundQuestions, eq(roundQuestions.roundId, rounds.id))
    .where(and(eq(rounds.teamId, teamId), eq(rounds.dailyOn, on), ne(rounds.id, roundId)))
    .orderBy(asc(rounds.id))
    .limit(1)
  if (first === undefined) return []
  const questions = await questionsOf(transaction, first.roundId)
  return questions
    .filter(({ deckId }) => deckIds === null || deckIds.includes(deckId))
    .map(({ deckId: _, ...question }) => question)
}

async function questionsOf(
  transaction: Database,
  roundId: number,
): Promise<(ChosenQuestion & { readonly deckId: string })[]> {
  const rows = await transaction
    .select({ question: roundQuestions, factId: cards.factId, deckId: cards.deckId })
    .from(roundQuestions)
    .innerJoin(cards, eq(cards.id, roundQuestions.cardId))
    .where(eq(roundQuestions.roundId, roundId))
    .orderBy(asc(roundQuestions.position))
  return rows.map(({ question, factId, deckId }) => ({
    cardId: question.cardId,
    factId,
    deckId,
    choices: question.choices,
    right: question.rightChoice,
    forgetting: question.forgetting ?? 0,
    studiedBy: question.studiedBy ?? 0,
  }))
}

/**
 * Cards that a team can be asked, those it forgets most first. The schedules of its members are read from the index of
 * each, once.
 */
async function candidatesOf(
  transaction: Database,
  teamId: number,
  on: StudyDay,
  deckIds: readonly string[] | null,
): Promise<Candidate[]> {
  const members = transaction
    .$with('members')
    .as(
      transaction
        .select({ learnerId: teamMembers.learnerId })
        .from(teamMembers)
        .where(eq(teamMembers.teamId, teamId))
        .orderBy(sql`md5(${teamMembers.learnerId}::text || ${on}::text)`)
        .limit(MEMBERS_ASKED_ABOUT),
    )
  const isDue = sql`${schedules.dueOn} <= ${on}::date and not ${schedules.suspended}`
  const overdue = sql`least(${OVERDUE_MOST}::float8,
    1 + (${on}::date - ${schedules.dueOn})::float8 / greatest(${schedules.intervalDays}, 1))`
  const fails = sql`${schedules.lapses} + case when ${schedules.repetitions} = 0 then 1 else 0 end`
  const state = transaction.$with('state').as(
    transaction
      .select({
        cardId: sql<string>`${schedules.cardId}`.as('state_card_id'),
        studiedBy: sql<number>`count(*)::integer`.as('studied_by'),
        forgetting: sql<number>`(count(*) filter (where ${isDue}))::integer`.as('forgetting'),
        overdue: sql<number>`coalesce(sum(${overdue}) filter (where ${isDue}), 0)::float8`.as('overdue'),
        fails: sql<number>`coalesce(sum(${fails}) filter (where ${isDue}), 0)::integer`.as('fails'),
      })
      .from(members)
      .innerJoin(schedules, eq(schedules.learnerId, members.learnerId))
      .where(sql`${schedules.dueOn} is not null`)
      .groupBy(schedules.cardId),
  )
  const asked = transaction.$with('asked').as(
    transaction
      .select({
        cardId: sql<string>`${roundQuestions.cardId}`.as('asked_card_id'),
        lastOn: sql<StudyDay>`max(${rounds.dailyOn})::text`.as('last_on'),
      })
      .from(rounds)
      .innerJoin(roundQuestions, eq(roundQuestions.roundId, rounds.id))
      .where(
        and(eq(rounds.teamId, teamId), gte(rounds.dailyOn, addDays(on, -REST_DAYS)), ne(rounds.dailyOn, on)),
      )
      .groupBy(roundQuestions.cardId),
  )
  const rows = await transaction
    .with(members, state, asked)
    .select({
      card: cards,
      forgetting: state.forgetting,
      studiedBy: state.studiedBy,
      overdue: state.overdue,
      fails: state.fails,
      lastAskedOn: asked.lastOn,
    })
    .from(cards)
    .innerJoin(decks, and(eq(decks.id, cards.deckId), isNull(decks.learnerId)))
    .leftJoin(state, eq(state.cardId, cards.id))
    .leftJoin(asked, eq(asked.cardId, cards.id))
    .where(
      and(
        isNull(cards.retiredAt),
        sql`jsonb_array_length(${cards.wrong}) > 0`,
        deckIds === null ? undefined : inArray(cards.deckId, [...deckIds]),
      ),
    )
    .orderBy(
      sql`${asked.lastOn} nulls first`,
      sql`coalesce(${state.overdue}, 0) + coalesce(${state.fails}, 0) desc`,
      sql`coalesce(${state.studiedBy}, 0)`,
      // Unseen cards in another order each day, the same on every server.
      sql`md5(${cards.id} || ${on}::text) collate "C"`,
    )
    .limit(CANDIDATES)
  return rows.map(({ card, forgetting, studiedBy, overdue, fails, lastAskedOn }) => ({
    card: toCard(card),
    forgetting: forgetting ?? 0,
    studiedBy: studiedBy ?? 0,
    overdue: overdue ?? 0,
    fails: fails ?? 0,
    lastAskedOn,
  }))
}
