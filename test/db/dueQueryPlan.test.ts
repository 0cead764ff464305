import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { SESSION_SETTINGS } from '../../src/db/sessionSettings.ts'
import { createStore } from '../../src/db/store.ts'
import { makePostgres } from './support/databases.ts'
import { DAY, Study } from './support/fixtures.ts'

const LEARNERS = 200

test('due cards are ranked from one index alone, and looked up one by one until one can be asked', async () => {
  const place = await makePostgres()
  const client = postgres(place.databaseUrl ?? '', {
    max: 1,
    connection: SESSION_SETTINGS,
    onnotice: () => {},
  })
  const queries: { text: string; params: unknown[] }[] = []
  const logger = { logQuery: (text: string, params: unknown[]) => queries.push({ text, params }) }
  const db = drizzle(client, { casing: 'snake_case', logger })
  await db.execute(sql`
    insert into decks (id, title, fingerprint, card_count, next_seq) values ('d', 'd', '', 300, 301)`)
  await db.execute(sql`
    insert into cards select 'c' || n, 'd', n, 'f' || n, 'basic', 'p', 'a', '[]', '[]', '[]', '', 'f', 1, null
    from generate_series(1, 5000) as n`)
  await db.execute(sql`
    insert into schedules
    select learner, 'c' || n, 2, 6, 250, 0, ${DAY}::date + (n % 60 - 20), null, ${DAY}::date - 30, false, 2, now()
    from generate_series(1, ${sql.raw(String(LEARNERS))}) as learner, generate_series(1, 300) as n`)
  await client.unsafe('vacuum analyze')

  const study = await Study.begin(createStore(db))
  await createStore(db).nextDue(study.scope())
  const query = queries.at(-1)
  expect(query?.text).toContain('"due"')
  await client.unsafe(`prepare next_due as ${query?.text}`)
  const values = query?.params.map((param) => `'${param}'`).join(', ')
  const rows = await client.unsafe<{ 'QUERY PLAN': string }[]>(
    `explain (analyze, buffers off, costs off, timing off) execute next_due(${values})`,
  )
  const plan = rows.map((row) => row['QUERY PLAN'])
  expect(plan).toContainEqual(expect.stringMatching(/Index Only Scan using schedules_due .*rows=105\.00 /))
  expect(plan).toContainEqual(expect.stringMatching(/Heap Fetches: 0/))
  expect(plan).toContainEqual(expect.stringMatching(/Index Scan using cards_pkey .*rows=1\.00 loops=1\)/))
  expect(plan.filter((line) => /Seq Scan on (schedules|cards)/.test(line))).toEqual([])
  await client.end()
  await place.remove()
})
