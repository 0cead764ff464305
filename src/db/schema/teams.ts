import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Platform } from '../../core/learner.ts'
import type { BoardPeriod } from '../../core/team/board.ts'
import { instant, learnerId, studyDay } from './columns.ts'
import { learners } from './people.ts'

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
