import { desc, eq, sql } from 'drizzle-orm'
import type { MistakeReport } from '../core/personalStore.ts'
import type { Database } from './database.ts'
import { cards, learners, mistakes } from './schema.ts'
import { storable } from './storable.ts'

/**
 * Keeps a learner's report of a mistake in a card; several of one learner on one card are kept as well. One in the same
 * words is the same, sent again because nobody could be told that it is there.
 */
export async function reportMistake(
  db: Database,
  learnerId: number,
  cardId: string,
  text: string,
  now: Date,
): Promise<void> {
  const words = storable(text)
  await db.insert(mistakes).select(
    sql`select ${learners.id}, nextval(pg_get_serial_sequence('mistakes', 'id')), ${cardId},
      ${now.toISOString()}::timestamptz, ${words} from ${learners} where ${learners.id} = ${learnerId} and not exists (
        select from ${mistakes} where ${mistakes.learnerId} = ${learnerId} and ${mistakes.cardId} = ${cardId}
          and ${mistakes.text} = ${words})`,
  )
}

/** The latest reports of all learners, latest first. */
export function mistakeReports(db: Database, limit: number): Promise<MistakeReport[]> {
  return db
    .select({
      cardId: mistakes.cardId,
      prompt: cards.prompt,
      source: { file: cards.sourceFile, line: cards.sourceLine },
      text: mistakes.text,
      reportedAt: mistakes.reportedAt,
    })
    .from(mistakes)
    .innerJoin(cards, eq(cards.id, mistakes.cardId))
    .orderBy(desc(mistakes.reportedAt), desc(mistakes.id))
    .limit(limit)
}
