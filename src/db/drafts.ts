import { and, eq, isNull, sql } from 'drizzle-orm'
import type { DraftText, OwnCardText } from '../core/ownCard.ts'
import { DRAFT_ID_MAX_LENGTH, DRAFT_KEPT_HOURS, type Draft } from '../core/ownCardStore.ts'
import type { Database } from './database.ts'
import { randomId } from './randomId.ts'
import { drafts, learners } from './schema.ts'
import { storable } from './storable.ts'

/** Keeps the work of one sweep small, however much is left over. */
const SWEPT_AT_ONCE = 100

/** Keeps a draft, and sweeps old ones; see the store's port. */
export function saveDraft(db: Database, learnerId: number, draft: DraftText, now: Date): Promise<string> {
  return db.transaction(async (transaction) => {
    const [learner] = await transaction
      .select({ id: learners.id })
      .from(learners)
      .where(eq(learners.id, learnerId))
      .for('key share')
    if (learner === undefined) throw new Error(`there is no learner ${learnerId}`)
    const id = randomId(DRAFT_ID_MAX_LENGTH)
    const { link } = draft
    await transaction.insert(drafts).values({
      learnerId,
      id,
      ...storableText(draft),
      link: link === null ? null : storable(link),
      savedAt: now,
    })
    await sweep(transaction, now)
    return id
  })
}

/** Writes a draft anew; see the store's port. */
export async function changeDraft(
  db: Database,
  learnerId: number,
  id: string,
  text: OwnCardText,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(drafts)
    .set({ ...storableText(text), savedAt: now })
    .where(isOpen(learnerId, id))
    .returning({ id: drafts.id })
  return rows.length > 0
}

/** The learner's draft with this id; null when there is none. */
export async function draft(db: Database, learnerId: number, id: string): Promise<Draft | null> {
  const [row] = await db.select().from(drafts).where(isOne(learnerId, id))
  if (row === undefined) return null
  const { prompt, answer, link, cardId } = row
  return { id, prompt, answer, link, kept: cardId !== null }
}

/** Deletes a draft; see the store's port. */
export async function dropDraft(db: Database, learnerId: number, id: string): Promise<boolean> {
  const rows = await db.delete(drafts).where(isOpen(learnerId, id)).returning({ id: drafts.id })
  return rows.length > 0
}

/** The draft with this id, if it is the learner's. */
export function isOne(learnerId: number, id: string) {
  return and(eq(drafts.learnerId, learnerId), eq(drafts.id, id))
}

function isOpen(learnerId: number, id: string) {
  return and(isOne(learnerId, id), isNull(drafts.cardId))
}

/** It comes last in its transaction and waits for nobody, so that two cannot wait for each other. */
async function sweep(db: Database, now: Date): Promise<void> {
  const since = new Date(now.getTime() - DRAFT_KEPT_HOURS * 3_600_000).toISOString()
  await db.execute(sql`
    delete from ${drafts} where (learner_id, id) in (
      select learner_id, id from ${drafts} where saved_at < ${since}::timestamptz
      order by saved_at limit ${SWEPT_AT_ONCE} for update skip locked
    )`)
}

function storableText({ prompt, answer }: OwnCardText): OwnCardText {
  return { prompt: storable(prompt), answer: storable(answer) }
}
