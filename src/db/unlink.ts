import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Identity } from '../core/learner.ts'
import { studyDayAt } from '../core/studyDay.ts'
import type { Database } from './database.ts'
import { lockLearners } from './pairingRows.ts'
import {
  cards,
  chats,
  decks,
  enrolments,
  identities,
  learners,
  memberPlaces,
  places,
  reminders,
  schedules,
  teamMembers,
} from './schema.ts'
import { refreshShown } from './shown.ts'
import { SCHEDULE_COLUMNS, scheduleIn, UNSEEN_SQL, writeTransfers } from './transfers.ts'

/** Makes one of a learner's identities a learner of its own; see the store's port. */
export function unlink(db: Database, learnerId: number, identity: Identity, now: Date): Promise<boolean> {
  return db.transaction(async (transaction) => {
    await lockLearners(transaction, [learnerId], 'update')
    const [former] = await transaction.select().from(learners).where(eq(learners.id, learnerId))
    const known = await transaction.select().from(identities).where(eq(identities.learnerId, learnerId))
    const others = known.filter((one) => !isSame(one, identity))
    if (former === undefined || others.length === 0 || others.length === known.length) return false

    const { id: _, ...settings } = former
    const [made] = await transaction
      .insert(learners)
      .values({ ...settings, createdAt: now })
      .returning({ id: learners.id })
    if (made === undefined) throw new Error('the new learner was not stored')
    await transaction
      .update(identities)
      .set({ learnerId: made.id })
      .where(and(eq(identities.platform, identity.platform), eq(identities.externalId, identity.externalId)))
    await moveChats(transaction, learnerId, made.id, identity, others)
    await moveMemberships(transaction, learnerId, made.id, identity, others)
    await copyEnrolments(transaction, learnerId, made.id)
    await copySchedules(transaction, learnerId, made.id)
    await writeTransfers(transaction, {
      learnerId: sql`stored.learner_id`,
      cardId: sql`stored.card_id`,
      deckId: sql`card.deck_id`,
      reviewCount: sql`0`,
      before: UNSEEN_SQL,
      after: scheduleIn('stored'),
      studyDay: studyDayAt(now, former.timeZone, former.dayStartHour),
      now,
      from: sql`${schedules} stored join ${cards} card on card.id = stored.card_id
        where stored.learner_id = ${made.id}`,
    })
    return true
  })
}

/** The identity's chats, and the reminder if it comes in one of them. */
async function moveChats(
  transaction: Database,
  fromId: number,
  toId: number,
  { platform, externalId }: Identity,
  others: readonly Identity[],
): Promise<void> {
  // With two accounts on one platform only a chat that is named like the person is known to be theirs.
  const isShared = others.some((other) => other.platform === platform)
  const isTheirs = (table: { learnerId: PgColumn; platform: PgColumn; chatId: PgColumn }): SQL | undefined =>
    and(
      eq(table.learnerId, fromId),
      eq(table.platform, platform),
      isShared ? eq(table.chatId, externalId) : undefined,
    )
  for (const table of [chats, reminders]) {
    await transaction.update(table).set({ learnerId: toId }).where(isTheirs(table))
  }
}

/**
 * It is the account that is in a place, so being there goes along with it. Points stay: they leave the boards of the
 * teams that the learner is in no place of any more.
 */
async function moveMemberships(
  transaction: Database,
  fromId: number,
  toId: number,
  { platform }: Identity,
  others: readonly Identity[],
): Promise<void> {
  // With two accounts on one platform nobody knows which of them is in the place.
  if (others.some((other) => other.platform === platform)) return
  const theirs = sql`presence.learner_id = ${fromId} and presence.platform = ${platform}`
  // Locked in the order in which taking part does.
  await transaction.execute(sql`
    select true from ${places} place where exists (
      select true from ${memberPlaces} presence
      where ${theirs} and presence.platform = place.platform and presence.place_id = place.place_id
    ) order by place.platform, place.place_id for share`)
  await transaction.execute(sql`
    insert into ${teamMembers} (learner_id, team_id, name, shown)
    select distinct ${toId}::bigint, member.team_id, member.name, false
    from ${memberPlaces} presence
    join ${places} place on place.platform = presence.platform and place.place_id = presence.place_id
    join ${teamMembers} member on member.learner_id = presence.learner_id and member.team_id = place.team_id
    where ${theirs}`)
  await transaction.execute(sql`update ${memberPlaces} presence set learner_id = ${toId} where ${theirs}`)
  for (const learnerId of [fromId, toId]) await refreshShown(transaction, { learnerId })
}

/** Own cards stay where they are, so their deck does as well. */
async function copyEnrolments(transaction: Database, fromId: number, toId: number): Promise<void> {
  await transaction.execute(sql`
    insert into ${enrolments} (learner_id, deck_id, enrolled, position)
    select ${toId}::bigint, deck_id, enrolled, position from ${enrolments}
    join ${decks} on decks.id = deck_id
    where enrolments.learner_id = ${fromId} and decks.learner_id is null`)
}

/** Cards that are as if they had never been seen need no row. */
async function copySchedules(transaction: Database, fromId: number, toId: number): Promise<void> {
  const columns = sql.raw(SCHEDULE_COLUMNS.join(', '))
  await transaction.execute(sql`
    insert into ${schedules} (learner_id, card_id, ${columns}, review_count, last_answered_at)
    select ${toId}::bigint, card_id, ${columns}, 1, null from ${schedules}
    join ${cards} on cards.id = card_id
    join ${decks} on decks.id = deck_id
    where schedules.learner_id = ${fromId} and decks.learner_id is null
      and (due_on is not null or suspended)`)
}

function isSame(a: Identity, b: Identity): boolean {
  return a.platform === b.platform && a.externalId === b.externalId
}
