import { and, asc, desc, eq, isNotNull, isNull, lte, not, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { CardInHand } from '../core/cardInHand.ts'
import type { Scope } from '../core/store.ts'
import { selectCardInHand } from './cardInHand.ts'
import type { Database } from './database.ts'
import { toCardInHand } from './rows.ts'
import { cards, schedules } from './schema.ts'
import { type Breadth, breadthOf, givenDay, givenLearner, inScope, noSiblingAnswered } from './scope.ts'

/** @returns `nextDue`; see the store's port */
export function prepareNextDue(db: Database): (scope: Scope) => Promise<CardInHand | null> {
  const statement = (breadth: Breadth) => {
    const due = dueRows(db)
      .orderBy(
        // A division rounded to a double keeps this order exactly: equal ratios give equal doubles, and two
        // different ones, with intervals up to 36,500 days, are further apart than a double's precision.
        desc(sql`(${givenDay}::date - ${schedules.dueOn})::float8 / ${schedules.intervalDays}`),
        asc(schedules.dueOn),
        asc(sql`${schedules.cardId} collate "C"`),
      )
      .as('due')
    const askable = db
      .select({ cardId: due.cardId })
      .from(due)
      .where(isNotNull(factOf(due.cardId, breadth)))
    // Written out, since drizzle makes a limit a parameter, and not knowing it the planner expects a tenth of all
    // rows and plans anew each time.
    return selectCardInHand(db, sql`(${askable} limit 1)`).prepare(`next_due_${breadth}`)
  }
  const statements = { one_deck: statement('one_deck'), all_decks: statement('all_decks') }

  return async (scope) => {
    const [row] = await statements[breadthOf(scope)].execute({ ...scope })
    return row === undefined ? null : toCardInHand(row)
  }
}

/** @returns `dueCount`; see the store's port */
export function prepareDueCount(db: Database): (scope: Scope) => Promise<number> {
  const statement = (breadth: Breadth) => {
    const due = dueRows(db).as('due')
    return db
      .select({ count: sql<number>`count(distinct ${factOf(due.cardId, breadth)})::integer` })
      .from(due)
      .prepare(`due_count_${breadth}`)
  }
  const statements = { one_deck: statement('one_deck'), all_decks: statement('all_decks') }

  return async (scope) => {
    const [row] = await statements[breadthOf(scope)].execute({ ...scope })
    return row?.count ?? 0
  }
}

/** @returns `drills`; see the store's port */
export function prepareDrills(db: Database): (scope: Scope) => Promise<string[]> {
  const statement = (breadth: Breadth) =>
    db
      .select({ cardId: schedules.cardId })
      .from(schedules)
      .innerJoin(cards, eq(cards.id, schedules.cardId))
      .where(
        and(
          eq(schedules.learnerId, givenLearner),
          eq(schedules.drillOn, givenDay),
          not(schedules.suspended),
          isNull(cards.retiredAt),
          inScope(breadth),
        ),
      )
      .orderBy(asc(schedules.lastAnsweredAt), asc(sql`${schedules.cardId} collate "C"`))
      .prepare(`drills_${breadth}`)
  const statements = { one_deck: statement('one_deck'), all_decks: statement('all_decks') }

  return async (scope) => {
    const rows = await statements[breadthOf(scope)].execute({ ...scope })
    return rows.map((row) => row.cardId)
  }
}

/** The learner's schedules that are due on the study day or before; its columns all stand in one index. */
function dueRows(db: Database) {
  return db
    .select({
      cardId: schedules.cardId,
      dueOn: schedules.dueOn,
      intervalDays: schedules.intervalDays,
    })
    .from(schedules)
    .where(
      and(
        eq(schedules.learnerId, givenLearner),
        not(schedules.suspended),
        isNotNull(schedules.dueOn),
        lte(schedules.dueOn, givenDay),
      ),
    )
    .$dynamic()
}

/** The fact of a due card that can be asked; null where it is retired, out of scope, or a sibling came today. */
function factOf(cardId: SQLWrapper, breadth: Breadth): SQL<string | null> {
  return sql`(
    select ${cards.factId} from ${cards}
    where ${cards.id} = ${cardId} and ${cards.retiredAt} is null
      and ${inScope(breadth)} and ${noSiblingAnswered}
  )`
}
