import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { learners, schedules } from './schema.ts'

/**
 * Keeps everything that would be written of a learner waiting until the transaction ends. First answers to cards, and
 * rows with a foreign key to the learner, wait at the learner's row; later answers at the schedule's. The order is that
 * in which `appendMany` locks, so that neither waits for the other.
 */
export async function lockLearner(transaction: Database, learnerId: number): Promise<void> {
  await transaction.select().from(learners).where(eq(learners.id, learnerId)).for('update')
  await transaction
    .select({ cardId: schedules.cardId })
    .from(schedules)
    .where(eq(schedules.learnerId, learnerId))
    .orderBy(asc(sql`${schedules.cardId} collate "C"`))
    .for('update')
}
