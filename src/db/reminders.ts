import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { ChatKey, ChatStore } from '../core/chatStore.ts'
import { type Database, given, givenInstant } from './database.ts'
import { toLearner } from './rows.ts'
import { learners, reminders } from './schema.ts'

const givenLearner = given(reminders.learnerId)

/** @returns `reachIn`; see the store's port. It does nothing for a learner who was forgotten meanwhile. */
export function prepareReachIn(
  db: Database,
): (learnerId: number, chat: ChatKey, remindAt: Date | null) => Promise<void> {
  const statement = db
    .insert(reminders)
    .select(
      sql`select ${learners.id}, ${given(reminders.platform)}, ${given(reminders.chatId)},
        ${givenInstant('remindAt')} from ${learners} where ${learners.id} = ${givenLearner}`,
    )
    .onConflictDoUpdate({
      target: reminders.learnerId,
      set: {
        platform: sql`excluded.platform`,
        chatId: sql`excluded.chat_id`,
        remindAt: sql`excluded.remind_at`,
      },
    })
    .prepare('reach_in')
  return async (learnerId, { platform, chatId }, remindAt) => {
    await statement.execute({ learnerId, platform, chatId, remindAt: remindAt?.toISOString() ?? null })
  }
}

/** @returns `planReminder`; see the store's port */
export function preparePlanReminder(
  db: Database,
): (learnerId: number, remindAt: Date | null) => Promise<void> {
  const statement = db
    .update(reminders)
    .set({ remindAt: givenInstant('remindAt') })
    .where(eq(reminders.learnerId, givenLearner))
    .prepare('plan_reminder')
  return async (learnerId, remindAt) => {
    await statement.execute({ learnerId, remindAt: remindAt?.toISOString() ?? null })
  }
}

/** The learner cannot be reached any more: nothing is planned until `reachIn`. */
export async function unreachable(db: Database, learnerId: number): Promise<void> {
  await db.delete(reminders).where(eq(reminders.learnerId, learnerId))
}

/** @returns `takeReminders`; see the store's port */
export function prepareTakeReminders(db: Database): ChatStore['takeReminders'] {
  // A row that another caller has just taken is skipped, and one that it has taken before is no longer due.
  const due = db.$with('due').as(
    db
      .select({ learnerId: reminders.learnerId, remindAt: reminders.remindAt })
      .from(reminders)
      .where(
        and(eq(reminders.platform, given(reminders.platform)), lte(reminders.remindAt, givenInstant('now'))),
      )
      .orderBy(asc(reminders.remindAt))
      .limit(sql.placeholder('limit'))
      .for('update', { skipLocked: true }),
  )
  const taken = db.$with('taken').as(
    db
      .update(reminders)
      .set({ remindAt: sql`${givenInstant('now')} + interval '1 day'` })
      // An array, because of a limit it does not know the planner expects a tenth of the table, and reads all of it.
      .where(sql`${reminders.learnerId} = any (array(select learner_id from ${due}))`)
      .returning({
        learnerId: reminders.learnerId,
        platform: reminders.platform,
        chatId: reminders.chatId,
      }),
  )
  const statement = db
    .with(due, taken)
    .select({
      platform: taken.platform,
      chatId: taken.chatId,
      learner: learners,
      plannedFor: due.remindAt,
    })
    .from(taken)
    .innerJoin(due, eq(due.learnerId, taken.learnerId))
    .innerJoin(learners, eq(learners.id, taken.learnerId))
    .orderBy(asc(due.remindAt), asc(learners.id))
    .prepare('take_reminders')
  return async (platform, now, limit) => {
    const rows = await statement.execute({ platform, now: now.toISOString(), limit })
    return rows.map(({ platform, chatId, learner, plannedFor }) => ({
      chat: { platform, chatId },
      learner: toLearner(learner),
      // Only what is planned for some time is taken.
      plannedFor: plannedFor ?? now,
    }))
  }
}
