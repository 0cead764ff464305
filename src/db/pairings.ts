import { and, eq, isNull, or, sql } from 'drizzle-orm'
import {
  CODE_MINUTES,
  type Dropping,
  type Entering,
  PAIRING_ID_MAX_LENGTH,
  type Pairing,
  type PairingKind,
  type PairingParty,
  type PairingStore,
  WRONG_CODES_MAXIMUM,
} from '../core/pairingStore.ts'
import { confirmPairing } from './confirmPairing.ts'
import { type Database, given } from './database.ts'
import { identitiesOf } from './learners.ts'
import { codeHash, randomCode } from './linkCode.ts'
import { lockLearners, type PairingRow, pairingFor, roleOf, teamOfPlace } from './pairingRows.ts'
import { randomId } from './randomId.ts'
import { pairings, wrongCodes } from './schema.ts'
import { unlink } from './unlink.ts'

const VALID_MILLISECONDS = CODE_MINUTES * 60_000
/** Keeps the work of one sweep small, however much is left over. */
const SWEPT_AT_ONCE = 100

/** @returns the store's port for making two sides one */
export function pairingStore(db: Database): PairingStore {
  const blockedUntil = prepareBlockedUntil(db)
  return {
    beginPairing: (party, kind, now) => beginPairing(db, party, kind, now),
    enterCode: (party, kind, code, now) => enterCode(db, party, kind, code, now, blockedUntil),
    confirmPairing: (party, kind, pairingId, now) => confirmPairing(db, { party, kind, pairingId, now }),
    dropPairing: (party, kind, pairingId) => dropPairing(db, party, kind, pairingId),
    identitiesOf: (learnerId) => identitiesOf(db, learnerId),
    unlink: (learnerId, identity, now) => unlink(db, learnerId, identity, now),
  }
}

function beginPairing(
  db: Database,
  party: PairingParty,
  kind: PairingKind,
  now: Date,
): Promise<{ code: string; pairing: Pairing }> {
  const { learnerId, platform, placeId } = party
  return db.transaction(async (transaction) => {
    if (!(await lockLearners(transaction, [learnerId], 'no key update'))) {
      throw new Error(`there is no learner ${learnerId}`)
    }
    const isSamePlace =
      placeId === null ? undefined : and(eq(pairings.platform, platform), eq(pairings.placeId, placeId))
    await transaction
      .delete(pairings)
      .where(
        and(eq(pairings.learnerId, learnerId), eq(pairings.kind, kind), isSamePlace, isNull(pairings.doneAt)),
      )
    for (;;) {
      const code = randomCode()
      const [row] = await transaction
        .insert(pairings)
        .values({
          learnerId,
          id: randomId(PAIRING_ID_MAX_LENGTH),
          kind,
          codeHash: codeHash(code),
          platform,
          placeId,
          expiresAt: new Date(now.getTime() + VALID_MILLISECONDS),
        })
        .onConflictDoNothing({ target: pairings.codeHash })
        .returning()
      if (row === undefined) continue
      await sweep(transaction, now)
      return { code, pairing: await pairingFor(transaction, row, 'showed') }
    }
  })
}

async function enterCode(
  db: Database,
  party: PairingParty,
  kind: PairingKind,
  code: string,
  now: Date,
  blockedUntil: BlockedUntil,
): Promise<Entering> {
  const { learnerId, platform, placeId } = party
  // Whoever goes on guessing costs one look.
  const blocked = await blockedUntil(learnerId, now)
  if (blocked !== null) return { kind: 'blocked', until: blocked }
  return db.transaction(async (transaction): Promise<Entering> => {
    // One after the other: of many codes entered at once, too, only so many are looked at.
    if (!(await lockLearners(transaction, [learnerId], 'no key update'))) {
      throw new Error(`there is no learner ${learnerId}`)
    }
    const until = await prepareBlockedUntil(transaction)(learnerId, now)
    if (until !== null) return { kind: 'blocked', until }

    const [row] = await transaction
      .select()
      .from(pairings)
      .where(and(eq(pairings.codeHash, codeHash(code)), eq(pairings.kind, kind)))
      .for('update')
    const role = row === undefined ? null : roleOf(row, party)
    const isTaken = row !== undefined && role === null && row.otherLearnerId !== null
    if (row === undefined || isTaken || (row.doneAt !== null && role === null)) {
      await countWrongCode(transaction, learnerId, now)
      return { kind: 'refused', reason: 'wrong' }
    }
    if (row.doneAt !== null || role === 'showed' || (await isSameTeam(transaction, row, party))) {
      return { kind: 'refused', reason: 'own' }
    }
    if (row.expiresAt <= now) {
      await countWrongCode(transaction, learnerId, now)
      return { kind: 'refused', reason: 'expired' }
    }
    if (kind === 'person' && row.platform === platform) return { kind: 'refused', reason: 'samePlatform' }
    // An admin of the place may go on with what another one began.
    const entered = { otherLearnerId: learnerId, otherPlatform: platform, otherPlaceId: placeId }
    await transaction.update(pairings).set(entered).where(eq(pairings.id, row.id))
    return { kind: 'entered', pairing: await pairingFor(transaction, { ...row, ...entered }, 'entered') }
  })
}

