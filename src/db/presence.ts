import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { PlaceKey } from '../core/team/team.ts'
import type { PresenceCheck } from '../core/team/teamStore.ts'
import type { Database } from './database.ts'
import { identities, learners, memberPlaces, places } from './schema.ts'
import { refreshShown } from './shown.ts'
import { isPlace } from './teams.ts'

/** @returns `membersToCheck`; see the store's port */
export async function membersToCheck(
  db: Database,
  teamId: number,
  learnerIds: readonly number[],
  checkedBefore: Date,
): Promise<PresenceCheck[]> {
  if (learnerIds.length === 0) return []
  const rows = await db
    .select({
      learnerId: memberPlaces.learnerId,
      platform: memberPlaces.platform,
      placeId: memberPlaces.placeId,
      externalIds: sql<string[]>`jsonb_agg(${identities.externalId} order by ${identities.externalId})`,
    })
    .from(memberPlaces)
    .innerJoin(
      places,
      and(eq(places.platform, memberPlaces.platform), eq(places.placeId, memberPlaces.placeId)),
    )
    .innerJoin(
      identities,
      and(
        eq(identities.learnerId, memberPlaces.learnerId),
        sql`${identities.platform} = ${memberPlaces.platform}`,
      ),
    )
    .where(
      and(
        inArray(memberPlaces.learnerId, [...learnerIds]),
        eq(places.teamId, teamId),
        eq(memberPlaces.present, true),
        lt(memberPlaces.checkedAt, checkedBefore),
      ),
    )
    .groupBy(memberPlaces.learnerId, memberPlaces.platform, memberPlaces.placeId)
  return rows.map(({ learnerId, platform, placeId, externalIds }) => ({
    learnerId,
    place: { platform, placeId },
    externalIds,
  }))
}

/** @returns `setPresence`; see the store's port */
export async function setPresence(
  db: Database,
  learnerId: number,
  place: PlaceKey,
  present: boolean,
  now: Date,
): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction
      .select({ id: learners.id })
      .from(learners)
      .where(eq(learners.id, learnerId))
      .for('no key update')
    const [at] = await transaction
      .select({ teamId: places.teamId })
      .from(places)
      .where(isPlace(place))
      .for('share')
    const known = and(
      eq(memberPlaces.learnerId, learnerId),
      eq(memberPlaces.platform, place.platform),
      eq(memberPlaces.placeId, place.placeId),
      // They have taken part since the platform was asked: they are there.
      lt(memberPlaces.checkedAt, now),
    )
    const changed = await transaction
      .update(memberPlaces)
      .set({ present, checkedAt: now })
      .where(known)
      .returning({ learnerId: memberPlaces.learnerId })
    if (changed.length > 0 && at !== undefined) {
      await refreshShown(transaction, { teamId: at.teamId, learnerId })
    }
  })
}
