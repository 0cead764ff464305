import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CardKind } from '../../core/card.ts'
import { instant, learnerId } from './columns.ts'
import { learners } from './people.ts'

export const decks = pgTable(
  'decks',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    /** Cards not retired: kept here so that a summary does not count a deck of a million. */
    cardCount: integer().notNull().default(0),
    /** The next `cards.seq` to give out. It never goes back, else a new card could fall behind a position. */
    nextSeq: bigint({ mode: 'number' }).notNull().default(1),
    /** Hash of the deck as last synced; an unchanged deck is not compared card by card. */
    fingerprint: text().notNull(),
    retiredAt: instant(),
    /** Whose deck it is: only they see it, and a sync leaves it alone. Null: from the notes, for everybody. */
    learnerId: bigint({ mode: 'number' }).references(() => learners.id),
  },
  // Makes a second deck of one learner impossible; also finds the decks from the notes among those of everybody.
  (table) => [uniqueIndex('decks_by_learner').on(table.learnerId)],
)

export const cards = pgTable(
  'cards',
  {
    id: text().primaryKey(),
    deckId: text()
      .notNull()
      .references(() => decks.id),
    /** Order of introduction within the deck. */
    seq: bigint({ mode: 'number' }).notNull(),
    factId: text().notNull(),
    kind: text().$type<CardKind>().notNull(),
    prompt: text().notNull(),
    answer: text().notNull(),
    accept: jsonb().$type<readonly string[]>().notNull(),
    wrong: jsonb().$type<readonly string[]>().notNull(),
    context: jsonb().$type<readonly string[]>().notNull(),
    explanation: text().notNull(),
    /** Of a card that a learner made: a link, or empty. */
    sourceFile: text().notNull(),
    sourceLine: integer().notNull(),
    retiredAt: instant(),
  },
  (table) => [
    uniqueIndex('cards_by_introduction').on(table.deckId, table.seq),
    index('cards_by_fact').on(table.factId),
  ],
)

export const enrolments = pgTable(
  'enrolments',
  {
    learnerId: learnerId().references(() => learners.id),
    deckId: text()
      .notNull()
      .references(() => decks.id),
    enrolled: boolean().notNull(),
    /**
     * A lower bound of where the learner stands in the deck: every card up to this `seq` is started,
     * suspended or retired. It may lag behind; `newCards` moves it on when that pays.
     */
    position: bigint({ mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.deckId] })],
)

/** What learners reported to be wrong in cards. */
export const mistakes = pgTable(
  'mistakes',
  {
    learnerId: learnerId().references(() => learners.id),
    id: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    cardId: text().notNull(),
    reportedAt: instant().notNull(),
    text: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.id] })],
)

/** Cards that learners are about to make, for a day at most. */
export const drafts = pgTable(
  'drafts',
  {
    learnerId: learnerId().references(() => learners.id),
    id: text().notNull(),
    prompt: text().notNull(),
    answer: text().notNull(),
    link: text(),
    savedAt: instant().notNull(),
    /** The card it became; null until then. */
    cardId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.id] }),
    index('drafts_by_time').on(table.savedAt),
  ],
)
