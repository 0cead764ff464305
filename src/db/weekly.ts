import { asc, eq, inArray, lte } from 'drizzle-orm'
import { nextWeeklyAt } from '../core/team/weekly.ts'
import type { Database } from './database.ts'
import type { Enqueue } from './enqueue.ts'
import { places, teams } from './schema.ts'

/** @returns `takeWeekly`; see the store's port */
export function takeWeekly(db: Database, enqueue: Enqueue, now: Date, limit: number): Promise<number[]> {
  return db.transaction(async (transaction) => {
    // A row that another caller has just taken is skipped, and one that it has taken before is no longer due.
    const due = await transaction
      .select({ id: teams.id, weeklyMinute: teams.weeklyMinute, timeZone: teams.timeZone })
      .from(teams)
      .where(lte(teams.weeklyAt, now))
      .orderBy(asc(teams.weeklyAt), asc(teams.id))
      .limit(limit)
      .for('no key update', { skipLocked: true })
    const taken: number[] = []
    for (const { id, weeklyMinute, timeZone } of due) {
      const next = weeklyMinute === null ? null : nextWeeklyAt(now, weeklyMinute, timeZone)
      await transaction.update(teams).set({ weeklyAt: next }).where(eq(teams.id, id))
      if (next !== null) taken.push(id)
    }
    if (taken.length === 0) return []
    const posts = await transaction
      .select({ teamId: places.teamId, platform: places.platform, chatId: places.chatId })
      .from(places)
      .where(inArray(places.teamId, taken))
      .orderBy(places.teamId, places.platform, places.placeId)
    await enqueue(
      transaction,
      posts.map((post) => ({ kind: 'postWeekly', ...post })),
    )
    return taken
  })
}
