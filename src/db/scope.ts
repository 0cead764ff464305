import { eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Scope } from '../core/store.ts'
import { given } from './database.ts'
import { cards, dayScores, enrolments, schedules } from './schema.ts'

// Conditions on a row of `cards` in the enclosing query. They are scalar subqueries on purpose: each is looked
// up by key for one card at a time, and only until enough cards are found. `exists` would say the same, but
// the planner may turn it into a join that reads whole tables first.

/** A question about one deck and one about all enrolled decks are two statements, each with its own plan. */
export type Breadth = 'one_deck' | 'all_decks'

/** Which of the two statements answers for a scope. */
export function breadthOf(scope: Scope): Breadth {
  return scope.deckId === null ? 'all_decks' : 'one_deck'
}

/** The learner of a prepared query. */
export const givenLearner = given(schedules.learnerId)

/** The study day of a prepared query. */
export const givenDay = given(dayScores.studyDay)

/** The card belongs to the given deck, or to a deck the given learner is enrolled in. */
export function inScope(breadth: Breadth): SQL {
  if (breadth === 'one_deck') return eq(cards.deckId, given(cards.deckId))
  return sql`(
    select ${enrolments.enrolled} from ${enrolments}
    where ${enrolments.learnerId} = ${givenLearner} and ${enrolments.deckId} = ${cards.deckId}
  )`
}

const sibling = alias(cards, 'sibling')

/** No other card of the same fact was answered by the given learner on the given study day. */
export const noSiblingAnswered: SQL = sql`(
  select true from ${cards} ${sql.identifier('sibling')}
  where ${sibling.factId} = ${cards.factId} and ${sibling.id} <> ${cards.id} and (
    select ${schedules.answeredOn} = ${givenDay} from ${schedules}
    where ${schedules.learnerId} = ${givenLearner} and ${schedules.cardId} = ${sibling.id}
  )
  limit 1
) is null`
