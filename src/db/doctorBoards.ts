import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { boardDifferences } from './boardRows.ts'
import type { Database } from './database.ts'
import { boardScores, places, teamMembers, teams } from './schema.ts'
import { isShown } from './shown.ts'

/** Teams without a place: nobody can reach them, and nothing would ever remove them. */
export async function teamDifferences(db: Database): Promise<string[]> {
  const rows = await db
    .select({ id: teams.id })
    .from(teams)
    .leftJoin(places, eq(places.teamId, teams.id))
    .where(isNull(places.teamId))
  return rows.map(({ id }) => `team ${id}: it has no place`)
}

/** Memberships in teams that are not there, and members who are shown and should not be, or the other way round. */
export async function membershipDifferences(db: Database, learnerId: number): Promise<string[]> {
  const member = sql`${teamMembers} member left join ${teams} team on team.id = member.team_id`
  const rows = await db
    .select({
      teamId: sql<number>`member.team_id`.mapWith(Number),
      isKnown: sql<boolean>`team.id is not null`,
      shown: sql<boolean>`member.shown`,
      expected: sql<boolean>`${isShown}`,
    })
    .from(member)
    .where(sql`member.learner_id = ${learnerId} and (team.id is null or member.shown <> ${isShown})`)
  return rows.map(({ teamId, isKnown, shown, expected }) => {
    const place = `learner ${learnerId}, team ${teamId}`
    if (!isKnown) return `${place}: there is no such team`
    return `${place}: the member is ${shownWord(shown)}, but should be ${shownWord(expected)}`
  })
}

/** Boards that are not what the learner's scores give, or show who is not to be shown. */
export async function boardDifferencesOf(db: Database, learnerId: number): Promise<string[]> {
  const board = (row: BoardRow) =>
    `learner ${learnerId}, team ${row.teamId}, ${row.period} of ${row.startsOn}, ${row.deckId === '' ? 'all decks' : `deck ${row.deckId}`}`
  const points = await db
    .select({
      ...boardFields(sql`difference`),
      expected: sql<number>`difference.expected`,
      stored: sql<number>`difference.stored`,
    })
    .from(sql`(${boardDifferences({ learnerId })}) as difference`)
  const others = await db
    .select({ ...boardFields(sql`board`), shown: sql<boolean>`board.shown`, name: sql`member.name` })
    .from(sql`${boardScores} board left join ${teamMembers} member
      on member.learner_id = board.learner_id and member.team_id = board.team_id`)
    .where(
      and(sql`board.learner_id = ${learnerId}`, sql`(member.name is null or board.shown <> member.shown)`),
    )
  return [
    ...points.map(
      (row) => `${board(row)}: the board's points are ${row.stored}, the scores give ${row.expected}`,
    ),
    ...others.map((row) =>
      row.name === null
        ? `${board(row)}: there are points on the board, but no membership`
        : `${board(row)}: the points are ${shownWord(row.shown)}, the member is not`,
    ),
  ]
}

interface BoardRow {
  readonly teamId: number
  readonly period: string
  readonly startsOn: string
  readonly deckId: string
}

function boardFields(row: SQL) {
  return {
    teamId: sql<number>`${row}.team_id`.mapWith(Number),
    period: sql<string>`${row}.period`,
    startsOn: sql<string>`${row}.starts_on::text`,
    deckId: sql<string>`${row}.deck_id`,
  }
}

function shownWord(shown: boolean): string {
  return shown ? 'shown' : 'hidden'
}
