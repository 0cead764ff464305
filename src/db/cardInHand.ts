import { and, eq, type SQL } from 'drizzle-orm'
import type { CardInHand } from '../core/store.ts'
import { type Database, given } from './database.ts'
import { toCardInHand } from './rows.ts'
import { cards, decks, schedules } from './schema.ts'
import { givenLearner } from './scope.ts'

/** What a query selects to give a `CardInHand`; it joins decks and, where there is one, the schedule. */
export const cardInHandFields = { card: cards, deckTitle: decks.title, schedule: schedules }

/** The card with this id, as the given learner stands to it. */
export function selectCardInHand(db: Database, cardId: SQL) {
  return db
    .select(cardInHandFields)
    .from(cards)
    .innerJoin(decks, eq(decks.id, cards.deckId))
    .leftJoin(schedules, and(eq(schedules.learnerId, givenLearner), eq(schedules.cardId, cards.id)))
    .where(eq(cards.id, cardId))
}

/** @returns `card`; see the store's port */
export function prepareCard(db: Database): (learnerId: number, cardId: string) => Promise<CardInHand | null> {
  const byId = selectCardInHand(db, given(cards.id, 'cardId')).prepare('card_in_hand')
  return async (learnerId, cardId) => {
    const [row] = await byId.execute({ learnerId, cardId })
    return row === undefined ? null : toCardInHand(row)
  }
}
