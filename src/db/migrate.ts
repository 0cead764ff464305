import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from './database.ts'

/** Where drizzle-kit writes the migrations. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))

const journal = z.looseObject({ entries: z.array(z.looseObject({ when: z.number(), tag: z.string() })) })

/**
 * Tells whether a database lacks migrations that this program has.
 *
 * @param migrationsFolder where they are
 * @throws Error when it has some that this program does not know
 */
export async function needsMigration(db: Database, migrationsFolder: string): Promise<boolean> {
  const state = await migrationState(db, migrationsFolder)
  if (state === 'newer') {
    throw new Error(
      'this database was written by a newer version of Deckhand: update this one, or use another database',
    )
  }
  return state === 'behind'
}

/** Whether a database has exactly the migrations that this program has, lacks some, or has more. */
export async function migrationState(
  db: Database,
  migrationsFolder = MIGRATIONS_FOLDER,
): Promise<'current' | 'behind' | 'newer'> {
  const [known, applied] = await Promise.all([newestIn(migrationsFolder), newestApplied(db)])
  if (applied > known) return 'newer'
  return applied < known ? 'behind' : 'current'
}

/**
 * Copies the migrations up to one of them into a folder of their own, to make a database as it was then.
 *
 * @param newest the last one, as {@link newestApplied} gives it
 * @returns the folder, below the system's folder for temporary files
 * @throws Error when this program does not have that migration
 */
export async function copyMigrationsUntil(newest: number): Promise<string> {
  const all = await readJournal(MIGRATIONS_FOLDER)
  const entries = all.entries.filter(({ when }) => when <= newest)
  if (entries.at(-1)?.when !== newest) {
    throw new Error(
      'it was written by another version of Deckhand, with migrations that this one does not have',
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-migrations-'))
  await mkdir(join(folder, 'meta'))
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...all, entries }))
  for (const { tag } of entries) {
    await copyFile(join(MIGRATIONS_FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`))
  }
  return folder
}

/** drizzle tells migrations apart by the time at which they were generated, in ms; 0 for none. */
async function newestIn(migrationsFolder: string): Promise<number> {
  return Math.max(0, ...(await readJournal(migrationsFolder)).entries.map((entry) => entry.when))
}

async function readJournal(migrationsFolder: string) {
  return journal.parse(JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8')))
}

/** The newest migration that a database has had; 0 for none. */
export async function newestApplied(db: Database): Promise<number> {
  const [table] = await db
    .select({ exists: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(values (1)) as one`)
  if (table?.exists !== true) return 0
  const [newest] = await db
    .select({ when: sql<number>`coalesce(max(created_at), 0)`.mapWith(Number) })
    .from(sql`drizzle.__drizzle_migrations`)
  return newest?.when ?? 0
}
