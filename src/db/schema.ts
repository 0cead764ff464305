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
import type { BoardPeriod } from '../core/team/board.ts'
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
  /** Kept off every board. */
  hidden: boolean().notNull().default(false),
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
    /** It answers a question of a daily quiz, which is worth more. */
    daily: boolean().notNull().default(false),
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
    /** The place whose daily quiz it is; null, as the next three, for a quiz that somebody opened. */
    placeId: text(),
    /** The local day of the place that it is the quiz of. */
    dailyOn: studyDay(),
    teamId: bigint({ mode: 'number' }),
    /** When all of its questions stop taking answers. */
    closesAt: instant(),
  },
  (table) => [
    // Makes a second quiz at once in a chat impossible; also finds the open ones of a platform.
    uniqueIndex('rounds_open')
      .on(table.platform, table.chatId)
      .where(sql`${table.endedAt} is null and ${table.dailyOn} is null`),
    index('rounds_by_place').on(table.platform, table.chatId),
    // Makes a second daily quiz on a day impossible, whatever goes wrong.
    uniqueIndex('rounds_daily')
      .on(table.platform, table.placeId, table.dailyOn)
      .where(sql`${table.dailyOn} is not null`),
    // The few that go on now, whatever there has been in years.
    index('rounds_daily_open')
      .on(table.id)
      .where(sql`${table.dailyOn} is not null and ${table.endedAt} is null`),
    index('rounds_daily_of_team').on(table.teamId, table.dailyOn).where(sql`${table.dailyOn} is not null`),
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
    /** Of a daily quiz: how many of the team were about to forget the card, of how many who have studied it. */
    forgetting: integer(),
    studiedBy: integer(),
    /** These two are null until it was sent. */
    externalId: text(),
    messageId: text(),
    /** Until it was sent: how long whoever is about to send it is given. */
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
    /** Of a daily quiz: `team day card`, the same in all places of the team, so that an answer counts once. */
    dailyKey: text(),
    /** Made up for after the round had closed: it does not count for the round's result. */
    late: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.roundId, table.position] }),
    index('round_answers_by_question').on(table.roundId, table.position),
    uniqueIndex('round_answers_daily')
      .on(table.learnerId, table.dailyKey)
      .where(sql`${table.dailyKey} is not null`),
  ],
)

/** People who learn together, in one or more places. */
export const teams = pgTable(
  'teams',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    name: text().notNull(),
    /** IANA name; weeks begin on Monday in it. */
    timeZone: text().notNull(),
    /** Ids of the team's decks; null: every deck from the notes. */
    deckIds: jsonb().$type<readonly string[]>(),
    /** Local minute of Monday at which the weekly summary is posted; null: never. */
    weeklyMinute: integer(),
    /** When that is next. */
    weeklyAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [index('teams_by_weekly').on(table.weeklyAt).where(sql`${table.weeklyAt} is not null`)],
)

/** Where a team learns: a Discord guild or a Telegram group. */
export const places = pgTable(
  'places',
  {
    platform: text().$type<Platform>().notNull(),
    placeId: text().notNull(),
    teamId: bigint({ mode: 'number' })
      .notNull()
      .references(() => teams.id),
    name: text().notNull(),
    /** Where the bot writes by itself: a channel of the guild, or the group itself. */
    chatId: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.placeId] }),
    index('places_by_team').on(table.teamId),
  ],
)

/** The daily quiz of a place. */
export const dailies = pgTable(
  'dailies',
  {
    platform: text().$type<Platform>().notNull(),
    placeId: text().notNull(),
    chatId: text().notNull(),
    /** Minutes after local midnight. */
    minuteOfDay: integer().notNull(),
    timeZone: text().notNull(),
    questions: integer().notNull(),
    /** One bit for each weekday, Monday the lowest. */
    weekdays: integer().notNull(),
    /** How long it takes answers; null: until the next one, at most a day. */
    openMinutes: integer(),
    /** Null: the team's decks. */
    deckIds: jsonb().$type<readonly string[]>(),
    /** When the next one opens; null while it is paused. */
    nextAt: instant(),
    /** The local day that the next one is the quiz of. */
    nextOn: studyDay(),
    /** The latest local day that had its quiz, or was let pass. */
    lastOn: studyDay(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.placeId] }),
    index('dailies_due').on(table.nextAt).where(sql`${table.nextAt} is not null`),
  ],
)

