import { eq, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { nextLearner } from './doctor.ts'
import { replayedCards } from './doctorLog.ts'
import {
  deckDifferences,
  positionDifferences,
  schedulesWithoutLog,
  scoreDifferences,
} from './doctorTables.ts'
import { lockLearner } from './lockLearner.ts'
import { isUnseen } from './position.ts'
import { repairBoards } from './repairBoards.ts'
import { cards, dayScores, decks, enrolments, reviews, schedules } from './schema.ts'

/**
 * Rebuilds schedules, scores, boards, positions and counts, learner by learner, each in a transaction of its own
 * that keeps the learner's answers waiting meanwhile. Where the log of a card contradicts itself there is nothing to
 * rebuild from: such a card stays as it is, and the doctor goes on naming it.
 *
 * @returns how many learners something was changed for
 */
export async function repair(db: Database): Promise<number> {
  if ((await deckDifferences(db)).length > 0) await repairDecks(db)
  let repaired = 0
  for (let id = await nextLearner(db, 0); id !== null; id = await nextLearner(db, id)) {
    const learnerId = id
    if (await db.transaction((transaction) => repairLearner(transaction, learnerId))) repaired++
  }
  return repaired
}

async function repairLearner(db: Database, learnerId: number): Promise<boolean> {
  await lockLearner(db, learnerId)
  const areSchedulesRepaired = await repairSchedules(db, learnerId)
  const areScoresWrong = (await scoreDifferences(db, learnerId)).length > 0
  if (areScoresWrong) await repairScores(db, learnerId)
  const areBoardsRepaired = await repairBoards(db, learnerId)
  // Last: a position depends on which cards are still new.
  const arePositionsWrong = (await positionDifferences(db, learnerId)).length > 0
  if (arePositionsWrong) await repairPositions(db, learnerId)
  return areSchedulesRepaired || areScoresWrong || areBoardsRepaired || arePositionsWrong
}

async function repairSchedules(db: Database, learnerId: number): Promise<boolean> {
  let isChanged = false
  for await (const { cardId, expected, problems, differences } of replayedCards(db, learnerId)) {
    if (problems.length > 0 || differences.length === 0) continue
    await db
      .insert(schedules)
      .values({ learnerId, cardId, ...expected })
      .onConflictDoUpdate({ target: [schedules.learnerId, schedules.cardId], set: expected })
    isChanged = true
  }
  if ((await schedulesWithoutLog(db, learnerId)).length === 0) return isChanged
  await db.execute(sql`
    delete from ${schedules} where ${schedules.learnerId} = ${learnerId} and not exists (
      select 1 from ${reviews}
      where ${reviews.learnerId} = ${schedules.learnerId} and ${reviews.cardId} = ${schedules.cardId}
    )`)
  return true
}

async function repairScores(db: Database, learnerId: number): Promise<void> {
  const sum = (name: string) => sql`sum(${sql.identifier(name)})::integer`
  await db.delete(dayScores).where(eq(dayScores.learnerId, learnerId))
  await db.insert(dayScores).select(
    sql`select ${reviews.learnerId}, ${reviews.studyDay}, ${reviews.deckId}, ${sum('answers')}, ${sum('reviews')},
        ${sum('passes')}, ${sum('starts')}, ${sum('points')}
      from ${reviews} where ${reviews.learnerId} = ${learnerId}
      group by ${reviews.learnerId}, ${reviews.studyDay}, ${reviews.deckId}`,
  )
}

async function repairPositions(db: Database, learnerId: number): Promise<void> {
  await db.execute(sql`
    update ${enrolments} set position = least(
      ${enrolments.position},
      (select ${decks.nextSeq} - 1 from ${decks} where ${decks.id} = ${enrolments.deckId}),
      (
        select min(${cards.seq}) - 1 from ${cards}
        where ${cards.deckId} = ${enrolments.deckId} and ${cards.retiredAt} is null
          and ${isUnseen(sql`${learnerId}`, cards)}
      )
    )
    where ${enrolments.learnerId} = ${learnerId}`)
}

async function repairDecks(db: Database): Promise<void> {
  await db.execute(sql`
    update ${decks} set
      card_count = (
        select count(*) from ${cards} where ${cards.deckId} = ${decks.id} and ${cards.retiredAt} is null
      ),
      next_seq = greatest(
        ${decks.nextSeq},
        (select max(${cards.seq}) + 1 from ${cards} where ${cards.deckId} = ${decks.id})
      )`)
}
