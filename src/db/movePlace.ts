import { and, eq, inArray, isNotNull, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import type { PlaceKey } from '../core/team/team.ts'
import type { Database } from './database.ts'
import { dailies, memberPlaces, pairings, places, rounds } from './schema.ts'

/** @returns `movePlace`; see the store's port */
export function movePlace(db: Database, from: PlaceKey, toId: string): Promise<boolean> {
  if (from.placeId === toId) return Promise.resolve(false)
  const to = { ...from, placeId: toId }
  return db.transaction(async (transaction) => {
    const known = [
      await moveRow(transaction, places, from, to),
      await moveRow(transaction, dailies, from, to),
      await moveDailyRounds(transaction, from, to),
      await moveOpenRound(transaction, from, to),
    ]
    await moveMembers(transaction, from, to)
    await movePairings(transaction, from, to)
    return known.includes(true)
  })
}

/** Of the two tables that say where the bot writes. */
async function moveRow(
  db: Database,
  table: typeof places | typeof dailies,
  from: PlaceKey,
  to: PlaceKey,
): Promise<boolean> {
  const [row] = await db.select().from(table).where(isPlace(table, from)).for('update')
  if (row === undefined) return false
  await db.delete(table).where(isPlace(table, to))
  await db
    .update(table)
    .set({ placeId: to.placeId, chatId: chatAfter(table.chatId, from, to) })
    .where(isPlace(table, from))
  return true
}

/** All of them, closed ones too: a day that has had its quiz has none in the new place either. */
async function moveDailyRounds(db: Database, from: PlaceKey, to: PlaceKey): Promise<boolean> {
  const other = alias(rounds, 'other')
  const sameDay = and(eq(other.placeId, to.placeId), eq(other.dailyOn, rounds.dailyOn))
  const moved = await db
    .update(rounds)
    .set({ placeId: to.placeId, chatId: chatAfter(rounds.chatId, from, to) })
    .where(and(isPlace(rounds, from), isNotNull(rounds.dailyOn), isFree(db, other, to, sameDay)))
    .returning({ id: rounds.id })
  return moved.length > 0
}

/** The quiz that somebody opened in the chat and that goes on. */
async function moveOpenRound(db: Database, from: PlaceKey, to: PlaceKey): Promise<boolean> {
  const other = alias(rounds, 'other')
  const isOpen = (table: typeof rounds | typeof other, { placeId }: PlaceKey) =>
    and(eq(table.chatId, placeId), isNull(table.dailyOn), isNull(table.endedAt))
  const moved = await db
    .update(rounds)
    .set({ chatId: to.placeId })
    .where(
      and(eq(rounds.platform, from.platform), isOpen(rounds, from), isFree(db, other, to, isOpen(other, to))),
    )
    .returning({ id: rounds.id })
  return moved.length > 0
}

async function moveMembers(db: Database, from: PlaceKey, to: PlaceKey): Promise<void> {
  const here = db
    .select({ learnerId: memberPlaces.learnerId })
    .from(memberPlaces)
    .where(isPlace(memberPlaces, from))
  await db.delete(memberPlaces).where(and(isPlace(memberPlaces, to), inArray(memberPlaces.learnerId, here)))
  await db.update(memberPlaces).set({ placeId: to.placeId }).where(isPlace(memberPlaces, from))
}

/** A code that is on show goes on working. */
async function movePairings(db: Database, from: PlaceKey, to: PlaceKey): Promise<void> {
  await db.update(pairings).set({ placeId: to.placeId }).where(isPlace(pairings, from))
  await db
    .update(pairings)
    .set({ otherPlaceId: to.placeId })
    .where(and(eq(pairings.otherPlatform, from.platform), eq(pairings.otherPlaceId, from.placeId)))
}

/** Where the bot writes: the place itself, unless it writes elsewhere. */
function chatAfter(column: PgColumn, from: PlaceKey, to: PlaceKey): SQL<string> {
  return sql<string>`case when ${column} = ${from.placeId} then ${to.placeId} else ${column} end`
}

/** Whether the place moved to has no such round. */
function isFree(
  db: Database,
  other: ReturnType<typeof alias<typeof rounds, 'other'>>,
  to: PlaceKey,
  condition: SQL | undefined,
): SQL {
  const one = db
    .select({ one: sql`1` })
    .from(other)
    .where(and(eq(other.platform, to.platform), condition))
  return notExists(one)
}

function isPlace(
  table: { readonly platform: PgColumn; readonly placeId: PgColumn },
  { platform, placeId }: PlaceKey,
): SQL | undefined {
  return and(eq(table.platform, platform), eq(table.placeId, placeId))
}
