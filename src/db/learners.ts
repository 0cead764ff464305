import { and, asc, eq, sql } from 'drizzle-orm'
import type { Identity, Learner, Settings } from '../core/learner.ts'
import { type Database, given } from './database.ts'
import { toLearner } from './rows.ts'
import { identities, learners } from './schema.ts'
import { refreshShown } from './shown.ts'

/** @returns `learner`; see the store's port */
export function prepareLearner(db: Database): (identity: Identity, initial: Settings) => Promise<Learner> {
  const byIdentity = db
    .select({ learner: learners })
    .from(identities)
    .innerJoin(learners, eq(learners.id, identities.learnerId))
    .where(
      and(
        eq(identities.platform, given(identities.platform)),
        eq(identities.externalId, given(identities.externalId)),
      ),
    )
    .prepare('learner_by_identity')

  return async (identity, initial) => {
    const { platform, externalId } = identity
    const [known] = await byIdentity.execute({ platform, externalId })
    if (known !== undefined) return toLearner(known.learner)
    await insertLearner(db, identity, initial)
    const [made] = await byIdentity.execute({ platform, externalId })
    if (made === undefined) throw new Error(`the learner for ${platform} user ${externalId} was not stored`)
    return toLearner(made.learner)
  }
}

/** Claims the identity first, so that of two at once only one makes a learner. */
async function insertLearner(db: Database, identity: Identity, settings: Settings): Promise<void> {
  const claimed = db.$with('claimed').as(
    db
      .insert(identities)
      .values({ ...identity, learnerId: sql`nextval(pg_get_serial_sequence('learners', 'id'))` })
      .onConflictDoNothing()
      .returning({ learnerId: identities.learnerId }),
  )
  const { timeZone, dayStartHour, newPerDay, reviewsPerDay, reminderMinute, hidden } = settings
  await db
    .with(claimed)
    .insert(learners)
    .select(
      sql`select learner_id, ${timeZone}, ${dayStartHour}::integer, ${newPerDay}::integer,
        ${reviewsPerDay}::integer, ${reminderMinute}::integer, ${hidden}::boolean, now() from ${claimed}`,
    )
}

/**
 * Changes some settings; gives the learner as they are now.
 *
 * @throws Error when there is no such learner
 */
export async function changeSettings(
  db: Database,
  learnerId: number,
  change: Partial<Settings>,
): Promise<Learner> {
  const { hidden } = change
  const row =
    hidden === undefined
      ? await changed(db, learnerId, change)
      : await db.transaction(async (transaction) => {
          const learner = await changed(transaction, learnerId, change)
          // Off every board at once, or on them again.
          await refreshShown(transaction, { learnerId })
          return learner
        })
  if (row === undefined) throw new Error(`there is no learner ${learnerId}`)
  return toLearner(row)
}

async function changed(db: Database, learnerId: number, change: Partial<Settings>) {
  const isLearner = eq(learners.id, learnerId)
  // An update that sets nothing is no SQL.
  const [row] =
    Object.keys(change).length === 0
      ? await db.select().from(learners).where(isLearner)
      : await db.update(learners).set(change).where(isLearner).returning()
  return row
}

/** All identities of a learner, in a fixed order. */
export function identitiesOf(db: Database, learnerId: number): Promise<Identity[]> {
  const { platform, externalId } = identities
  return db
    .select({ platform, externalId })
    .from(identities)
    .where(eq(identities.learnerId, learnerId))
    .orderBy(asc(platform), asc(externalId))
}
