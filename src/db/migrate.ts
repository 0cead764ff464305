import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from './database.ts'

/** Where drizzle-kit writes the migrations. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))

const journal = z.object({ entries: z.array(z.object({ when: z.number() })) })

/**
 * Tells whether a database lacks migrations that this program has.
 *
 * @throws Error when it has some that this program does not know
 */
export async function needsMigration(db: Database): Promise<boolean> {
  const [known, applied] = await Promise.all([newestKnown(), newestApplied(db)])
  if (applied > known) {
    throw new Error(
      'this database was written by a newer version of Deckhand: update this one, or use another database',
    )
  }
  return applied < known
}

/** drizzle tells migrations apart by the time at which they were generated, in ms; 0 for none. */
async function newestKnown(): Promise<number> {
  const text = await readFile(`${MIGRATIONS_FOLDER}/meta/_journal.json`, 'utf8')
  return Math.max(0, ...journal.parse(JSON.parse(text)).entries.map((entry) => entry.when))
}

async function newestApplied(db: Database): Promise<number> {
  const [table] = await db
    .select({ exists: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(values (1)) as one`)
  if (table?.exists !== true) return 0
  const [newest] = await db
    .select({ when: sql<number>`coalesce(max(created_at), 0)`.mapWith(Number) })
    .from(sql`drizzle.__drizzle_migrations`)
  return newest?.when ?? 0
}
