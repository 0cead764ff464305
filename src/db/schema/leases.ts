import { pgTable, text } from 'drizzle-orm/pg-core'
import type { Platform } from '../../core/learner.ts'
import { instant } from './columns.ts'

/** Which process receives from a platform, where only one may. */
export const leases = pgTable('leases', {
  platform: text().$type<Platform>().primaryKey(),
  /** The process; each that starts has a name of its own. */
  holder: text().notNull(),
  /** By the database's clock; renewed long before that. */
  expiresAt: instant().notNull(),
})
