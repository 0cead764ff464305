import { eq, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { cards, dayScores, decks, enrolments, reviews } from './schema.ts'

/**
 * Makes the decks that two learners made for themselves one. The other's cards come after the survivor's, as new
 * ones would, so that no position lies beyond a card that is new; their log and scores are of the survivor's deck
 * from now on. Logs are merged already, scores and enrolments are not yet.
 */
export async function mergeOwnDecks(
  transaction: Database,
  survivorId: number,
  otherId: number,
): Promise<void> {
  const ownDeck = async (learnerId: number) =>
    (await transaction.select().from(decks).where(eq(decks.learnerId, learnerId)).for('update'))[0]
  const [mine, theirs] = [await ownDeck(survivorId), await ownDeck(otherId)]
  if (theirs === undefined) return
  if (mine === undefined) {
    await transaction.update(decks).set({ learnerId: survivorId }).where(eq(decks.id, theirs.id))
    return
  }
  await transaction.execute(sql`
    update ${cards} card set deck_id = ${mine.id}, seq = ${mine.nextSeq}::bigint - 1 + ranked.place
    from (
      select id, row_number() over (order by seq) as place from ${cards} where deck_id = ${theirs.id}
    ) as ranked
    where card.id = ranked.id`)
  await transaction.execute(sql`
    update ${decks} deck set card_count = counted.active, next_seq = greatest(deck.next_seq, counted.highest + 1)
    from (
      select count(*) filter (where retired_at is null) as active, max(seq) as highest
      from ${cards} where deck_id = ${mine.id}
    ) as counted
    where deck.id = ${mine.id}`)
  await transaction.execute(sql`
    update ${reviews} set deck_id = ${mine.id} where learner_id = ${survivorId} and deck_id = ${theirs.id}`)
  await transaction.execute(sql`
    update ${dayScores} set deck_id = ${mine.id} where learner_id = ${otherId} and deck_id = ${theirs.id}`)
  await transaction.execute(sql`
    update ${enrolments} set deck_id = ${mine.id} where learner_id = ${otherId} and deck_id = ${theirs.id}`)
  await transaction.delete(decks).where(eq(decks.id, theirs.id))
}
