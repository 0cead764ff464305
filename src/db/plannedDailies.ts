import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Platform } from '../core/learner.ts'
import type { Database } from './database.ts'
import { dailies, places } from './schema.ts'

/** When the daily quiz of a place opens next, for the operator. */
export interface PlannedPlace {
  readonly platform: Platform
  readonly placeId: string
  readonly name: string
  readonly nextAt: Date
  readonly timeZone: string
}

/** How many daily quizzes are planned, and those that come first. */
export async function plannedDailies(
  db: Database,
  limit: number,
): Promise<{ readonly count: number; readonly first: readonly PlannedPlace[] }> {
  const [counted] = await db
    .select({ count: sql<number>`count(*)::integer` })
    .from(dailies)
    .where(isNotNull(dailies.nextAt))
  const rows = await db
    .select({
      platform: dailies.platform,
      placeId: dailies.placeId,
      name: places.name,
      nextAt: dailies.nextAt,
      timeZone: dailies.timeZone,
    })
    .from(dailies)
    .leftJoin(places, and(eq(places.platform, dailies.platform), eq(places.placeId, dailies.placeId)))
    .where(isNotNull(dailies.nextAt))
    .orderBy(asc(dailies.nextAt))
    .limit(limit)
  const first = rows.flatMap(({ nextAt, name, ...row }) =>
    nextAt === null ? [] : [{ ...row, nextAt, name: name ?? '' }],
  )
  return { count: counted?.count ?? 0, first }
}
