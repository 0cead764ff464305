import { and, asc, count, eq, type InferSelectModel, inArray, isNotNull } from 'drizzle-orm'
import type { Pairing, PairingKind, PairingParty, PairingSide } from '../core/pairingStore.ts'
import type { PlaceKey } from '../core/team/team.ts'
import type { Database } from './database.ts'
import { learners, type pairings, places, schedules } from './schema.ts'

export type PairingRow = InferSelectModel<typeof pairings>

/** Which side of a pairing somebody is; null: neither. */
export type Role = 'showed' | 'entered'

/** A team's side is its place, whoever manages it; a person's is the learner. */
export function roleOf(row: PairingRow, party: PairingParty): Role | null {
  if (row.kind === 'person') {
    if (row.learnerId === party.learnerId) return 'showed'
    return row.otherLearnerId === party.learnerId ? 'entered' : null
  }
  if (isAt(party, row.platform, row.placeId)) return 'showed'
  return isAt(party, row.otherPlatform, row.otherPlaceId) ? 'entered' : null
}

function isAt(party: PairingParty, platform: string | null, placeId: string | null): boolean {
  return party.placeId !== null && party.placeId === placeId && party.platform === platform
}

/** The pairing as one side sees it. */
export async function pairingFor(db: Database, row: PairingRow, role: Role): Promise<Pairing> {
  const { id, kind, expiresAt, confirmedAt, otherConfirmedAt } = row
  const showedCode = role === 'showed'
  const [mine, theirs] = showedCode ? [confirmedAt, otherConfirmedAt] : [otherConfirmedAt, confirmedAt]
  return {
    id,
    kind,
    showedCode,
    expiresAt,
    other: showedCode ? await enteringSide(db, row) : await showingSide(db, row),
    confirmed: mine !== null,
    otherConfirmed: theirs !== null,
  }
}

async function enteringSide(db: Database, row: PairingRow): Promise<PairingSide | null> {
  const { kind, otherLearnerId, otherPlatform, otherPlaceId } = row
  if (otherLearnerId === null || otherPlatform === null) return null
  return sideOf(db, kind, { learnerId: otherLearnerId, platform: otherPlatform, placeId: otherPlaceId })
}

function showingSide(db: Database, row: PairingRow): Promise<PairingSide> {
  return sideOf(db, row.kind, row)
}

async function sideOf(db: Database, kind: PairingKind, party: PairingParty): Promise<PairingSide> {
  const { platform, placeId, learnerId } = party
  if (kind === 'person' || placeId === null) {
    return { platform, placeId: null, name: null, studied: await studiedBy(db, learnerId) }
  }
  const [place] = await db.select({ name: places.name }).from(places).where(isPlace({ platform, placeId }))
  return { platform, placeId, name: place?.name ?? null, studied: null }
}

/** What people know an account of theirs by. */
async function studiedBy(db: Database, learnerId: number): Promise<PairingSide['studied']> {
  const [learner] = await db
    .select({ since: learners.createdAt })
    .from(learners)
    .where(eq(learners.id, learnerId))
  const [answered] = await db
    .select({ cards: count() })
    .from(schedules)
    .where(and(eq(schedules.learnerId, learnerId), isNotNull(schedules.dueOn)))
  return learner === undefined ? null : { since: learner.since, cards: answered?.cards ?? 0 }
}

/** The team that a place belongs to; null when it has none. */
export async function teamOfPlace(db: Database, place: PlaceKey): Promise<number | null> {
  const [row] = await db.select({ teamId: places.teamId }).from(places).where(isPlace(place))
  return row?.teamId ?? null
}

function isPlace({ platform, placeId }: PlaceKey) {
  return and(eq(places.platform, platform), eq(places.placeId, placeId))
}

/**
 * Locks learners in the order of their ids, before anything else of theirs, so that two who do this cannot wait for
 * each other.
 *
 * @param strength `update` keeps their first answers out as well
 * @returns false when one of them is not there
 */
export async function lockLearners(
  transaction: Database,
  ids: readonly number[],
  strength: 'update' | 'no key update',
): Promise<boolean> {
  const wanted = [...new Set(ids)]
  const rows = await transaction
    .select({ id: learners.id })
    .from(learners)
    .where(inArray(learners.id, wanted))
    .orderBy(asc(learners.id))
    .for(strength)
  return rows.length === wanted.length
}
