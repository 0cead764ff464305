import { eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { studyDayAt } from '../core/studyDay.ts'
import { rebuildBoards } from './boardRows.ts'
import type { Database } from './database.ts'
import { mergeLogs } from './mergeLogs.ts'
import { mergeOwnDecks } from './mergeOwnDecks.ts'
import {
  boardScores,
  cards,
  chats,
  dayScores,
  drafts,
  enrolments,
  identities,
  learners,
  memberPlaces,
  mistakes,
  pairings,
  reminders,
  roundAnswers,
  schedules,
  teamMembers,
  wrongCodes,
} from './schema.ts'

/**
 * Makes two learners one: what is known of the other goes over to the survivor, and the other is gone. An answer that
 * comes at the same time is written before, or finds that its card has moved on.
 *
 * @param transaction in which both rows of `learners` are locked already
 */
export async function mergeLearners(
  transaction: Database,
  survivorId: number,
  otherId: number,
  now: Date,
): Promise<void> {
  const merge: Merge = { transaction, survivorId, otherId }
  // First answers wait at the learners' rows, later ones at their schedule's: the order is that of `appendMany`.
  await transaction
    .select({ cardId: schedules.cardId })
    .from(schedules)
    .where(inArray(schedules.learnerId, [survivorId, otherId]))
    .orderBy(sql`${schedules.learnerId}, ${schedules.cardId} collate "C"`)
    .for('update')
  const [survivor] = await transaction.select().from(learners).where(eq(learners.id, survivorId))
  if (survivor === undefined) throw new Error(`there is no learner ${survivorId}`)
  const studyDay = studyDayAt(now, survivor.timeZone, survivor.dayStartHour)

  await keepFirstAnswers(merge)
  await mergeLogs(transaction, survivorId, otherId, { studyDay, now })
  await mergeOwnDecks(transaction, survivorId, otherId)
  await mergeScores(merge)
  await mergeEnrolments(merge)
  await mergeSettings(merge)
  await mergeTeams(merge)
  for (const table of [identities, chats, mistakes, drafts, roundAnswers]) {
    await transaction.update(table).set({ learnerId: survivorId }).where(eq(table.learnerId, otherId))
  }
  await transaction
    .delete(pairings)
    .where(or(eq(pairings.learnerId, otherId), eq(pairings.otherLearnerId, otherId)))
  await transaction.delete(wrongCodes).where(eq(wrongCodes.learnerId, otherId))
  await transaction.delete(learners).where(eq(learners.id, otherId))
}

interface Merge {
  readonly transaction: Database
  readonly survivorId: number
  readonly otherId: number
}

/** Where both answered the same question the earlier answer counts, as it would have for one person. */
async function keepFirstAnswers({ transaction, survivorId, otherId }: Merge): Promise<void> {
  const isSame = sql`(one.daily_key = two.daily_key or (one.round_id = two.round_id and one.position = two.position))`
  const drop = (of: number, against: number, isFirst: SQL) =>
    transaction.execute(sql`
      delete from ${roundAnswers} two where learner_id = ${of} and exists (
        select from ${roundAnswers} one where one.learner_id = ${against} and ${isSame} and ${isFirst})`)
  await drop(otherId, survivorId, sql`one.answered_at <= two.answered_at`)
  await drop(survivorId, otherId, sql`true`)
}

async function mergeScores({ transaction, survivorId, otherId }: Merge): Promise<void> {
  await transaction.execute(sql`
    insert into ${dayScores} as stored (learner_id, study_day, deck_id, answers, reviews, passes, starts, points)
    select ${survivorId}::bigint, study_day, deck_id, answers, reviews, passes, starts, points
    from ${dayScores} where learner_id = ${otherId} order by study_day, deck_id collate "C"
    on conflict (learner_id, study_day, deck_id) do update set
      answers = stored.answers + excluded.answers, reviews = stored.reviews + excluded.reviews,
      passes = stored.passes + excluded.passes, starts = stored.starts + excluded.starts,
      points = stored.points + excluded.points`)
  await transaction.delete(dayScores).where(eq(dayScores.learnerId, otherId))
}

async function mergeEnrolments({ transaction, survivorId, otherId }: Merge): Promise<void> {
  await transaction.execute(sql`
    insert into ${enrolments} as stored (learner_id, deck_id, enrolled, position)
    select ${survivorId}::bigint, deck_id, enrolled, position from ${enrolments} where learner_id = ${otherId}
    on conflict (learner_id, deck_id) do update set
      enrolled = stored.enrolled or excluded.enrolled, position = least(stored.position, excluded.position)`)
  await transaction.delete(enrolments).where(eq(enrolments.learnerId, otherId))
  // A card that one took out of study and the other took back in is unseen again, and may lie before the position.
  await transaction.execute(sql`
    update ${enrolments} set position = least(position, unseen.seq - 1)
    from (
      select deck_id, min(seq) as seq from ${schedules} join ${cards} on id = card_id
      where learner_id = ${survivorId} and due_on is null and not suspended and retired_at is null
      group by deck_id
    ) as unseen
    where learner_id = ${survivorId} and enrolments.deck_id = unseen.deck_id`)
}

/**
 * The survivor's settings stay, but nobody who was hidden is shown, and who was reminded still is: of the two places
 * where the person can be reached the survivor's counts, unless only the other one has something planned.
 */
async function mergeSettings({ transaction, survivorId, otherId }: Merge): Promise<void> {
  await transaction.execute(sql`
    update ${learners} survivor
    set hidden = survivor.hidden or other.hidden, created_at = least(survivor.created_at, other.created_at),
      reminder_minute = coalesce(survivor.reminder_minute, other.reminder_minute)
    from ${learners} other where survivor.id = ${survivorId} and other.id = ${otherId}`)
  await transaction.execute(sql`
    delete from ${reminders} where learner_id in (
      select learner_id from ${reminders} where learner_id in (${survivorId}, ${otherId})
      order by (remind_at is null), (learner_id <> ${survivorId}) offset 1)`)
  await transaction.update(reminders).set({ learnerId: survivorId }).where(eq(reminders.learnerId, otherId))
}

async function mergeTeams({ transaction, survivorId, otherId }: Merge): Promise<void> {
  // Whoever changes a member's boards locks this row first.
  await transaction
    .select({ teamId: teamMembers.teamId })
    .from(teamMembers)
    .where(inArray(teamMembers.learnerId, [survivorId, otherId]))
    .orderBy(teamMembers.learnerId, teamMembers.teamId)
    .for('update')
  await transaction.execute(sql`
    insert into ${teamMembers} as stored (learner_id, team_id, name, shown)
    select ${survivorId}::bigint, team_id, name, shown from ${teamMembers} where learner_id = ${otherId}
    on conflict (learner_id, team_id) do update set shown = stored.shown or excluded.shown`)
  await transaction.execute(sql`
    update ${teamMembers} set shown = false from ${learners}
    where learner_id = ${survivorId} and id = learner_id and hidden`)
  await transaction.execute(sql`
    insert into ${memberPlaces} as stored (learner_id, platform, place_id, present, checked_at)
    select ${survivorId}::bigint, platform, place_id, present, checked_at
    from ${memberPlaces} where learner_id = ${otherId}
    on conflict (learner_id, platform, place_id) do update set
      present = stored.present or excluded.present, checked_at = least(stored.checked_at, excluded.checked_at)`)
  for (const table of [teamMembers, memberPlaces]) {
    await transaction.delete(table).where(eq(table.learnerId, otherId))
  }
  await transaction.delete(boardScores).where(inArray(boardScores.learnerId, [survivorId, otherId]))
  await rebuildBoards(transaction, { learnerId: survivorId })
}
