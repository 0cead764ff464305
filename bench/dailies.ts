import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { claimDaily } from '../src/core/daily/claim.ts'
import type { Database } from '../src/db/database.ts'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { type OpenJobs, openJobs } from '../src/jobs/openJobs.ts'
import { type Bench, timeMs } from './bench.ts'
import { withPostgres } from './postgres.ts'

const PLACES = 100_000
/** As the ticker does. */
const BATCH = 500
const NINE = new Date('2026-01-05T08:00:00Z')
const DATABASE = 'deckhand_bench_dailies'

/**
 * 100,000 places whose daily quiz is due at the same minute: claimed by one process, with rounds, next times and jobs, over
 * plain inserts of as many rows, as many at a time, into a table with the same keys.
 */
export const bench: Bench = {
  name: 'dailies',
  run: () =>
    withPostgres(async (serverUrl) => {
      const databaseUrl = await emptyDatabase(serverUrl)
      const { db, jobsPlace, close } = await openPostgres(databaseUrl, 4)
      let jobs: OpenJobs | null = null
      try {
        jobs = await openJobs(jobsPlace, console.error, false)
        const { enqueue } = jobs
        const store = createStore(db, (transaction, decided) => enqueue(transaction, decided))
        await fill(db)
        const plain = PLACES / ((await timeMs(() => insertPlainly(db))) / 1000)
        let opened = 0
        const claimMs = await timeMs(async () => {
          for (;;) {
            const taken = await store.takeDailies(NINE, BATCH, claimDaily)
            opened += taken.opened
            if (taken.taken < BATCH) break
          }
        })
        if (opened !== PLACES) throw new Error(`${opened} of ${PLACES} were opened`)
        const claimed = PLACES / (claimMs / 1000)
        return [
          {
            what: 'daily quizzes of 100,000 places due at once claimed (round, next time and job)',
            ratio: claimed / plain,
            bound: { atLeast: 0.08 },
            reference: 'plain inserts into a table with the same keys',
            detail: `${Math.round(claimed)} rows a second over ${Math.round(plain)}, ${BATCH} at a time each`,
          },
        ]
      } finally {
        await jobs?.close()
        await close()
      }
    }),
}

async function emptyDatabase(serverUrl: string): Promise<string> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await admin`drop database if exists ${admin(DATABASE)} with (force)`
  await admin`create database ${admin(DATABASE)}`
  await admin.end()
  const url = new URL(serverUrl)
  url.pathname = `/${DATABASE}`
  return url.href
}

/** Every place is a team of its own. */
async function fill(db: Database): Promise<void> {
  const each = sql`from generate_series(1, ${PLACES}::integer) as number`
  await db.execute(sql`
    insert into teams (name, time_zone, created_at) select 'Team ' || number, 'Europe/Berlin', now() ${each}`)
  await db.execute(sql`
    insert into places (platform, place_id, team_id, name, chat_id)
    select 'telegram', number::text, number, 'Place ' || number, number::text ${each}`)
  await db.execute(sql`
    insert into dailies (platform, place_id, chat_id, minute_of_day, time_zone, questions, weekdays, next_at, next_on)
    select 'telegram', number::text, number::text, 540, 'Europe/Berlin', 3, 127, ${NINE.toISOString()}::timestamptz,
      date '2026-01-05' ${each}`)
  await db.execute(sql`create table plain_rounds (like rounds including all)`)
  for (const table of ['teams', 'places', 'dailies']) await db.execute(sql.raw(`vacuum analyze ${table}`))
}

/** The same rows as the claim makes, without deciding anything. */
async function insertPlainly(db: Database): Promise<void> {
  for (let first = 1; first <= PLACES; first += BATCH) {
    await db.execute(sql`
      insert into plain_rounds (platform, chat_id, started_at, place_id, daily_on, team_id, closes_at)
      select 'telegram', number::text, now(), number::text, date '2026-01-05', number, now() + interval '1 day'
      from generate_series(${first}::integer, ${first + BATCH - 1}::integer) as number`)
  }
}
