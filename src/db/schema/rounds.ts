import { sql } from 'drizzle-orm'
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
import type { Platform } from '../../core/learner.ts'
import { instant, learnerId, studyDay } from './columns.ts'
import { learners } from './people.ts'

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
