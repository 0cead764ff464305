import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { CardInHand } from '../core/cardInHand.ts'
import type { StudyDay } from '../core/studyDay.ts'
import { cardInHandFields } from './cardInHand.ts'
import type { Database } from './database.ts'
import { toCardInHand } from './rows.ts'
import { cards, decks, enrolments, schedules } from './schema.ts'
import { type Breadth, givenDay, givenLearner, inScope } from './scope.ts'

/**
 * Looks at every card of the decks: a shuffle that starts somewhere else each time cannot stop early. A round
 * asks once, not at every press.
 *
 * @returns `quizCards`; see the store's port
 */
export function prepareQuizCards(
  db: Database,
): (
  learnerId: number,
  deckId: string | null,
  today: StudyDay,
  seed: string,
  limit: number,
) => Promise<CardInHand[]> {
  const statements = { one_deck: prepare(db, 'one_deck'), all_decks: prepare(db, 'all_decks') }
  return async (learnerId, deckId, today, seed, limit) => {
    const statement = statements[deckId === null ? 'all_decks' : 'one_deck']
    const rows = await statement.execute({ learnerId, deckId, studyDay: today, seed, limit })
    return rows.map(toCardInHand)
  }
}

function prepare(db: Database, breadth: Breadth) {
  const ownSchedule = and(eq(schedules.learnerId, givenLearner), eq(schedules.cardId, cards.id))
  const firstOfFact = db
    .selectDistinctOn([cards.factId], {
      cardId: sql<string>`${cards.id}`.as('picked_card_id'),
      isDue: sql<boolean>`coalesce(${schedules.dueOn} <= ${givenDay}, false)`.as('is_due'),
      // The same on every server, whatever its collation and its random numbers.
      place: sql<string>`md5(${cards.id} || ${sql.placeholder('seed')}::text) collate "C"`.as('place'),
    })
    .from(cards)
    // What a person made for themselves is asked nobody else.
    .innerJoin(decks, and(eq(decks.id, cards.deckId), isNull(decks.learnerId)))
    .leftJoin(schedules, ownSchedule)
    .where(
      and(
        isNull(cards.retiredAt),
        sql`jsonb_array_length(${cards.wrong}) > 0`,
        sql`${schedules.suspended} is not true`,
        breadth === 'one_deck' ? inScope(breadth) : inEnrolledOrAll,
      ),
    )
    .orderBy(asc(cards.factId), desc(sql`is_due`), asc(sql`place`))
    .as('first_of_fact')
  const picked = db
    .select()
    .from(firstOfFact)
    .orderBy(desc(firstOfFact.isDue), asc(firstOfFact.place))
    .limit(sql.placeholder('limit'))
    .as('picked')
  return db
    .select(cardInHandFields)
    .from(picked)
    .innerJoin(cards, eq(cards.id, picked.cardId))
    .innerJoin(decks, eq(decks.id, cards.deckId))
    .leftJoin(schedules, ownSchedule)
    .orderBy(desc(picked.isDue), asc(picked.place))
    .prepare(`quiz_cards_${breadth}`)
}

const joined = alias(decks, 'joined')

const inEnrolledOrAll: SQL = sql`(${inScope('all_decks')} or (
  select true from ${enrolments} join ${decks} ${sql.identifier('joined')} on ${joined.id} = ${enrolments.deckId}
  where ${enrolments.learnerId} = ${givenLearner} and ${enrolments.enrolled} and ${joined.learnerId} is null
  limit 1
) is null)`
