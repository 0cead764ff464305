import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { CardInHand } from '../core/cardInHand.ts'
import type { Scope } from '../core/store.ts'
import { cardInHandFields } from './cardInHand.ts'
import { type Database, given } from './database.ts'
import { isUnseen } from './position.ts'
import { toCardInHand } from './rows.ts'
import { cards, dayScores, decks, enrolments, schedules } from './schema.ts'
import { type Breadth, breadthOf, givenDay, givenLearner, isVisible, noSiblingAnswered } from './scope.ts'

/**
 * Walks each deck's order of introduction from the learner's position on, and stops as soon as it has enough
 * cards: the size of the deck does not matter.
 *
 * @returns `newCards`; see the store's port
 */
export function prepareNewCards(db: Database): (scope: Scope, limit: number) => Promise<CardInHand[]> {
  const statements = { one_deck: prepare(db, 'one_deck'), all_decks: prepare(db, 'all_decks') }

  return async (scope, limit) => {
    if (limit <= 0) return []
    const rows = await statements[breadthOf(scope)].execute({ ...scope, limit })
    // Siblings within a deck are left out by the query; this is for a fact whose cards lie in two decks.
    const facts = new Set<string>()
    const firsts = rows.filter(({ card: { factId } }) => !facts.has(factId) && facts.add(factId))
    return firsts.map(toCardInHand)
  }
}

function prepare(db: Database, breadth: Breadth) {
  const from = breadth === 'one_deck' ? theDeck(db) : enrolledDecks(db)
  const earlier = alias(cards, 'earlier')
  const candidate = db
    .select({ id: cards.id, seq: cards.seq })
    .from(cards)
    .where(
      and(
        eq(cards.deckId, from.id),
        gt(cards.seq, from.position),
        isNull(cards.retiredAt),
        isUnseen(givenLearner, cards),
        noSiblingAnswered,
        sql`(
          select true from ${cards} ${sql.identifier('earlier')}
          where ${earlier.factId} = ${cards.factId} and ${earlier.deckId} = ${cards.deckId}
            and ${earlier.seq} < ${cards.seq} and ${earlier.retiredAt} is null
            and ${isUnseen(givenLearner, earlier)}
          limit 1
        ) is null`,
      ),
    )
    .orderBy(asc(cards.seq))
    .limit(sql.placeholder('limit'))
    .as('candidate')
  const picked = db
    .select({ starts: from.starts, sortTitle: from.sortTitle, cardId: candidate.id, seq: candidate.seq })
    .from(from)
    .innerJoinLateral(candidate, sql`true`)
    .orderBy(asc(from.starts), asc(from.sortTitle), asc(from.id), asc(candidate.seq))
    .limit(sql.placeholder('limit'))
    .as('picked')
  return db
    .select(cardInHandFields)
    .from(picked)
    .innerJoin(cards, eq(cards.id, picked.cardId))
    .innerJoin(decks, eq(decks.id, cards.deckId))
    .leftJoin(schedules, and(eq(schedules.learnerId, givenLearner), eq(schedules.cardId, cards.id)))
    .orderBy(asc(picked.starts), asc(picked.sortTitle), asc(cards.deckId), asc(picked.seq))
    .prepare(`new_cards_${breadth}`)
}

// Names that no column bears: drizzle writes an alias without its table, so within the subquery on `cards` a
// plain "deck_id" would mean the card's own.
const deckFields = {
  id: decks.id,
  sortTitle: sql<string>`lower(${decks.title}) collate "C"`.as('deck_sort_title'),
  position: sql<number>`coalesce(${enrolments.position}, 0)`.as('deck_position'),
  starts: sql<number>`coalesce(${dayScores.starts}, 0)`.as('deck_starts'),
}

const scoreOfDay = and(
  eq(dayScores.learnerId, givenLearner),
  eq(dayScores.studyDay, givenDay),
  eq(dayScores.deckId, decks.id),
)

function enrolledDecks(db: Database) {
  return (
    db
      .select(deckFields)
      .from(enrolments)
      .innerJoin(decks, eq(decks.id, enrolments.deckId))
      .leftJoin(dayScores, scoreOfDay)
      .where(and(eq(enrolments.learnerId, givenLearner), enrolments.enrolled))
      // Sorted here, so that a deck is walked only once the decks before it have given too few cards.
      .orderBy(asc(sql`deck_starts`), asc(sql`deck_sort_title`), asc(decks.id))
      .as('deck')
  )
}

function theDeck(db: Database) {
  return db
    .select(deckFields)
    .from(decks)
    .leftJoin(enrolments, and(eq(enrolments.learnerId, givenLearner), eq(enrolments.deckId, decks.id)))
    .leftJoin(dayScores, scoreOfDay)
    .where(and(eq(decks.id, given(decks.id, 'deckId')), isVisible))
    .as('deck')
}
