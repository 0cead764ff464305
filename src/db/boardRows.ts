import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { boardScores, dayScores, decks, teamMembers, teams } from './schema.ts'

/**
 * The rows of `board_scores` that scores give: learner_id, team_id, period, starts_on, deck_id, points, shown. This is
 * the one place that says which points count for which board; reviews, backfills and the doctor all select from it.
 *
 * Ordered by key, as everything that writes boards is: two writers of the same rows then cannot wait for each other.
 *
 * @param scores a table expression named `scores`, with learner_id, study_day, deck_id and points
 * @param condition on `scores`, and on `member`, a row of team_members
 */
export function boardRows(scores: SQL, condition: SQL = sql`true`): SQL {
  return sql`select scores.learner_id, member.team_id, board.period, board.starts_on, board.deck_id,
      sum(scores.points)::integer as points, member.shown
    from ${scores}
    join ${teamMembers} member on member.learner_id = scores.learner_id
    join ${teams} team on team.id = member.team_id
    cross join lateral ${boardsOf(sql`scores.study_day`, sql`scores.deck_id`)} as board (period, starts_on, deck_id)
    where scores.points <> 0 and ${isTeamDeck(sql`team.deck_ids`, sql`scores.deck_id`)} and ${condition}
    group by scores.learner_id, member.team_id, board.period, board.starts_on, board.deck_id, member.shown
    order by scores.learner_id, member.team_id, board.period collate "C", board.starts_on, board.deck_id collate "C"`
}

/** By key, whatever language the database sorts in, of rows that a query calls `board`. */
export const BOARD_KEY_ORDER = sql.raw(
  'board.learner_id, board.team_id, board.period collate "C", board.starts_on, board.deck_id collate "C"',
)

/** The deck's points count for a team with these decks. What learners made for themselves never counts. */
export function isTeamDeck(deckIds: SQL, deckId: SQL): SQL {
  return sql`((${deckIds} is null or jsonb_exists(${deckIds}, ${deckId}))
    and (select ${decks.learnerId} is null from ${decks} where ${decks.id} = ${deckId}))`
}

/** The boards that a day's points in a deck count for: of each period all decks together, and the deck itself. */
export function boardsOf(studyDay: SQL, deckId: SQL): SQL {
  // Dates only: date_trunc would go by way of the session's time zone.
  const monday = sql`${studyDay} - (extract(isodow from ${studyDay})::integer - 1)`
  const first = sql`${studyDay} - (extract(day from ${studyDay})::integer - 1)`
  return sql`(values
      ('week', ${monday}, ''), ('week', ${monday}, ${deckId}),
      ('month', ${first}, ''), ('month', ${first}, ${deckId}),
      ('all', date '0001-01-01', ''), ('all', date '0001-01-01', ${deckId}))`
}

/** Members of teams: those of one team, or of all teams of one learner, or both. */
export interface MemberScope {
  readonly teamId?: number
  /** Null, or left out: all members. */
  readonly learnerId?: number | null
}

/** Holds for a row of `team_members` that the query calls `member`. */
export function isMemberIn({ teamId, learnerId }: MemberScope): SQL {
  const ofTeam = teamId === undefined ? sql`true` : sql`member.team_id = ${teamId}`
  return learnerId === undefined || learnerId === null
    ? ofTeam
    : sql`${ofTeam} and member.learner_id = ${learnerId}`
}

/** For each board of the members what `day_scores` gives and what is stored, where these differ. */
export function boardDifferences(scope: MemberScope): SQL {
  const isMember = isMemberIn(scope)
  return sql`with expected as (${boardRows(sql`${dayScores} scores`, isMember)}),
    stored as (
      select board.* from ${teamMembers} member
      join ${boardScores} board on board.learner_id = member.learner_id and board.team_id = member.team_id
      where ${isMember}
    )
    select learner_id, team_id, period, starts_on, deck_id,
      coalesce(expected.points, 0) as expected, coalesce(stored.points, 0) as stored
    from expected full join stored using (learner_id, team_id, period, starts_on, deck_id)
    where coalesce(expected.points, 0) <> coalesce(stored.points, 0)`
}

/**
 * Makes the members' boards what their scores give, from nothing or from what is there. It adds what is missing rather
 * than replacing, so that reviews written at the same time count once. Two of these for the same member must not run at
 * once: lock the member or the team first, by a statement of its own.
 */
export async function rebuildBoards(transaction: Database, scope: MemberScope): Promise<void> {
  await transaction.execute(sql`
    insert into ${boardScores} (learner_id, team_id, period, starts_on, deck_id, points, shown)
    select board.learner_id, board.team_id, board.period, board.starts_on, board.deck_id,
      board.expected - board.stored, member.shown
    from (${boardDifferences(scope)}) board
    join ${teamMembers} member on member.learner_id = board.learner_id and member.team_id = board.team_id
    order by ${BOARD_KEY_ORDER}
    on conflict (learner_id, team_id, period, starts_on, deck_id)
      do update set points = ${boardScores}.points + excluded.points, shown = excluded.shown`)
}
