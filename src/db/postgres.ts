import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { MIGRATION_LOCK } from './locks.ts'
import { MIGRATIONS_FOLDER, needsMigration } from './migrate.ts'
import type { OpenDatabase } from './openDatabase.ts'
import { SESSION_SETTINGS } from './sessionSettings.ts'
import { type ServerAddress, Sockets } from './sockets.ts'

const CONNECT_TIMEOUT_SECONDS = 10
/** Between two tries to connect. */
const LONGEST_PAUSE_SECONDS = 1

/** How a connection pooler such as PgBouncer refuses settings that it does not know. */
const PROTOCOL_VIOLATION = '08P01'

/**
 * Connects to Postgres and brings its tables up to date.
 *
 * @param databaseUrl `postgres://user:password@host:port/database`
 * @param maxConnections the most connections held at once
 * @param migrationsFolder the migrations it is brought up to
 * @throws Error naming host, database and user, never the password
 */
export async function openPostgres(
  databaseUrl: string,
  maxConnections = 10,
  migrationsFolder = MIGRATIONS_FOLDER,
): Promise<OpenDatabase> {
  if (!URL.canParse(databaseUrl)) {
    throw new Error('DATABASE_URL is no URL: write it as postgres://user:password@host:5432/database')
  }
  try {
    return await open(databaseUrl, maxConnections, SESSION_SETTINGS, migrationsFolder).catch(
      (error: unknown) => {
        if (codeOf(error) !== PROTOCOL_VIOLATION) throw error
        // Slower, but it works.
        return open(databaseUrl, maxConnections, {}, migrationsFolder)
      },
    )
  } catch (error) {
    throw new Error(describe(error, databaseUrl))
  }
}

async function open(
  databaseUrl: string,
  max: number,
  settings: Readonly<Record<string, string>>,
  migrationsFolder: string,
): Promise<OpenDatabase> {
  const sockets = new Sockets()
  const client = connect(databaseUrl, max, settings, sockets)
  try {
    const db = drizzle(client, { casing: 'snake_case' })
    if (await needsMigration(db, migrationsFolder)) await migrateAlone(databaseUrl, migrationsFolder)
    return {
      db,
      jobsPlace: { kind: 'postgres', databaseUrl },
      markSilence: () => sockets.mark(),
      close: () => client.end({ timeout: 5 }),
    }
  } catch (error) {
    await client.end({ timeout: 0 })
    throw error
  }
}

function connect(
  databaseUrl: string,
  max: number,
  settings: Readonly<Record<string, string>>,
  sockets = new Sockets(),
) {
  return postgres(databaseUrl, {
    max,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // Its own pauses grow to twenty seconds: a database that is back would be left alone for so long.
    backoff: (tries: number) => Math.min(LONGEST_PAUSE_SECONDS, 0.02 * 2 ** tries),
    // Not in the driver's types.
    ...{ socket: (address: ServerAddress) => sockets.connect(address) },
    connection: { application_name: 'deckhand', ...settings },
    // It looks up the array types at every connection; no query here uses one.
    fetch_types: false,
    // "schema already exists, skipping" is nothing to tell a person.
    onnotice: () => {},
  })
}

/** One process migrates; others that start meanwhile wait for the lock and then find nothing to do. */
async function migrateAlone(databaseUrl: string, migrationsFolder: string): Promise<void> {
  // The lock belongs to a connection, so everything between taking and freeing it must use the same one.
  const client = connect(databaseUrl, 1, {})
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`
    await migrate(drizzle(client), { migrationsFolder })
  } finally {
    // Ends the connection, and the lock with it.
    await client.end()
  }
}

/** What went wrong, without the URL: it holds the password. */
function describe(error: unknown, databaseUrl: string): string {
  const { hostname, port, pathname, username } = new URL(databaseUrl)
  const database = decodeURIComponent(pathname.slice(1)) || username
  const place = `the database "${database}" at ${hostname}:${port || '5432'} as user "${decodeURIComponent(username)}"`
  return `cannot open ${place}: ${reason(error)}. Check DATABASE_URL, or unset it to use a local folder`
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there (is Postgres running?)',
  ENOTFOUND: 'there is no such host',
  CONNECT_TIMEOUT: `no answer within ${CONNECT_TIMEOUT_SECONDS} seconds`,
  '28P01': 'the password is wrong',
  '3D000': 'there is no such database',
}

function reason(error: unknown): string {
  const code = codeOf(error)
  const innermost = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const message = innermost instanceof Error ? innermost.message : String(innermost)
  return REASONS[code] ?? (message || code)
}

/** The code of Postgres or of the system; drizzle wraps what the driver threw. Empty where there is none. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}