/** Who has taken part in a team. */
export const teamMembers = pgTable(
  'team_members',
  {
    learnerId: learnerId().references(() => learners.id),
    teamId: bigint({ mode: 'number' }).notNull(),
    /** What boards call the person, as they were called when they last took part. */
    name: text().notNull(),
    /** False for who is hidden, or is in none of the team's places any more. */
    shown: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.teamId] }),
    index('team_members_by_team').on(table.teamId, table.learnerId),
  ],
)

/** In which places a person has taken part, and whether the platform says that they are still there. */
export const memberPlaces = pgTable(
  'member_places',
  {
    learnerId: learnerId().references(() => learners.id),
    platform: text().$type<Platform>().notNull(),
    placeId: text().notNull(),
    present: boolean().notNull(),
    checkedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.learnerId, table.platform, table.placeId] })],
)

/**
 * Points summed up per member of a team, period and deck, so that a board is read from an index. It is what
 * `day_scores` gives, and is written in the same statement.
 */
export const boardScores = pgTable(
  'board_scores',
  {
    learnerId: learnerId(),
    teamId: bigint({ mode: 'number' }).notNull(),
    period: text().$type<BoardPeriod>().notNull(),
    /** First day of the period; 0001-01-01 for all time. */
    startsOn: studyDay().notNull(),
    /** Empty: all decks of the team together. */
    deckId: text().notNull(),
    points: integer().notNull(),
    /** As in `team_members`: hidden rows are not in the index that boards are read from. */
    shown: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.teamId, table.period, table.startsOn, table.deckId] }),
    index('board_ranked')
      .on(table.teamId, table.period, table.startsOn, table.deckId, table.points.desc(), table.learnerId)
      .where(sql`${table.shown}`),
  ],
)

/** Two sides that are about to become one: a person's two accounts, or a team's two places. Short-lived. */
export const pairings = pgTable(
  'pairings',
  {
    /** Whoever shows the code. */
    learnerId: learnerId().references(() => learners.id),
    id: text().notNull(),
    kind: text().$type<'person' | 'team'>().notNull(),
    /** SHA-256 of the code, in hex. */
    codeHash: text().notNull(),
    /** Of a team: the place that shows the code. */
    platform: text().$type<Platform>().notNull(),
    placeId: text(),
    confirmedAt: instant(),
    /** Whoever entered the code. */
    otherLearnerId: bigint({ mode: 'number' }),
    otherPlatform: text().$type<Platform>(),
    otherPlaceId: text(),
    otherConfirmedAt: instant(),
    expiresAt: instant().notNull(),
    /** When it was carried out: it cannot be used again. */
    doneAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.learnerId, table.id] }),
    uniqueIndex('pairings_by_id').on(table.id),
    uniqueIndex('pairings_by_code').on(table.codeHash),
    index('pairings_by_time').on(table.expiresAt),
    index('pairings_by_other').on(table.otherLearnerId),
  ],
)

/** Wrong codes that a person has entered, so that nobody can guess one. */
export const wrongCodes = pgTable('wrong_codes', {
  learnerId: learnerId()
    .primaryKey()
    .references(() => learners.id),
  /** When the first of them was entered; they are forgotten after a while. */
  since: instant().notNull(),
  tries: integer().notNull(),
})

/** Which process receives from a platform, where only one may. */
export const leases = pgTable('leases', {
  platform: text().$type<Platform>().primaryKey(),
  /** The process; each that starts has a name of its own. */
  holder: text().notNull(),
  /** By the database's clock; renewed long before that. */
  expiresAt: instant().notNull(),
})
