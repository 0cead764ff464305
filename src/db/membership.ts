import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PlaceKey } from '../core/team/team.ts'
import { rebuildBoards } from './boardRows.ts'
import type { Database } from './database.ts'
import { dailies, memberPlaces, places, teamMembers, teams } from './schema.ts'
import { refreshShown } from './shown.ts'
import { isPlace, rebuildAfterWriters } from './teams.ts'

/** @returns `joinPlaceToTeam`; see the store's port */
export async function joinPlaceToTeam(db: Database, place: PlaceKey, teamId: number): Promise<boolean> {
  const moved = await db.transaction((transaction) => movePlaceToTeam(transaction, place, teamId))
  if (moved === 'moved') await rebuildAfterWriters(db, teamId)
  return moved !== 'unknown'
}

/**
 * As `joinPlaceToTeam`, within a transaction that does more. Reviews written at the same time may be missing on the
 * boards until the team's are built again after it.
 */
export async function movePlaceToTeam(
  transaction: Database,
  place: PlaceKey,
  teamId: number,
): Promise<'moved' | 'there' | 'unknown'> {
  const [at] = await transaction
    .select({ teamId: places.teamId })
    .from(places)
    .where(isPlace(place))
    .for('update')
  if (at === undefined) return 'unknown'
  const both = await transaction
    .select({ id: teams.id })
    .from(teams)
    .where(inArray(teams.id, [at.teamId, teamId]))
    .orderBy(teams.id)
    .for('update')
  if (!both.some(({ id }) => id === teamId)) return 'unknown'
  if (at.teamId === teamId) return 'there'
  await transaction.update(places).set({ teamId }).where(isPlace(place))
  await transaction.execute(
    sql`insert into ${teamMembers} (learner_id, team_id, name, shown)
      select member.learner_id, ${teamId}::bigint, member.name, member.shown from ${teamMembers} member
      join ${memberPlaces} presence on presence.learner_id = member.learner_id
      where member.team_id = ${at.teamId} and presence.platform = ${place.platform}
        and presence.place_id = ${place.placeId}
      order by member.learner_id
      on conflict do nothing`,
  )
  await refreshShown(transaction, { teamId })
  await rebuildBoards(transaction, { teamId })
  await dropStrangers(transaction, at.teamId)
  return 'moved'
}

/** @returns `leavePlace`; see the store's port */
export async function leavePlace(db: Database, place: PlaceKey): Promise<boolean> {
  return db.transaction(async (transaction) => {
    const [at] = await transaction
      .select({ teamId: places.teamId })
      .from(places)
      .where(isPlace(place))
      .for('update')
    if (at === undefined) return false
    await transaction.select({ id: teams.id }).from(teams).where(eq(teams.id, at.teamId)).for('update')
    for (const table of [dailies, memberPlaces, places]) {
      await transaction
        .delete(table)
        .where(and(eq(table.platform, place.platform), eq(table.placeId, place.placeId)))
    }
    await dropStrangers(transaction, at.teamId)
    return true
  })
}

/** Members who took part in no place that the team still has are members no more; with its last place the team goes. */
async function dropStrangers(transaction: Database, teamId: number): Promise<void> {
  const isStranger = sql`member.team_id = ${teamId} and not exists (
    select true from ${places} place
    join ${memberPlaces} presence
      on presence.platform = place.platform and presence.place_id = place.place_id
    where place.team_id = member.team_id and presence.learner_id = member.learner_id
  )`
  await transaction.execute(
    sql`delete from board_scores board using ${teamMembers} member
      where board.learner_id = member.learner_id and board.team_id = member.team_id and ${isStranger}`,
  )
  await transaction.execute(sql`delete from ${teamMembers} member where ${isStranger}`)
  await refreshShown(transaction, { teamId })
  const [left] = await transaction
    .select({ teamId: places.teamId })
    .from(places)
    .where(eq(places.teamId, teamId))
    .limit(1)
  if (left === undefined) await transaction.delete(teams).where(eq(teams.id, teamId))
}
