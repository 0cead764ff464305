import { sql } from 'drizzle-orm'
import { rebuildBoards } from './boardRows.ts'
import type { Database } from './database.ts'
import { boardDifferencesOf, membershipDifferences } from './doctorBoards.ts'
import { boardScores, teamMembers, teams } from './schema.ts'
import { refreshShown } from './shown.ts'

/**
 * Makes memberships and boards of a learner, whom the transaction has locked, what they should be.
 *
 * @returns whether anything had to change
 */
export async function repairBoards(transaction: Database, learnerId: number): Promise<boolean> {
  const wrong = [
    ...(await membershipDifferences(transaction, learnerId)),
    ...(await boardDifferencesOf(transaction, learnerId)),
  ]
  if (wrong.length === 0) return false
  await transaction.execute(
    sql`delete from ${teamMembers} member where member.learner_id = ${learnerId}
      and not exists (select true from ${teams} team where team.id = member.team_id)`,
  )
  await transaction.execute(
    sql`delete from ${boardScores} board where board.learner_id = ${learnerId} and not exists (
      select true from ${teamMembers} member
      where member.learner_id = board.learner_id and member.team_id = board.team_id
    )`,
  )
  await refreshShown(transaction, { learnerId })
  await rebuildBoards(transaction, { learnerId })
  return true
}
