import { and, eq, sql } from 'drizzle-orm'
import { PRESENCE_REFRESH_MINUTES } from '../core/team/presence.ts'
import type { PlaceKey } from '../core/team/team.ts'
import { AHEAD_COUNTED, type TeamStore } from '../core/team/teamStore.ts'
import { rebuildBoards } from './boardRows.ts'
import { type Database, given } from './database.ts'
import { lockLearner } from './lockLearner.ts'
import { learners, memberPlaces, places, teamMembers, teams } from './schema.ts'
import { refreshShown } from './shown.ts'
import { storable } from './storable.ts'
import { isPlace } from './teams.ts'

/** @returns `takePart`; see the store's port */
export function prepareTakePart(db: Database): TeamStore['takePart'] {
  // What is asked at every answer: does anything change?
  const statement = db
    .select({
      teamId: places.teamId,
      name: teamMembers.name,
      shown: teamMembers.shown,
      hidden: learners.hidden,
      present: memberPlaces.present,
      checkedAt: memberPlaces.checkedAt,
    })
    .from(places)
    .innerJoin(learners, eq(learners.id, given(learners.id, 'learnerId')))
    .leftJoin(teamMembers, and(eq(teamMembers.learnerId, learners.id), eq(teamMembers.teamId, places.teamId)))
    .leftJoin(
      memberPlaces,
      and(
        eq(memberPlaces.learnerId, learners.id),
        eq(memberPlaces.platform, places.platform),
        eq(memberPlaces.placeId, places.placeId),
      ),
    )
    .where(and(eq(places.platform, given(places.platform)), eq(places.placeId, given(places.placeId))))
    .prepare('taking_part')

  return async (learnerId, { place }, name, now) => {
    const { platform, placeId } = place
    const [known] = await statement.execute({ learnerId, platform, placeId })
    if (known === undefined) return false
    const called = storable(name)
    const fresh = now.getTime() - PRESENCE_REFRESH_MINUTES * 60_000
    if (
      known.name === called &&
      known.shown === !known.hidden &&
      known.present === true &&
      known.checkedAt !== null &&
      known.checkedAt.getTime() > fresh
    )
      return true
    const joined = await db.transaction((transaction) =>
      noteMember(transaction, learnerId, place, called, now),
    )
    if (joined?.isNew === true) await rebuildAfterWriters(db, learnerId, joined.teamId)
    return joined !== null
  }
}

/** Locks learner, place, team and member in this order, as everything does that writes more than one of them. */
async function noteMember(
  transaction: Database,
  learnerId: number,
  place: PlaceKey,
  name: string,
  now: Date,
): Promise<{ readonly teamId: number; readonly isNew: boolean } | null> {
  const [learner] = await transaction
    .select({ hidden: learners.hidden })
    .from(learners)
    .where(eq(learners.id, learnerId))
    .for('no key update')
  const [at] = await transaction
    .select({ teamId: places.teamId })
    .from(places)
    .where(isPlace(place))
    .for('share')
  if (learner === undefined || at === undefined) return null
  const { teamId } = at
  await transaction.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for('share')
  const shown = !learner.hidden
  const changed = await transaction
    .update(teamMembers)
    .set({ name })
    .where(isMember(learnerId, teamId))
    .returning({ shown: teamMembers.shown })
  const [member] = changed
  if (member === undefined) await transaction.insert(teamMembers).values({ learnerId, teamId, name, shown })
  await transaction
    .insert(memberPlaces)
    .values({ learnerId, ...place, present: true, checkedAt: now })
    .onConflictDoUpdate({
      target: [memberPlaces.learnerId, memberPlaces.platform, memberPlaces.placeId],
      set: { present: true, checkedAt: now },
    })
  if (member === undefined) await rebuildBoards(transaction, { teamId, learnerId })
  else if (member.shown !== shown) await refreshShown(transaction, { teamId, learnerId })
  return { teamId, isNew: member === undefined }
}

/**
 * Reviews of the learner that were being written meanwhile may not have seen the membership: they are waited for, and
 * nobody else's.
 */
async function rebuildAfterWriters(db: Database, learnerId: number, teamId: number): Promise<void> {
  await db.transaction(async (transaction) => {
    await lockLearner(transaction, learnerId)
    await transaction.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for('share')
    await transaction
      .select({ teamId: teamMembers.teamId })
      .from(teamMembers)
      .where(isMember(learnerId, teamId))
      .for('update')
    await rebuildBoards(transaction, { teamId, learnerId })
  })
}

/** @returns `countMembers`; see the store's port */
export async function countMembers(db: Database, teamId: number): Promise<number> {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(teamMembers)
    .where(eq(teamMembers.teamId, teamId))
    .limit(AHEAD_COUNTED + 1)
    .as('some')
  const [row] = await db.select({ count: sql<number>`count(*)::integer` }).from(some)
  return row?.count ?? 0
}

function isMember(learnerId: number, teamId: number) {
  return and(eq(teamMembers.learnerId, learnerId), eq(teamMembers.teamId, teamId))
}
