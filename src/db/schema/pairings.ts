import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Platform } from '../../core/learner.ts'
import { instant, learnerId } from './columns.ts'
import { learners } from './people.ts'

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
