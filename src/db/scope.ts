import { eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Scope } from '../core/store.ts'
import { given } from './database.ts'
import { cards, dayScores, decks, enrolments, schedules } from './schema.ts'

// Conditions on a row of `cards` in the enclosing query. Each is written so that the planner cannot turn it into a
// join, which may read whole tables first: what it needs of the learner is read once, when the first card is looked
// at, and kept in a small hash table for the others.

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

/** The deck is from the notes, or the given learner's own. */
export const isVisible: SQL = isVisibleTo(givenLearner)

/** The deck is from the notes, or this learner's own. */
export function isVisibleTo(learnerId: SQL): SQL {
  return sql`(${decks.learnerId} is null or ${decks.learnerId} = ${learnerId})`
}

/** The card belongs to the given deck, or to a deck the given learner is enrolled in. */
export function inScope(breadth: Breadth): SQL {
  if (breadth === 'one_deck') return eq(cards.deckId, given(cards.deckId))
  return sql`(${cards.deckId} in (
    select ${enrolments.deckId} from ${enrolments}
    where ${enrolments.learnerId} = ${givenLearner} and ${enrolments.enrolled}
  )) is true`
}

const answered = alias(cards, 'answered')

/**
 * No card of the same fact was answered by the given learner on the given study day. For a card that is due or
 * new this means: no sibling, since after an answer of its own it would be neither.
 */
export const noSiblingAnswered: SQL = sql`${cards.factId} not in (
  select coalesce(
    (select ${answered.factId} from ${cards} ${sql.identifier('answered')} where ${answered.id} = ${schedules.cardId}),
    ''
  )
  from ${schedules}
  where ${schedules.learnerId} = ${givenLearner} and ${schedules.answeredOn} = ${givenDay}
)`
