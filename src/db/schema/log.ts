import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { LogKind } from '../../core/log.ts'
import type { Quality } from '../../core/schedule.ts'
import { prefixed } from '../prefixed.ts'
import { instant, learnerId, scheduleColumns, scoreColumns, studyDay } from './columns.ts'

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
