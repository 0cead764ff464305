import { and, eq, gt, gte, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { StudyDay } from '../core/studyDay.ts'
import type { PeriodDays } from '../core/team/period.ts'
import type { TroubleCard } from '../core/team/teamStore.ts'
import { isTeamDeck } from './boardRows.ts'
import type { Database } from './database.ts'
import { stands } from './history.ts'
import { cards, mistakes, reviews, schedules, teamMembers, teams } from './schema.ts'

/** @returns `mostForgotten`; see the store's port */
export async function mostForgotten(
  db: Database,
  teamId: number,
  { startsOn, endsOn }: Pick<PeriodDays, 'startsOn' | 'endsOn'>,
  limit: number,
): Promise<TroubleCard[]> {
  const { fields, from } = troubleCards(db, teamId, startsOn, endsOn)
  return from
    .where(and(isNull(cards.retiredAt), gt(fields.fails, 0)))
    .orderBy(sql`${fields.fails} desc, ${fields.answers}, ${fields.cardId} collate "C"`)
    .limit(limit)
}

/** @returns `looksWrong`; see the store's port */
export async function looksWrong(
  db: Database,
  teamId: number,
  since: StudyDay,
  leastPeople: number,
  limit: number,
): Promise<TroubleCard[]> {
  const { fields, from } = troubleCards(db, teamId, since, null)
  return from
    .where(
      and(
        isNull(cards.retiredAt),
        or(
          gt(fields.reports, 0),
          and(gte(fields.people, leastPeople), sql`${fields.fails} * 2 >= ${fields.answers}`),
        ),
      ),
    )
    .orderBy(sql`${fields.reports} desc, ${fields.fails} desc, ${fields.cardId} collate "C"`)
    .limit(limit)
}

/** The team's cards that its members failed, up to a day, or reported since, with how often. */
function troubleCards(db: Database, teamId: number, since: StudyDay, until: StudyDay | null) {
  const members = db
    .select({ learnerId: teamMembers.learnerId })
    .from(teamMembers)
    .where(eq(teamMembers.teamId, teamId))
  // By way of the few cards answered since then: the log has no index on the day.
  const failed = sql`${reviews.quality} < 3`
  const answered = db
    .select({
      cardId: reviews.cardId,
      fails: sql<number>`(count(*) filter (where ${failed}))::integer`.as('fails'),
      answers: sql<number>`count(*)::integer`.as('answers'),
      people: sql<number>`(count(distinct ${reviews.learnerId}) filter (where ${failed}))::integer`.as(
        'people',
      ),
    })
    .from(teamMembers)
    .innerJoin(
      schedules,
      and(eq(schedules.learnerId, teamMembers.learnerId), gte(schedules.answeredOn, since)),
    )
    .innerJoin(reviews, and(eq(reviews.learnerId, schedules.learnerId), eq(reviews.cardId, schedules.cardId)))
    .where(
      and(
        eq(teamMembers.teamId, teamId),
        gte(reviews.studyDay, since),
        until === null ? undefined : lte(reviews.studyDay, until),
        inArray(reviews.kind, ['scheduled', 'early']),
        stands,
      ),
    )
    .groupBy(reviews.cardId)
    .as('answered')
  const reported = db
    .select({ cardId: mistakes.cardId, reports: sql<number>`count(*)::integer`.as('reports') })
    .from(mistakes)
    .where(
      and(
        inArray(mistakes.learnerId, members),
        gte(mistakes.reportedAt, sql`${since}::date::timestamp at time zone 'UTC'`),
      ),
    )
    .groupBy(mistakes.cardId)
    .as('reported')
  const orNone = (number: SQL | SQL.Aliased) => sql<number>`coalesce(${number}, 0)`.mapWith(Number)
  const fields = {
    cardId: cards.id,
    fails: orNone(answered.fails),
    answers: orNone(answered.answers),
    people: orNone(answered.people),
    reports: orNone(reported.reports),
  }
  const from = db
    .select({ ...fields, prompt: cards.prompt, source: { file: cards.sourceFile, line: cards.sourceLine } })
    .from(cards)
    .leftJoin(answered, eq(answered.cardId, cards.id))
    .leftJoin(reported, eq(reported.cardId, cards.id))
    .innerJoin(teams, and(eq(teams.id, teamId), isTeamDeck(sql`${teams.deckIds}`, sql`${cards.deckId}`)))
    .$dynamic()
  return { fields, from }
}
