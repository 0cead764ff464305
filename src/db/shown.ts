import { sql } from 'drizzle-orm'
import { BOARD_KEY_ORDER, isMemberIn, type MemberScope } from './boardRows.ts'
import type { Database } from './database.ts'
import { boardScores, learners, memberPlaces, places, teamMembers } from './schema.ts'

/** A member is shown who is not hidden and is in one of the team's places, as far as known. */
export const isShown = sql`(
  not (select hidden from ${learners} where ${learners.id} = member.learner_id)
  and exists (
    select true from ${places} place
    join ${memberPlaces} presence
      on presence.platform = place.platform and presence.place_id = place.place_id
    where place.team_id = member.team_id and presence.learner_id = member.learner_id and presence.present
  )
)`

/**
 * Puts members on the boards or takes them off, as they are hidden and present now. Lock what that depends on first, by
 * a statement of its own.
 */
export async function refreshShown(transaction: Database, scope: MemberScope): Promise<void> {
  await transaction.execute(
    sql`update ${teamMembers} member set shown = ${isShown}
      where ${isMemberIn(scope)} and member.shown <> ${isShown}`,
  )
  const ofMember = sql`board.learner_id = member.learner_id and board.team_id = member.team_id`
  // Locked in the order in which reviews write them.
  await transaction.execute(
    sql`with locked as materialized (
        select board.learner_id, board.team_id, board.period, board.starts_on, board.deck_id
        from ${teamMembers} member join ${boardScores} board on ${ofMember}
        where ${isMemberIn(scope)} and board.shown <> member.shown
        order by ${BOARD_KEY_ORDER}
        for update of board
      )
      update ${boardScores} board set shown = member.shown
      from locked join ${teamMembers} member
        on member.learner_id = locked.learner_id and member.team_id = locked.team_id
      where ${ofMember} and board.period = locked.period and board.starts_on = locked.starts_on
        and board.deck_id = locked.deck_id`,
  )
}
