import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** A write of the bot takes milliseconds; something that takes longer is none, and is not waited for. */
const LOOKS_MOST = 50
const SECONDS_BETWEEN_LOOKS = 0.01

/**
 * Waits until every transaction that is writing now has ended. What has begun before a commit does not see it, and may
 * write by what it saw: after this, all that is stored was written by who saw it.
 */
export async function afterWriters(db: Database): Promise<void> {
  const [now] = await db
    .select({ next: sql<string>`pg_snapshot_xmax(pg_current_snapshot())::text` })
    .from(sql`(values (1)) as one`)
  for (let look = 0; look < LOOKS_MOST; look++) {
    const [oldest] = await db
      .select({
        isLater: sql<boolean>`pg_snapshot_xmin(pg_current_snapshot()) >= ${now?.next ?? '0'}::xid8`,
      })
      .from(sql`(values (1)) as one`)
    if (oldest?.isLater === true) return
    await db.execute(sql`select pg_sleep(${SECONDS_BETWEEN_LOOKS})`)
  }
}