async function isSameTeam(db: Database, row: PairingRow, party: PairingParty): Promise<boolean> {
  if (row.placeId === null || party.placeId === null) return false
  const team = await teamOfPlace(db, { platform: row.platform, placeId: row.placeId })
  return team !== null && team === (await teamOfPlace(db, { ...party, placeId: party.placeId }))
}

/**
 * @returns gives until when the learner's codes are refused; null: they are looked at. A right one forgives no wrong
 *   ones.
 */
function prepareBlockedUntil(db: Database): BlockedUntil {
  const statement = db
    .select({ since: wrongCodes.since, tries: wrongCodes.tries })
    .from(wrongCodes)
    .where(eq(wrongCodes.learnerId, given(wrongCodes.learnerId)))
    .prepare('wrong_codes_of')
  return async (learnerId, now) => {
    const [row] = await statement.execute({ learnerId })
    if (row === undefined || row.tries < WRONG_CODES_MAXIMUM) return null
    const until = new Date(row.since.getTime() + VALID_MILLISECONDS)
    return until > now ? until : null
  }
}

type BlockedUntil = (learnerId: number, now: Date) => Promise<Date | null>

async function countWrongCode(db: Database, learnerId: number, now: Date): Promise<void> {
  const isOver = sql`${wrongCodes.since} <= ${new Date(now.getTime() - VALID_MILLISECONDS).toISOString()}::timestamptz`
  await db
    .insert(wrongCodes)
    .values({ learnerId, since: now, tries: 1 })
    .onConflictDoUpdate({
      target: wrongCodes.learnerId,
      set: {
        since: sql`case when ${isOver} then excluded.since else ${wrongCodes.since} end`,
        tries: sql`case when ${isOver} then 1 else ${wrongCodes.tries} + 1 end`,
      },
    })
}

function dropPairing(
  db: Database,
  party: PairingParty,
  kind: PairingKind,
  pairingId: string,
): Promise<Dropping> {
  return db.transaction(async (transaction) => {
    const [row] = await transaction
      .select()
      .from(pairings)
      .where(
        and(
          eq(pairings.kind, kind),
          or(eq(pairings.id, pairingId), eq(pairings.codeHash, codeHash(pairingId))),
        ),
      )
      .for('update')
    if (row === undefined) return 'gone'
    const role = roleOf(row, party)
    // A code is known to whoever was told it; only who shows it may give it up by that.
    if (role === null || (row.id !== pairingId && role !== 'showed')) return 'gone'
    if (row.doneAt !== null) return 'joined'
    await transaction.delete(pairings).where(eq(pairings.id, row.id))
    return 'dropped'
  })
}

/** Expired codes stay a little, so that who enters one late is told why. It waits for nobody. */
async function sweep(db: Database, now: Date): Promise<void> {
  const since = new Date(now.getTime() - VALID_MILLISECONDS).toISOString()
  await db.execute(sql`
    delete from ${pairings} where (learner_id, id) in (
      select learner_id, id from ${pairings} where expires_at < ${since}::timestamptz
      order by expires_at limit ${SWEPT_AT_ONCE} for update skip locked
    )`)
}
