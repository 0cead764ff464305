import { type SQL, sql } from 'drizzle-orm'
import { ALL_TIME_STARTS_ON } from '../core/team/board.ts'
import type { Database } from './database.ts'
import { boardScores, decks, teamMembers, teams } from './schema.ts'

/**
 * The part of an append that adds the entries' points to the boards of the teams that their learners are members
 * of. For a learner in no team it is one look-up in an index, and for an entry without points nothing.
 *
 * A member's row is locked meanwhile: whoever hides a member changes that row first, so either waits for this and
 * then finds the boards as this left them, or this waits and sees the member hidden. Many may hold that lock at
 * once. Boards are written in the order of their keys, so that two statements cannot wait for each other.
 *
 * @param entries gives `learner_id`, `deck_id`, `study_day` and `points` of each entry that is written
 */
export function addToBoards(db: Database, entries: SQL) {
  const { learnerId, teamId, period, startsOn, deckId } = boardScores
  const counted = sql`(
    select entry.*, ${teamMembers.teamId}, ${teamMembers.shown}
    from ${entries} as entry
    join ${teamMembers} on ${teamMembers.learnerId} = entry.learner_id
    join ${teams} on ${teams.id} = ${teamMembers.teamId}
    join ${decks} on ${decks.id} = entry.deck_id
    where entry.points <> 0 and ${decks.learnerId} is null
      and (${teams.deckIds} is null or ${teams.deckIds} ? entry.deck_id)
    for share of ${teamMembers}
  ) as counted`
  const boards = sql`(values
    ('week', date_trunc('week', study_day::timestamp)::date),
    ('month', date_trunc('month', study_day::timestamp)::date),
    ('all', date ${sql.raw(`'${ALL_TIME_STARTS_ON}'`)})
  ) as board (period, starts_on)`
  const key = sql`learner_id, team_id, period, starts_on, board_deck`
  return db.$with('boarded').as(
    db
      .insert(boardScores)
      .select(
        sql`select ${key}, sum(points), shown
          from ${counted}
          cross join lateral ${boards}
          cross join lateral (values (''), (deck_id)) as part (board_deck)
          group by ${key}, shown order by ${key}`,
      )
      .onConflictDoUpdate({
        target: [learnerId, teamId, period, startsOn, deckId],
        set: { points: sql`${boardScores.points} + excluded.points` },
      })
      .returning({ learnerId }),
  )
}
