import { eq, sql } from 'drizzle-orm'
import { OWN_DECK_TITLE, ownCardOf, problemsOf } from '../core/ownCard.ts'
import type { Keeping } from '../core/ownCardStore.ts'
import type { Database } from './database.ts'
import { isOne } from './drafts.ts'
import { randomId } from './randomId.ts'
import { cards, decks, drafts, enrolments, learners } from './schema.ts'

/** Marks what a person made, for whoever looks into the database; nothing depends on it. */
const PREFIX = 'own-'
/** 82 bits: together with the prefix within what a button carries. */
const RANDOM_LENGTH = 16
/** No sync ever compares it. */
const NO_FINGERPRINT = ''

/** Makes a draft a card, once; see the store's port. */
export function keepDraft(db: Database, learnerId: number, id: string): Promise<Keeping> {
  return db.transaction(async (transaction) => {
    // First, as `forget` does: one of the two waits for the other.
    await transaction
      .select({ id: learners.id })
      .from(learners)
      .where(eq(learners.id, learnerId))
      .for('key share')
    const [draft] = await transaction.select().from(drafts).where(isOne(learnerId, id)).for('update')
    if (draft === undefined) return 'gone'
    if (draft.cardId !== null) return 'already'
    if (problemsOf(draft).length > 0) return 'incomplete'

    const cardId = PREFIX + randomId(RANDOM_LENGTH)
    const { source, ...card } = ownCardOf(draft, cardId)
    const { deckId, seq } = await nextPlace(transaction, learnerId)
    await transaction
      .insert(cards)
      .values({ ...card, deckId, seq, sourceFile: source.file, sourceLine: source.line })
    await transaction
      .insert(enrolments)
      .values({ learnerId, deckId, enrolled: true })
      .onConflictDoUpdate({ target: [enrolments.learnerId, enrolments.deckId], set: { enrolled: true } })
    await transaction.update(drafts).set({ cardId }).where(isOne(learnerId, id))
    return 'kept'
  })
}

/** The place of one more card in the learner's own deck, which is made where there is none yet. */
async function nextPlace(transaction: Database, learnerId: number) {
  const [deck] = await transaction
    .insert(decks)
    .values({
      id: PREFIX + randomId(RANDOM_LENGTH),
      title: OWN_DECK_TITLE,
      cardCount: 1,
      nextSeq: 2,
      fingerprint: NO_FINGERPRINT,
      learnerId,
    })
    .onConflictDoUpdate({
      target: decks.learnerId,
      set: { cardCount: sql`${decks.cardCount} + 1`, nextSeq: sql`${decks.nextSeq} + 1` },
    })
    .returning({ deckId: decks.id, nextSeq: decks.nextSeq })
  if (deck === undefined) throw new Error(`the own deck of learner ${learnerId} was not stored`)
  return { deckId: deck.deckId, seq: deck.nextSeq - 1 }
}
