import { and, desc, eq, type InferSelectModel, isNotNull, sql } from 'drizzle-orm'
import type { Daily, Occurrence, PlannedDaily } from '../core/daily/daily.ts'
import type { DailyStore } from '../core/daily/dailyStore.ts'
import type { Weekdays } from '../core/daily/weekdays.ts'
import type { StudyDay } from '../core/studyDay.ts'
import type { PlaceKey } from '../core/team/team.ts'
import { type Database, given } from './database.ts'
import { dailies, rounds } from './schema.ts'

type DailyRow = InferSelectModel<typeof dailies>

/** @returns `daily`; see the store's port */
export function prepareDaily(db: Database): DailyStore['daily'] {
  const statement = db
    .select()
    .from(dailies)
    .where(and(eq(dailies.platform, given(dailies.platform)), eq(dailies.placeId, given(dailies.placeId))))
    .prepare('daily')
  return async ({ platform, placeId }) => {
    const [row] = await statement.execute({ platform, placeId })
    return row === undefined ? null : toDaily(row)
  }
}

/** See the store's port. */
export function saveDaily(
  db: Database,
  daily: Daily,
  plan: (lastOn: StudyDay | null) => Occurrence,
): Promise<PlannedDaily> {
  return db.transaction(async (transaction) => {
    const before = await lockedDaily(transaction, daily.place)
    const lastOn = before?.lastOn ?? (await lastRoundOn(transaction, daily.place))
    const next = plan(lastOn)
    const { place, ...rest } = daily
    const row = { ...rest, nextAt: next.at, nextOn: next.on, lastOn }
    await transaction
      .insert(dailies)
      .values({ ...place, ...row })
      .onConflictDoUpdate({ target: [dailies.platform, dailies.placeId], set: row })
    return { ...daily, next, lastOn }
  })
}

/** See the store's port. */
export function planDaily(
  db: Database,
  place: PlaceKey,
  plan: (daily: PlannedDaily) => Occurrence | null,
): Promise<PlannedDaily | null> {
  return db.transaction(async (transaction) => {
    const daily = await lockedDaily(transaction, place)
    if (daily === null) return null
    const next = plan(daily)
    await transaction
      .update(dailies)
      .set({ nextAt: next?.at ?? null, nextOn: next?.on ?? null })
      .where(isPlace(place))
    return { ...daily, next }
  })
}

/** See the store's port. */
export async function dropDaily(db: Database, place: PlaceKey): Promise<boolean> {
  const dropped = await db.delete(dailies).where(isPlace(place)).returning({ chatId: dailies.chatId })
  return dropped.length > 0
}

/** The daily quiz of a place, which nobody else changes until the transaction ends. */
export async function lockedDaily(transaction: Database, place: PlaceKey): Promise<PlannedDaily | null> {
  const [row] = await transaction.select().from(dailies).where(isPlace(place)).for('update')
  return row === undefined ? null : toDaily(row)
}

/** The row of a place. */
export function isPlace({ platform, placeId }: PlaceKey) {
  return and(eq(dailies.platform, platform), eq(dailies.placeId, placeId))
}

/** What a row says. */
export function toDaily(row: DailyRow): PlannedDaily {
  const { platform, placeId, weekdays, nextAt, nextOn, lastOn, ...daily } = row
  return {
    ...daily,
    place: { platform, placeId },
    weekdays: weekdays as Weekdays,
    next: nextAt === null || nextOn === null ? null : { on: nextOn, at: nextAt },
    lastOn,
  }
}

/** A quiz that was dropped and set up again on one day is still that day's quiz. */
async function lastRoundOn(transaction: Database, { platform, placeId }: PlaceKey): Promise<StudyDay | null> {
  const [row] = await transaction
    .select({ dailyOn: rounds.dailyOn })
    .from(rounds)
    .where(and(eq(rounds.platform, platform), eq(rounds.placeId, placeId), isNotNull(rounds.dailyOn)))
    .orderBy(desc(sql`${rounds.dailyOn}`))
    .limit(1)
  return row?.dailyOn ?? null
}
