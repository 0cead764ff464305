import { and, asc, eq, lte } from 'drizzle-orm'
import { nextWeeklyAt } from '../core/team/weekly.ts'
import type { Database } from './database.ts'
import { teams } from './schema.ts'

/**
 * @param decide what follows from it, within the same transaction
 * @returns `takeWeekly`; see the store's port
 */
export function takeWeekly(
  db: Database,
  now: Date,
  limit: number,
  decide: (transaction: Database, teamIds: readonly number[]) => Promise<void> = async () => {},
): Promise<number[]> {
  return db.transaction(async (transaction) => {
    // A row that another caller has just taken is skipped, and one that it has taken before is no longer due.
    const due = await transaction
      .select({
        id: teams.id,
        weeklyMinute: teams.weeklyMinute,
        weeklyAt: teams.weeklyAt,
        timeZone: teams.timeZone,
      })
      .from(teams)
      .where(lte(teams.weeklyAt, now))
      .orderBy(asc(teams.weeklyAt), asc(teams.id))
      .limit(limit)
      .for('no key update', { skipLocked: true })
    const taken: number[] = []
    for (const { id, weeklyMinute, weeklyAt, timeZone } of due) {
      const planned = weeklyMinute === null ? null : nextWeeklyAt(now, weeklyMinute, timeZone)
      await transaction
        .update(teams)
        .set({ weeklyAt: planned })
        .where(and(eq(teams.id, id)))
      if (planned !== null && weeklyAt !== null) taken.push(id)
    }
    if (taken.length > 0) await decide(transaction, taken)
    return taken
  })
}
