import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CardKind } from '../core/card.ts'
import type { Platform } from '../core/learner.ts'
import type { LogKind } from '../core/log.ts'
import type { Quality } from '../core/schedule.ts'
import type { StudyDay } from '../core/studyDay.ts'
import { prefixed } from './prefixed.ts'

// The key of every table that grows with use begins with the learner, so that it can be partitioned or
// distributed by learner. Those tables carry no foreign keys: a check against `cards` would lock the same few
// card rows for every learner at once. `deckhand doctor` looks for what a foreign key would have refused.

const learnerId = () => bigint({ mode: 'number' }).notNull()
const studyDay = () => date({ mode: 'string' }).$type<StudyDay>()
const instant = () => timestamp({ withTimezone: true, precision: 3 })

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

export const learners = pgTable('learners', {
  id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  timeZone: text().notNull(),
  dayStartHour: integer().notNull(),
  newPerDay: integer().notNull(),
  reviewsPerDay: integer().notNull(),
  /** Minutes after local midnight; null: never. */
  reminderMinute: integer(),
  createdAt: instant().notNull().defaultNow(),
})

/** Not keyed by learner: it is how a learner is found. */
export const identities = pgTable(
  'identities',
  {
    platform: text().$type<Platform>().notNull(),
    externalId: text().notNull(),
    learnerId: learnerId().references(() => learners.id),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.externalId] }),
    index('identities_by_learner').on(table.learnerId),
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

/** The columns of a core `Score`. */
function scoreColumns() {
  return {
    answers: integer().notNull(),
    reviews: integer().notNull(),
    passes: integer().notNull(),
    starts: integer().notNull(),
    points: integer().notNull(),
  }
}

/** The columns of a core `Schedule`. */
function scheduleColumns() {
  return {
    repetitions: integer().notNull(),
    intervalDays: integer().notNull(),
    easeHundredths: integer().notNull(),
    lapses: integer().notNull(),
    dueOn: studyDay(),
    drillOn: studyDay(),
    answeredOn: studyDay(),
    suspended: boolean().notNull(),
  }
}

export const schedules = pgTable(
  'schedules',
  {
    learnerId: learnerId(),
    cardId: text().notNull(),
    ...scheduleColumns(),
    reviewCount: integer().notNull(),
    /** When the latest answer was given, taken back or not. Orders the drills. */
    lastAnsweredAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.cardId] }),
    // Holds all that ranking due cards needs, so that the table itself is not read.
    index('schedules_due')
      .on(table.learnerId, table.dueOn, table.intervalDays, table.cardId)
      .where(sql`not ${table.suspended} and ${table.dueOn} is not null`),
    // Finds the few cards answered on one day, whose siblings must wait; read alone as well. The condition only
    // keeps the planner from using it in place of the primary key.
    index('schedules_answered')
      .on(table.learnerId, table.answeredOn, table.cardId)
      .where(sql`${table.answeredOn} is not null`),
    index('schedules_drill').on(table.learnerId, table.drillOn).where(sql`${table.drillOn} is not null`),
  ],
)

/** Numbers log entries in the order of writing; clocks of two replicas may disagree. */
export const entryNumbers = pgSequence('entry_numbers')

/** The append-only log. */
export const reviews = pgTable(
  'reviews',
  {
    learnerId: learnerId(),
    cardId: text().notNull(),
    reviewCount: integer().notNull(),
    entryNumber: bigint({ mode: 'number' }).notNull().default(sql`nextval('entry_numbers')`),
    deckId: text().notNull(),
    kind: text().$type<LogKind>().notNull(),
    quality: integer().$type<Quality>(),
    ...prefixed('before', scheduleColumns()),
    ...prefixed('after', scheduleColumns()),
    studyDay: studyDay().notNull(),
    answeredAt: instant().notNull(),
    ...scoreColumns(),
    undoes: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.cardId, table.reviewCount] }),
    uniqueIndex('reviews_by_writing').on(table.learnerId, table.entryNumber),
  ],
)

/** The log summed up per learner, study day and deck. */
export const dayScores = pgTable(
  'day_scores',
  {
    learnerId: learnerId(),
    studyDay: studyDay().notNull(),
    deckId: text().notNull(),
    ...scoreColumns(),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.studyDay, table.deckId] })],
)

/**
 * What is known of a chat. Not keyed by learner: an update names the chat it comes from, and a group is nobody's.
 * A row is written anew at each update, so there is one per chat, however much is said there.
 */
export const chats = pgTable(
  'chats',
  {
    platform: text().$type<Platform>().notNull(),
    chatId: text().notNull(),
    /** Whose chat it is; null for a group. */
    learnerId: bigint({ mode: 'number' }).references(() => learners.id),
    messageId: text(),
    /** A core `Input`, checked when read: a later version may take text for something else. */
    input: jsonb().$type<unknown>(),
    handled: jsonb().$type<readonly string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.chatId] }),
    index('chats_by_learner').on(table.learnerId),
  ],
)

/** Where a learner can be reached and when next; no row: they cannot be reached. */
export const reminders = pgTable(
  'reminders',
  {
    learnerId: learnerId()
      .primaryKey()
      .references(() => learners.id),
    platform: text().$type<Platform>().notNull(),
    chatId: text().notNull(),
    remindAt: instant(),
  },
  (table) => [index('reminders_by_time').on(table.remindAt).where(sql`${table.remindAt} is not null`)],
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

/** Openings of a quiz. Not keyed by learner: a round belongs to the place where all of its players are. */
export const rounds = pgTable(
  'rounds',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    platform: text().$type<Platform>().notNull(),
    chatId: text().notNull(),
    deckId: text(),
    secondsPerQuestion: integer(),
    startedAt: instant().notNull(),
    endedAt: instant(),
  },
  (table) => [
    // Makes a second round in a place impossible; also finds the open ones of a platform.
    uniqueIndex('rounds_open').on(table.platform, table.chatId).where(sql`${table.endedAt} is null`),
    index('rounds_by_place').on(table.platform, table.chatId),
  ],
)

/** What a round asks, once for all of its players: not keyed by learner, as the round is not. */
export const roundQuestions = pgTable(
  'round_questions',
  {
    roundId: bigint({ mode: 'number' })
      .notNull()
      .references(() => rounds.id),
    position: integer().notNull(),
    cardId: text().notNull(),
    choices: jsonb().$type<readonly string[]>().notNull(),
    rightChoice: integer().notNull(),
    /** These two are null until it was sent. */
    externalId: text(),
    messageId: text(),
    closesAt: instant(),
    closedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.position] }),
    uniqueIndex('round_questions_by_external_id').on(table.externalId),
    index('round_questions_to_close')
      .on(table.closesAt)
      .where(sql`${table.closedAt} is null and ${table.closesAt} is not null`),
  ],
)

/** The first answer of each player to each question. No foreign key to it: all players would lock its row at once. */
export const roundAnswers = pgTable(
  'round_answers',
  {
    learnerId: learnerId().references(() => learners.id),
    roundId: bigint({ mode: 'number' }).notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    choice: integer().notNull(),
    isRight: boolean().notNull(),
    reviewCount: integer().notNull(),
    answeredAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.roundId, table.position] }),
    index('round_answers_by_question').on(table.roundId, table.position),
  ],
)
