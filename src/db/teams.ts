import { and, asc, eq, getTableColumns, type InferSelectModel, type SQL, sql } from 'drizzle-orm'
import type { Here, Place, PlaceKey, Team } from '../core/team/team.ts'
import type { TeamChange, TeamStore } from '../core/team/teamStore.ts'
import { rebuildBoards } from './boardRows.ts'
import { type Database, given } from './database.ts'
import { places, teamMembers, teams } from './schema.ts'
import { afterWriters } from './settled.ts'
import { storable } from './storable.ts'

/** @returns `teamAt`; see the store's port */
export function prepareTeamAt(db: Database): TeamStore['teamAt'] {
  const statement = db
    .select(getTableColumns(teams))
    .from(places)
    .innerJoin(teams, eq(teams.id, places.teamId))
    .where(and(eq(places.platform, given(places.platform)), eq(places.placeId, given(places.placeId))))
    .prepare('team_at')
  return async ({ platform, placeId }) => {
    const [row] = await statement.execute({ platform, placeId })
    return row === undefined ? null : toTeam(row)
  }
}

/** @returns `team`; see the store's port */
export function prepareTeam(db: Database): TeamStore['team'] {
  const statement = db
    .select()
    .from(teams)
    .where(eq(teams.id, given(teams.id)))
    .prepare('team')
  return async (id) => {
    const [row] = await statement.execute({ id })
    return row === undefined ? null : toTeam(row)
  }
}

/** @returns `placesOf`; see the store's port */
export async function placesOf(db: Database, teamId: number): Promise<Place[]> {
  const rows = await db
    .select()
    .from(places)
    .where(eq(places.teamId, teamId))
    .orderBy(asc(places.platform), asc(places.placeId))
  return rows.map(({ platform, placeId, ...rest }) => ({ place: { platform, placeId }, ...rest }))
}

/** @returns `setUpPlace`; see the store's port. A team goes by the name of its first place until it is given another. */
export function setUpPlace(db: Database, here: Here, timeZone: string, now: Date): Promise<Team> {
  const { place, chatId } = here
  const name = storable(here.name)
  return db.transaction(async (transaction) => {
    await insertPlace(transaction, { ...here, name }, timeZone, now)
    const [known] = await transaction.select().from(places).where(isPlace(place)).for('update')
    if (known === undefined) throw new Error(`the ${place.platform} place ${place.placeId} was not stored`)
    if (known.name !== name || known.chatId !== chatId) {
      await transaction.update(places).set({ name, chatId }).where(isPlace(place))
      await transaction
        .update(teams)
        .set({ name })
        .where(and(eq(teams.id, known.teamId), eq(teams.name, known.name)))
    }
    const [team] = await transaction.select().from(teams).where(eq(teams.id, known.teamId))
    if (team === undefined) throw new Error(`there is no team ${known.teamId}, of which a place is stored`)
    return toTeam(team)
  })
}

/** Claims the place first, so that of two at once only one makes a team. */
async function insertPlace(db: Database, here: Here, timeZone: string, now: Date): Promise<void> {
  const { place, name, chatId } = here
  const claimed = db.$with('claimed').as(
    db
      .insert(places)
      .values({ ...place, name, chatId, teamId: sql`nextval(pg_get_serial_sequence('teams', 'id'))` })
      .onConflictDoNothing()
      .returning({ teamId: places.teamId }),
  )
  await db
    .with(claimed)
    .insert(teams)
    .select(
      sql`select team_id, ${name}, ${timeZone}, null::jsonb, null::integer, null::timestamptz,
        ${now.toISOString()}::timestamptz from ${claimed}`,
    )
}

/** @returns `changeTeam`; see the store's port */
export async function changeTeam(db: Database, teamId: number, change: TeamChange): Promise<Team | null> {
  const isTeam = eq(teams.id, teamId)
  if (Object.keys(change).length === 0) {
    const [row] = await db.select().from(teams).where(isTeam)
    return row === undefined ? null : toTeam(row)
  }
  const decksChange = change.deckIds !== undefined
  const team = await db.transaction(async (transaction) => {
    const [row] = await transaction.update(teams).set(change).where(isTeam).returning()
    if (row !== undefined && decksChange) await rebuildTeam(transaction, teamId)
    return row
  })
  if (team === undefined) return null
  if (decksChange) await rebuildAfterWriters(db, teamId)
  return toTeam(team)
}

/** Reviews that were being written meanwhile may have seen the team or its members as they were. */
export async function rebuildAfterWriters(db: Database, teamId: number): Promise<void> {
  await afterWriters(db)
  await db.transaction(async (transaction) => {
    await transaction.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for('update')
    await rebuildTeam(transaction, teamId)
  })
}

/** Boards of decks that do not count any more come down to nothing, and go. */
async function rebuildTeam(transaction: Database, teamId: number): Promise<void> {
  await rebuildBoards(transaction, { teamId })
  await transaction.execute(
    sql`delete from board_scores board using ${teamMembers} member
      where member.team_id = ${teamId} and board.learner_id = member.learner_id
        and board.team_id = member.team_id and board.points = 0`,
  )
}

/** Holds for the row of a place. */
export function isPlace({ platform, placeId }: PlaceKey): SQL | undefined {
  return and(eq(places.platform, platform), eq(places.placeId, placeId))
}

function toTeam(row: InferSelectModel<typeof teams>): Team {
  const { id, name, timeZone, deckIds, weeklyMinute } = row
  return { id, name, timeZone, deckIds, weeklyMinute }
}
