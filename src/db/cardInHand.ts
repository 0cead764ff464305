import { and, eq, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { CardInHand } from '../core/cardInHand.ts'
import { coalesce } from './coalesce.ts'
import { type Database, given } from './database.ts'
import { isLost } from './isLost.ts'
import { toCardInHand } from './rows.ts'
import { cards, decks, schedules } from './schema.ts'
import { givenLearner, isVisible, isVisibleTo } from './scope.ts'

const { seq: _seq, ...cardColumns } = getTableColumns(cards)
const {
  learnerId: _learnerId,
  cardId: _cardId,
  lastAnsweredAt: _at,
  ...scheduleColumns
} = getTableColumns(schedules)

/** What a query selects to give a `CardInHand`; it joins decks and, where there is one, the schedule. */
export const cardInHandFields = {
  card: cardColumns,
  deckTitle: decks.title,
  deckOwner: decks.learnerId,
  schedule: scheduleColumns,
}

/** The card with this id, as the given learner stands to it; none where it is somebody else's own. */
export function selectCardInHand(db: Database, cardId: SQL) {
  return db
    .select(cardInHandFields)
    .from(cards)
    .innerJoin(decks, eq(decks.id, cards.deckId))
    .leftJoin(schedules, and(eq(schedules.learnerId, givenLearner), eq(schedules.cardId, cards.id)))
    .where(and(eq(cards.id, cardId), isVisible))
}

/** Reads that wait for each other go together; see `append.ts` for the writes. */
const READS_AT_ONCE = 2
const CARDS_AT_ONCE = 256
/** Below that, two reads cost more than they save. */
const CARDS_UNDIVIDED = 16

interface Wanted {
  readonly learnerId: number
  readonly cardId: string
}

/** @returns `card`; see the store's port */
export function prepareCard(db: Database): (learnerId: number, cardId: string) => Promise<CardInHand | null> {
  const byId = selectCardInHand(db, given(cards.id, 'cardId')).prepare('card_in_hand')
  const readMany = prepareCards(db)
  const read = coalesce<Wanted, CardInHand | null>({
    atOnce: READS_AT_ONCE,
    most: CARDS_AT_ONCE,
    least: CARDS_UNDIVIDED,
    keyOf: ({ learnerId, cardId }) => `${learnerId} ${cardId}`,
    call: async (wanted) => {
      const [first] = wanted
      // Most are read alone, and that is quicker without unpacking a list.
      if (first === undefined || wanted.length > 1) return readMany(wanted)
      const [row] = await byId.execute({ ...first })
      return [row === undefined ? null : toCardInHand(row)]
    },
    isEveryones: isLost,
  })
  return (learnerId, cardId) => read({ learnerId, cardId })
}

function prepareCards(db: Database): (wanted: readonly Wanted[]) => Promise<(CardInHand | null)[]> {
  // As a join it may be planned to read all cards for the few that are wanted.
  const card = db
    .select()
    .from(cards)
    .where(eq(cards.id, sql`wanted."cardId"`))
    .limit(1)
    .as(getTableName(cards))
  const byIds = db
    .select({ place: sql<number>`wanted.place`, ...cardInHandFields })
    .from(
      sql`jsonb_to_recordset(${sql.placeholder('wanted')}::jsonb)
        as wanted (place integer, "learnerId" bigint, "cardId" text)`,
    )
    .innerJoinLateral(card, sql`true`)
    .innerJoin(decks, and(eq(decks.id, cards.deckId), isVisibleTo(sql`wanted."learnerId"`)))
    .leftJoin(
      schedules,
      and(eq(schedules.learnerId, sql`wanted."learnerId"`), eq(schedules.cardId, sql`wanted."cardId"`)),
    )
    .prepare('cards_in_hand')
  return async (wanted) => {
    const hands: (CardInHand | null)[] = wanted.map(() => null)
    const placed = wanted.map((one, place) => ({ ...one, place }))
    for (const row of await byIds.execute({ wanted: JSON.stringify(placed) })) {
      hands[row.place] = toCardInHand(row)
    }
    return hands
  }
}
