import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { LEARNED_INTERVAL_DAYS } from '../core/store.ts'
import type { BoardKey } from '../core/team/board.ts'
import { AHEAD_COUNTED, type BoardDetails, type TeamStore } from '../core/team/teamStore.ts'
import { type Database, given } from './database.ts'
import { boardScores, cards, dayScores, decks, learners, schedules, teamMembers, teams } from './schema.ts'

const isBoard = and(
  eq(boardScores.teamId, given(boardScores.teamId)),
  eq(boardScores.period, given(boardScores.period)),
  eq(boardScores.startsOn, given(boardScores.startsOn)),
  eq(boardScores.deckId, given(boardScores.deckId)),
  boardScores.shown,
)

/**
 * What the board calls a learner; null for who is not to be shown. Boards say so themselves, but a review that was being
 * written when somebody hid or left may not have known. No join, which the planner could begin at the wrong end.
 */
const shownName = inFull<string>(sql`(
  select ${teamMembers.name} from ${teamMembers}
  where ${teamMembers.learnerId} = ${boardScores.learnerId} and ${teamMembers.teamId} = ${boardScores.teamId}
    and ${teamMembers.shown}
    and not (select ${learners.hidden} from ${learners} where ${learners.id} = ${teamMembers.learnerId})
)`)

/** @returns `boardTop`; see the store's port */
export function prepareBoardTop(db: Database): TeamStore['boardTop'] {
  const statement = db
    .select({ learnerId: boardScores.learnerId, name: shownName, points: boardScores.points })
    .from(boardScores)
    .where(and(isBoard, gt(boardScores.points, 0), sql`${shownName} is not null`))
    // As the index has it; without "nulls last" all of the board would be sorted.
    .orderBy(sql`${boardScores.points} desc nulls last, ${boardScores.learnerId}`)
    .limit(sql.placeholder('limit'))
    .prepare('board_top')
  return (board, limit) => statement.execute({ ...toValues(board), limit })
}

/** @returns `boardRank`; see the store's port */
export function prepareBoardRank(db: Database): TeamStore['boardRank'] {
  const ahead = inFull<number>(sql`(select count(*)::integer from (
    select true from ${boardScores} ahead
    where ahead.team_id = ${boardScores.teamId} and ahead.period = ${boardScores.period}
      and ahead.starts_on = ${boardScores.startsOn} and ahead.deck_id = ${boardScores.deckId}
      and ahead.shown and ahead.points > ${boardScores.points}
    limit ${sql.raw(String(AHEAD_COUNTED + 1))}
  ) as counted)`)
  const statement = db
    .select({ name: shownName, points: boardScores.points, ahead })
    .from(boardScores)
    .where(
      and(
        isBoard,
        eq(boardScores.learnerId, given(boardScores.learnerId)),
        gt(boardScores.points, 0),
        sql`${shownName} is not null`,
      ),
    )
    .prepare('board_rank')
  return async (board, learnerId) => {
    const [row] = await statement.execute({ ...toValues(board), learnerId })
    if (row === undefined) return null
    return { ...row, ahead: row.ahead > AHEAD_COUNTED ? null : row.ahead }
  }
}

/** @returns `boardDetails`; see the store's port. What it costs depends on these learners only. */
export function prepareBoardDetails(db: Database): TeamStore['boardDetails'] {
  const [team, deck] = [given(boardScores.teamId), given(boardScores.deckId)]
  // Read once: the decks of the board.
  const isDeck = (deckId: SQL) => sql`${deckId} in (
    select ${decks.id} from ${decks}
    where ${decks.learnerId} is null and (${deck} = '' or ${decks.id} = ${deck})
      and coalesce((select jsonb_exists(${teams.deckIds}, ${decks.id}) from ${teams} where ${teams.id} = ${team}), true)
  )`
  const isTheirs = (table: typeof dayScores | typeof schedules) => eq(table.learnerId, learners.id)
  const total = (name: 'reviews' | 'passes') =>
    inFull<number>(sql`(
    select coalesce(sum(${dayScores[name]}), 0)::integer from ${dayScores}
    where ${isTheirs(dayScores)} and ${dayScores.studyDay} >= ${given(boardScores.startsOn)}
      and ${dayScores.studyDay} <= ${sql.placeholder('endsOn')}::date and ${isDeck(sql`${dayScores.deckId}`)}
  )`)
  const statement = db
    .select({
      learnerId: learners.id,
      timeZone: learners.timeZone,
      dayStartHour: learners.dayStartHour,
      studyDays: inFull<BoardDetails['studyDays']>(sql`to_jsonb(array(
        select ${dayScores.studyDay} from ${dayScores} where ${isTheirs(dayScores)}
        group by ${dayScores.studyDay} having sum(${dayScores.answers}) > 0
        order by ${dayScores.studyDay} desc limit ${sql.placeholder('studyDays')}
      ))`),
      reviews: total('reviews'),
      passes: total('passes'),
      learned: inFull<number>(sql`(
        select count(*)::integer from ${schedules}
        where ${isTheirs(schedules)} and ${schedules.intervalDays} >= ${sql.raw(String(LEARNED_INTERVAL_DAYS))}
          and (select ${isDeck(sql`${cards.deckId}`)} from ${cards} where ${cards.id} = ${schedules.cardId})
      )`),
    })
    .from(learners)
    .where(
      sql`${learners.id} = any (array(
        select value::bigint from jsonb_array_elements_text(${sql.placeholder('learnerIds')}::jsonb)
      ))`,
    )
    .prepare('board_details')
  return async (board, endsOn, learnerIds, studyDays) => {
    if (learnerIds.length === 0) return []
    return statement.execute({
      ...toValues(board),
      endsOn,
      learnerIds: JSON.stringify(learnerIds),
      studyDays,
    })
  }
}

/** A board as its rows have it. */
function toValues({ teamId, period, startsOn, deckId }: BoardKey) {
  return { teamId, period, startsOn, deckId: deckId ?? '' }
}

/** Names columns with their tables. drizzle leaves the tables out of what is selected from a single one. */
function inFull<Value>(part: SQL): SQL<Value> {
  return sql<Value>`${part}`
}
