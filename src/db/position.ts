import { and, asc, eq, gt, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { cards, decks, enrolments, schedules } from './schema.ts'

/**
 * How far an enrolment's position may lag behind. Looking for a new card passes over every started card beyond
 * the position, so this bounds that walk; moving the position at every start would cost each start a write.
 */
export const POSITION_LAG_LIMIT = 50

/**
 * True for a card of the outer query that a learner could take as new: never answered, or every answer taken
 * back, and not suspended. A scalar subquery, because the planner would turn `not exists` into a join that
 * reads the whole deck.
 */
export function isUnseen(learnerId: SQL, card: { readonly id: SQLWrapper }): SQL<boolean> {
  return sql`coalesce((
    select ${schedules.dueOn} is null and not ${schedules.suspended} from ${schedules}
    where ${schedules.learnerId} = ${learnerId} and ${schedules.cardId} = ${card.id}
  ), true)`
}

/**
 * Moves an enrolment's position up to just before the first card that is still new to the learner, if it lags
 * by at least {@link POSITION_LAG_LIMIT}.
 */
export async function advancePosition(db: Database, learnerId: number, deckId: string): Promise<void> {
  const enrolment = and(eq(enrolments.learnerId, learnerId), eq(enrolments.deckId, deckId))
  const firstUnseen = db
    .select({ seq: cards.seq })
    .from(cards)
    .where(
      and(
        eq(cards.deckId, deckId),
        gt(cards.seq, enrolments.position),
        isNull(cards.retiredAt),
        isUnseen(sql`${learnerId}`, cards),
      ),
    )
    .orderBy(asc(cards.seq))
    .limit(1)
  const target = sql<number>`coalesce((${firstUnseen}), ${decks.nextSeq}) - 1`

  // Without a lock first: where a card near the position was never started, there is nothing to move.
  const [now] = await db
    .select({ lag: sql<number>`(${target} - ${enrolments.position})::integer` })
    .from(enrolments)
    .innerJoin(decks, eq(decks.id, enrolments.deckId))
    .where(enrolment)
  if (now === undefined || now.lag < POSITION_LAG_LIMIT) return

  await db.transaction(async (transaction) => {
    // Lock, then look: taking back a first answer lowers the position in the same statement. It either
    // committed before this lock, and the next statement sees the card unseen, or it waits for this
    // transaction, and lowers the new position.
    await transaction.select().from(enrolments).where(enrolment).for('update')
    await transaction
      .update(enrolments)
      .set({ position: sql`greatest(${enrolments.position}, ${target})` })
      .from(decks)
      .where(and(enrolment, eq(decks.id, enrolments.deckId)))
  })
}
