import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Claim, DueDaily } from '../core/daily/claim.ts'
import type { PlannedDaily } from '../core/daily/daily.ts'
import type { OpenedNow, OpenNow, TakenDailies } from '../core/daily/dailyStore.ts'
import type { Platform } from '../core/learner.ts'
import type { PlaceKey } from '../core/team/team.ts'
import { isPlace, lockedDaily, toDaily } from './dailies.ts'
import type { Database } from './database.ts'
import type { Enqueue } from './enqueue.ts'
import { dailies, places, rounds } from './schema.ts'

/** What is written of one daily quiz whose time has come. */
interface Claimed extends Claim {
  readonly daily: PlannedDaily
  readonly teamId: number | null
}

/** See the store's port. */
export function takeDailies(
  db: Database,
  enqueue: Enqueue,
  now: Date,
  limit: number,
  claim: (daily: DueDaily, now: Date) => Claim,
): Promise<TakenDailies> {
  return db.transaction(async (transaction) => {
    const rows = await transaction
      .select({ daily: dailies, teamId: places.teamId })
      .from(dailies)
      .leftJoin(places, and(eq(places.platform, dailies.platform), eq(places.placeId, dailies.placeId)))
      .where(lte(dailies.nextAt, now))
      .orderBy(asc(dailies.nextAt))
      .limit(limit)
      .for('update', { of: dailies, skipLocked: true })
    const claims = rows.flatMap(({ daily: row, teamId }): Claimed[] => {
      const daily = toDaily(row)
      return daily.next === null ? [] : [{ ...claim({ ...daily, next: daily.next }, now), daily, teamId }]
    })
    const opened = claims.length === 0 ? [] : await writeClaims(transaction, claims, now)
    await enqueue(
      transaction,
      opened.map(({ platform, id }) => ({ kind: 'openDaily', platform, roundId: id })),
    )
    return { taken: rows.length, opened: opened.length, notes: notesOn(claims, opened) }
  })
}

/** See the store's port. */
export function openDailyNow(
  db: Database,
  enqueue: Enqueue,
  place: PlaceKey,
  now: Date,
  decide: (daily: PlannedDaily) => OpenNow,
): Promise<OpenedNow> {
  return db.transaction(async (transaction) => {
    const daily = await lockedDaily(transaction, place)
    if (daily === null) return { kind: 'none' }
    const { on, closesAt, next } = decide(daily)
    const { platform, placeId } = place
    const isOfPlace = and(eq(places.platform, platform), eq(places.placeId, placeId))
    const [known] = await transaction.select({ teamId: places.teamId }).from(places).where(isOfPlace)
    if (known === undefined) return { kind: 'none' }
    const [opened] = await transaction
      .insert(rounds)
      .values({
        ...place,
        chatId: daily.chatId,
        startedAt: now,
        dailyOn: on,
        teamId: known.teamId,
        closesAt,
      })
      .onConflictDoNothing()
      .returning({ id: rounds.id })
    if (opened === undefined) {
      const isOfDay = and(eq(rounds.platform, platform), eq(rounds.placeId, placeId), eq(rounds.dailyOn, on))
      const [before] = await transaction.select({ startedAt: rounds.startedAt }).from(rounds).where(isOfDay)
      return { kind: 'before', startedAt: before?.startedAt ?? now }
    }
    const lastOn = daily.lastOn !== null && daily.lastOn > on ? daily.lastOn : on
    await transaction
      .update(dailies)
      .set({ nextAt: next?.at ?? null, nextOn: next?.on ?? null, lastOn })
      .where(isPlace(place))
    await enqueue(transaction, [{ kind: 'openDaily', platform, roundId: opened.id }])
    return { kind: 'opened', closesAt }
  })
}

interface OpenedRow {
  readonly id: number
  readonly platform: Platform
  readonly placeId: string | null
}

/** Rounds and plans in one statement, however many they are. */
async function writeClaims(
  transaction: Database,
  claims: readonly Claimed[],
  now: Date,
): Promise<OpenedRow[]> {
  const input = claims.map(({ daily, teamId, on, closesAt, next }) => ({
    platform: daily.place.platform,
    place_id: daily.place.placeId,
    chat_id: daily.chatId,
    team_id: teamId,
    daily_on: on,
    closes_at: closesAt,
    next_at: next.at,
    next_on: next.on,
  }))
  const claimed = sql`jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as claimed (platform text, place_id text,
    chat_id text, team_id bigint, daily_on date, closes_at timestamptz, next_at timestamptz, next_on date)`
  const opened = transaction.$with('opened').as(
    transaction
      .insert(rounds)
      .select(
        sql`select nextval(pg_get_serial_sequence('rounds', 'id')), platform, chat_id, null::text, null::integer,
            ${now.toISOString()}::timestamptz, null::timestamptz, place_id, daily_on, team_id, closes_at
          from ${claimed} where closes_at is not null and team_id is not null`,
      )
      .onConflictDoNothing()
      .returning({ id: rounds.id, platform: rounds.platform, placeId: rounds.placeId }),
  )
  const planned = transaction.$with('planned').as(
    transaction
      .update(dailies)
      .set({
        nextAt: sql`claimed.next_at`,
        nextOn: sql`claimed.next_on`,
        lastOn: sql`greatest(${dailies.lastOn}, claimed.daily_on)`,
      })
      .from(claimed)
      .where(and(eq(dailies.platform, sql`claimed.platform`), eq(dailies.placeId, sql`claimed.place_id`)))
      .returning({ placeId: dailies.placeId }),
  )
  return transaction.with(opened, planned).select().from(opened)
}

function notesOn(claims: readonly Claimed[], opened: readonly OpenedRow[]): TakenDailies['notes'] {
  const keys = new Set(opened.map(({ platform, placeId }) => `${platform} ${placeId}`))
  return claims.flatMap(({ daily: { place }, teamId, on, closesAt, notes }) => {
    const isOpened = keys.has(`${place.platform} ${place.placeId}`)
    const more =
      closesAt === null || isOpened
        ? []
        : [teamId === null ? `none on ${on}: the place is no team's` : `${on} has had its quiz before`]
    return [...more, ...notes].map((note) => ({ place, note }))
  })
}
