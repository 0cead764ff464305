import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { SESSION_SETTINGS } from '../../src/db/sessionSettings.ts'
import { createStore } from '../../src/db/store.ts'
import { makePostgres } from './support/databases.ts'
import { DAY, Study } from './support/fixtures.ts'

const LEARNERS = 2000
/** Five in each of three decks. */
const NOTES_CARDS = 15

test('the own decks and cards of others cost nobody anything', async () => {
  const place = await makePostgres()
  const client = postgres(place.databaseUrl ?? '', {
    max: 1,
    connection: SESSION_SETTINGS,
    onnotice: () => {},
  })
  const queries: { text: string; params: unknown[] }[] = []
  const logger = { logQuery: (text: string, params: unknown[]) => queries.push({ text, params }) }
  const db = drizzle(client, { casing: 'snake_case', logger })
  const n = sql.raw(String(LEARNERS))
  await db.execute(sql`
    insert into learners (time_zone, day_start_hour, new_per_day, reviews_per_day)
    select 'UTC', 4, 10, 100 from generate_series(1, ${n})`)
  await db.execute(sql`
    insert into decks (id, title, fingerprint, card_count, next_seq, learner_id)
    select 'own-' || n, 'My cards', '', 5, 6, n from generate_series(1, ${n}) as n
    union all select 'd' || n, 'd', '', 5, 6, null from generate_series(1, 3) as n`)
  await db.execute(sql`
    insert into cards
    select decks.id || '-' || n, decks.id, n, decks.id || '-' || n, 'basic', 'p', 'a', '[]', '["x","y","z"]', '[]',
      '', 'f', 1, null
    from decks, generate_series(1, 5) as n`)
  await client.unsafe('vacuum analyze')

  const study = await Study.begin(createStore(db))
  const store = createStore(db)
  await store.enrol(1, 'own-1', true)
  const asked = [
    () => store.deckSummaries(1, DAY),
    () => store.enrolInNewDecks(study.learnerId),
    () => store.quizCards(1, null, DAY, 'x', 9),
    () => store.quizCards(1, 'd1', DAY, 'x', 9),
    () => store.syncDecks([]),
  ]
  for (const [index, ask] of asked.entries()) {
    queries.length = 0
    await ask()
    const [query] = queries
    await client.unsafe(`prepare asked_${index} as ${query?.text}`)
    const values = query?.params.map((param) => (param === null ? 'null' : `'${param}'`)).join(', ')
    const rows = await client.unsafe<{ 'QUERY PLAN': string }[]>(
      `explain (analyze, buffers off, costs off, timing off) execute asked_${index}${values ? `(${values})` : ''}`,
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    const rowsRead = [...plan.matchAll(/rows=([\d.]+) loops=(\d+)/g)].map(
      ([, each, loops]) => Number(each) * Number(loops),
    )
    expect(Math.max(...rowsRead), plan).toBeLessThanOrEqual(NOTES_CARDS)
    expect(plan).not.toMatch(/Rows Removed by Filter/)
  }
  await client.end()
  await place.remove()
})
