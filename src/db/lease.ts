import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import postgres from 'postgres'
import type { Platform } from '../core/learner.ts'

/** How long a lease lasts that is not renewed, by the database's clock. */
export const LEASE_SECONDS = 10

/** The leases as one process sees them. */
export interface LeaseTable {
  /**
   * Takes a platform's lease if nobody holds it, or renews it.
   *
   * @returns whether this process holds it, for {@link LEASE_SECONDS} from when the database was asked
   * @throws Error when the database does not answer in `timeoutMs`: what came of it is unknown
   */
  take(platform: Platform, timeoutMs: number): Promise<boolean>
  /**
   * Gives the lease up, if this process holds it. What was asked before and comes late no longer counts.
   *
   * @throws as {@link take}
   */
  giveUp(platform: Platform, timeoutMs: number): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the leases, on a connection of their own: those of the store may all be busy, or hang half open, when one is to
 * be renewed. A connection that does not answer in time is left for a new one.
 */
export function openLeaseTable(databaseUrl: string): LeaseTable {
  const holder = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`
  /** A lease that was given up and taken again is another one, so that what comes late does nothing to it. */
  const terms = new Map<Platform, number>()
  const nameOn = (platform: Platform): string => `${holder} ${terms.get(platform) ?? 0}`
  let client = connect(databaseUrl)

  async function ask<T>(query: (client: postgres.Sql) => Promise<T>, timeoutMs: number): Promise<T> {
    const used = client
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
    try {
      const asked = query(used)
      asked.catch(() => {})
      return await Promise.race([asked, late.promise])
    } catch (error) {
      if (client === used) client = connect(databaseUrl)
      used.end({ timeout: 0 }).catch(() => {})
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    take: async (platform, timeoutMs) => {
      const name = nameOn(platform)
      return ask(async (sql) => {
        // First a question only: where requests arrive and no answers do, nobody may hold a lease without knowing.
        const [held] = await sql<{ isMine: boolean; isOver: boolean }[]>`
          select holder = ${name} as "isMine", expires_at <= clock_timestamp() as "isOver"
          from leases where platform = ${platform}`
        if (held !== undefined && !held.isMine && !held.isOver) return false
        const rows = await sql`
          insert into leases (platform, holder, expires_at)
          values (${platform}, ${name}, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}))
          on conflict (platform) do update set holder = excluded.holder, expires_at = excluded.expires_at
          where leases.holder = excluded.holder or leases.expires_at <= clock_timestamp()
          returning holder`
        return rows.length > 0
      }, timeoutMs)
    },
    giveUp: async (platform, timeoutMs) => {
      const name = nameOn(platform)
      terms.set(platform, (terms.get(platform) ?? 0) + 1)
      await ask((sql) => sql`delete from leases where platform = ${platform} and holder = ${name}`, timeoutMs)
    },
    close: () => client.end({ timeout: 1 }),
  }
}

function connect(databaseUrl: string): postgres.Sql {
  return postgres(databaseUrl, {
    max: 1,
    connect_timeout: 2,
    connection: { application_name: 'deckhand lease' },
    fetch_types: false,
    // A pooler may give each statement another connection.
    prepare: false,
    onnotice: () => {},
  })
}
