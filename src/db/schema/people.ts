import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Platform } from '../../core/learner.ts'
import { instant, learnerId } from './columns.ts'

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
