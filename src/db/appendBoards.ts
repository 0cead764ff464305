import { type SQL, sql } from 'drizzle-orm'
import { BOARD_KEY_ORDER, boardsOf, isTeamDeck } from './boardRows.ts'
import type { Database } from './database.ts'
import { boardScores, teamMembers, teams } from './schema.ts'

/**
 * The part of an append that adds the entries' points to the boards of the teams that their learners are members
 * of: what `boardRows` gives of them. For a learner in no team it is one look-up in an index, and for an entry
 * without points nothing.
 *
 * A member's row is locked meanwhile: whoever hides a member changes that row first, so either waits for this and
 * then finds the boards as this left them, or this waits and sees the member hidden. Many may hold that lock at
 * once.
 *
 * @param entries gives `learner_id`, `deck_id`, `study_day` and `points` of each entry that is written
 */
export function addToBoards(db: Database, entries: SQL) {
  const { learnerId, teamId, period, startsOn, deckId } = boardScores
  const counted = sql`(
    select entry.*, member.team_id, member.shown
    from ${entries} entry
    join ${teamMembers} member on member.learner_id = entry.learner_id
    join ${teams} team on team.id = member.team_id
    where entry.points <> 0 and ${isTeamDeck(sql`team.deck_ids`, sql`entry.deck_id`)}
    for share of member
  ) counted`
  const boards = boardsOf(sql`counted.study_day`, sql`counted.deck_id`)
  const rows = sql`(
    select counted.learner_id, counted.team_id, part.period, part.starts_on, part.deck_id,
      sum(counted.points) as points, counted.shown
    from ${counted} cross join lateral ${boards} as part (period, starts_on, deck_id)
    group by counted.learner_id, counted.team_id, part.period, part.starts_on, part.deck_id, counted.shown
  ) board`
  return db.$with('boarded').as(
    db
      .insert(boardScores)
      .select(sql`select * from ${rows} order by ${BOARD_KEY_ORDER}`)
      .onConflictDoUpdate({
        target: [learnerId, teamId, period, startsOn, deckId],
        set: { points: sql`${boardScores.points} + excluded.points` },
      })
      .returning({ learnerId }),
  )
}
