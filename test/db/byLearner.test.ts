import { type SQL, sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from '../../src/db/archive/rowsOf.ts'
import { makePostgres } from './support/databases.ts'
import { day, Study } from './support/fixtures.ts'
import { History, steps } from './support/history.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/** Tables that grow with use: they can be partitioned or distributed by learner. */
const BY_LEARNER = [
  'board_scores',
  'day_scores',
  'drafts',
  'enrolments',
  'member_places',
  'mistakes',
  'reminders',
  'reviews',
  'round_answers',
  'schedules',
  'team_members',
  'wrong_codes',
]

/** The others, and why they are not by learner. */
const OTHERS: Readonly<Record<string, string>> = {
  cards: 'what is learned, not who learns',
  decks: 'likewise',
  learners: 'one row a person, its id is the key',
  identities: 'how a learner is found',
  chats: 'one row a chat, found by the chat',
  rounds: 'belong to a place',
  round_questions: 'belong to a round',
  teams: 'few',
  places: 'few',
  dailies: 'one row a place',
  pairings: 'kept for minutes; codes are looked up without knowing whose they are',
  leases: 'one row a platform',
}

const PARTITIONS = 8

describe('the tables that grow with use', () => {
  let opened: TestStore
  beforeAll(async () => {
    opened = await openTestStore(await makePostgres())
  })
  afterAll(() => opened?.close())

  const ask = async <Row>(query: SQL): Promise<Row[]> => rowsOf<Row>(await opened.db.execute(query))

  test('are all known: whoever adds a table says which kind it is', async () => {
    const tables = await ask<{ name: string }>(
      sql`select tablename::text as name from pg_tables where schemaname = 'public'`,
    )
    expect(tables.map(({ name }) => name).sort()).toEqual([...BY_LEARNER, ...Object.keys(OTHERS)].sort())
  })

  test('begin every key with the learner', async () => {
    const keys = await ask<{ table: string; index: string; first: string }>(sql`
      select indrelid::regclass::text as "table", indexrelid::regclass::text as "index", attname::text as "first"
      from pg_index
      join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      join pg_class on pg_class.oid = indrelid and relnamespace = 'public'::regnamespace
      where indisunique`)
    const wrong = keys.filter(({ table, first }) => BY_LEARNER.includes(table) && first !== 'learner_id')
    expect(wrong).toEqual([])
    for (const table of BY_LEARNER) expect(keys.map((key) => key.table)).toContain(table)
  })

  test('refer to nothing but the learner and what everybody shares', async () => {
    const targets = await ask<{ source: string; target: string }>(sql`
      select conrelid::regclass::text as source, confrelid::regclass::text as target
      from pg_constraint where contype = 'f'`)
    const fromGrowing = targets.filter(({ source }) => BY_LEARNER.includes(source))
    expect(new Set(fromGrowing.map(({ target }) => target))).toEqual(new Set(['learners', 'decks']))
  })

  test('can be partitioned by learner as they are, and everything goes on', async () => {
    for (const table of BY_LEARNER) {
      const [plain, partitioned] = [sql.identifier(table), sql.identifier(`${table}_partitioned`)]
      await opened.db.execute(
        sql`create table ${partitioned} (like ${plain} including all) partition by hash (learner_id)`,
      )
      for (let part = 0; part < PARTITIONS; part++) {
        await opened.db.execute(
          sql`create table ${sql.identifier(`${table}_${part}`)} partition of ${partitioned}
            for values with (modulus ${sql.raw(String(PARTITIONS))}, remainder ${sql.raw(String(part))})`,
        )
      }
      await opened.db.execute(sql`drop table ${plain}`)
      await opened.db.execute(sql`alter table ${partitioned} rename to ${plain}`)
    }
    const history = await History.begin([opened.store])
    for (const step of fc.sample(steps, { numRuns: 2 }).flat()) await history.play(step)
    const study = await Study.begin(opened.store, 'carol')
    const [first = ''] = await study.newIds(1)
    await study.answer(first, 4)
    await study.answer(first, 4, day(1))
    expect(await opened.differences()).toEqual([])
    const [spread] = await ask<{ partitions: number }>(
      sql`select count(distinct tableoid)::integer as partitions from schedules`,
    )
    expect(spread?.partitions).toBeGreaterThan(1)
    // Asking for one learner looks into one partition.
    const plan = await ask<{ 'QUERY PLAN': string }>(
      sql`explain select * from schedules where learner_id = 1 and card_id = 'a'`,
    )
    expect(
      plan.filter((line) => /schedules_\d/.test(line['QUERY PLAN']) && /on/.test(line['QUERY PLAN'])),
    ).toHaveLength(1)
    expect(await opened.store.forget(study.learnerId)).toBe(2)
  })
})
