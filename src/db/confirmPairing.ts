import { and, eq } from 'drizzle-orm'
import type { Confirming, PairingKind, PairingParty } from '../core/pairingStore.ts'
import type { Database } from './database.ts'
import { codeHash } from './linkCode.ts'
import { movePlaceToTeam } from './membership.ts'
import { mergeLearners } from './mergeLearners.ts'
import { lockLearners, type PairingRow, pairingFor, roleOf, teamOfPlace } from './pairingRows.ts'
import { pairings } from './schema.ts'
import { rebuildAfterWriters } from './teams.ts'

/** A press on a button that confirms. */
export interface Confirmation {
  readonly party: PairingParty
  readonly kind: PairingKind
  /** As the button had it: an id, or a code. */
  readonly pairingId: string
  readonly now: Date
}

const GONE: Confirming = { kind: 'gone' }
const JOINED: Confirming = { kind: 'joined' }

/** Confirms one side, and carries out what both have confirmed; see the store's port. */
export async function confirmPairing(db: Database, confirmation: Confirmation): Promise<Confirming> {
  const { party, now } = confirmation
  let joinedTeam: number | null = null
  const confirming = await db.transaction(async (transaction): Promise<Confirming> => {
    // First without a lock: learners are locked before pairings, and this says which learners.
    const seen = await find(transaction, confirmation)
    const role = seen === null ? null : roleOf(seen, party)
    if (seen === null || role === null) return GONE
    if (seen.doneAt !== null) return JOINED
    if (seen.expiresAt <= now) return GONE
    if (seen.otherLearnerId === null || seen.id !== confirmation.pairingId) {
      return { kind: 'waiting', pairing: await pairingFor(transaction, seen, role), counted: false }
    }

    const areThere = await lockLearners(transaction, [seen.learnerId, seen.otherLearnerId], 'update')
    const [row] = await transaction.select().from(pairings).where(eq(pairings.id, seen.id)).for('update')
    if (row?.doneAt) return JOINED
    if (row === undefined || !areThere) return GONE
    const confirmed: PairingRow = {
      ...row,
      confirmedAt: role === 'showed' ? (row.confirmedAt ?? now) : row.confirmedAt,
      otherConfirmedAt: role === 'entered' ? (row.otherConfirmedAt ?? now) : row.otherConfirmedAt,
    }
    const isComplete = confirmed.confirmedAt !== null && confirmed.otherConfirmedAt !== null
    if (isComplete && row.kind === 'team') {
      joinedTeam = await joinPlaces(transaction, row)
      if (joinedTeam === null) return GONE
    }
    const isMerged = isComplete && row.kind === 'person'
    await transaction
      .update(pairings)
      .set({
        confirmedAt: confirmed.confirmedAt,
        otherConfirmedAt: confirmed.otherConfirmedAt,
        doneAt: isComplete ? now : null,
        // From now on there is no such learner; this row alone remembers that the two were joined.
        otherLearnerId: isMerged ? null : row.otherLearnerId,
      })
      .where(eq(pairings.id, row.id))
    if (isMerged) await mergeLearners(transaction, seen.learnerId, seen.otherLearnerId, now)
    if (isComplete) return JOINED
    return { kind: 'waiting', pairing: await pairingFor(transaction, confirmed, role), counted: true }
  })
  if (joinedTeam !== null) await rebuildAfterWriters(db, joinedTeam)
  return confirming
}

/** By its id; or by its code, for whoever showed it. */
async function find(db: Database, { party, kind, pairingId }: Confirmation): Promise<PairingRow | null> {
  const [byId] = await db
    .select()
    .from(pairings)
    .where(and(eq(pairings.id, pairingId), eq(pairings.kind, kind)))
  if (byId !== undefined) return byId
  const [byCode] = await db
    .select()
    .from(pairings)
    .where(and(eq(pairings.codeHash, codeHash(pairingId)), eq(pairings.kind, kind)))
  return byCode !== undefined && roleOf(byCode, party) === 'showed' ? byCode : null
}

/** The place that entered the code joins the team of the one that showed it, which is given; null: it cannot. */
async function joinPlaces(
  transaction: Database,
  { platform, placeId, otherPlatform, otherPlaceId }: PairingRow,
): Promise<number | null> {
  if (placeId === null || otherPlatform === null || otherPlaceId === null) return null
  const teamId = await teamOfPlace(transaction, { platform, placeId })
  if (teamId === null) return null
  const moved = await movePlaceToTeam(transaction, { platform: otherPlatform, placeId: otherPlaceId }, teamId)
  return moved === 'unknown' ? null : teamId
}
