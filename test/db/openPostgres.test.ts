import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../src/db/migrate.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { createStore } from '../../src/db/store.ts'
import { makeDeck, Study } from './support/fixtures.ts'

describe('opening Postgres', () => {
  let url: string
  let drop: () => Promise<void>

  beforeEach(async () => {
    const admin = postgres(inject('postgresUrl'), { max: 1 })
    const name = `deckhand_test_${randomUUID().slice(0, 8)}`
    await admin`create database ${admin(name)}`
    url = changed({ pathname: `/${name}` })
    drop = async () => {
      await admin`drop database ${admin(name)} with (force)`
      await admin.end()
    }
  })
  afterEach(() => drop())

  test('an empty database opened by five at once is migrated once', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => openPostgres(url, 1)))
    const [first] = opened
    const rows = await first?.db
      .select({ applied: sql<string>`hash` })
      .from(sql`drizzle.__drizzle_migrations`)
      .orderBy(sql`id`)
    const known = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER })
    expect(rows?.map(({ applied }) => applied)).toEqual(known.map(({ hash }) => hash))
    await Promise.all(opened.map(({ close }) => close()))
  })

  test('a database written by a newer version is refused', async () => {
    const { db, close } = await openPostgres(url, 1)
    await db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`)
    await close()
    await expect(openPostgres(url)).rejects.toThrow('written by a newer version of Deckhand')
  })

  test('what is asked at every press is prepared by the server', async () => {
    const { db, close } = await openPostgres(url, 1)
    const store = createStore(db)
    await store.syncDecks([makeDeck('d', ['a', 'b'])])
    const study = await Study.begin(store)
    for (const id of ['a', 'b', 'a']) {
      await study.answer(id, 4)
      await store.nextDue(study.scope())
      await store.newCards(study.scope(), 1)
    }
    await study.undo('b')
    const rows = await db
      .select({ statement: sql<string>`statement` })
      .from(sql`pg_prepared_statements`)
      .where(sql`generic_plans + custom_plans > 1`)
    const statements = rows.map((row) => row.statement).join('\n')
    expect(statements).toContain('with "guard" as (insert into "schedules"')
    expect(statements).toContain('from "schedules" where ("schedules"."learner_id" = ')
    expect(statements).toContain('inner join lateral')
    await close()
  })

  test('a pooler that refuses settings it does not know is used without them', async () => {
    const pooler = createServer((client) => {
      // Whoever was refused hangs up.
      client.on('error', () => {})
      client.once('data', (startup) => {
        if (startup.includes('plan_cache_mode')) {
          const fields = Buffer.from('SFATAL\0C08P01\0Munsupported startup parameter: plan_cache_mode\0\0')
          const length = Buffer.alloc(4)
          length.writeInt32BE(fields.length + 4)
          client.end(Buffer.concat([Buffer.from('E'), length, fields]))
          return
        }
        const server = connect(Number(new URL(url).port), '127.0.0.1')
        server.write(startup)
        client.pipe(server).pipe(client)
      })
    }).listen(0, '127.0.0.1')
    await once(pooler, 'listening')
    const address = pooler.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const { db, close } = await openPostgres(Object.assign(new URL(url), { port }).href, 1)
    expect(await Study.begin(createStore(db))).toMatchObject({ learnerId: 1 })
    await close()
    pooler.close()
  })

  const secret = 'correct-horse'
  test.each([
    ['nobody listening', { port: '1' }, /nothing answers there \(is Postgres running\?\)\. Check/],
    ['no such host', { hostname: 'nowhere.invalid' }, /there is no such host/],
    ['no such database', { pathname: '/nothing_here' }, /there is no such database/],
    ['no such user', { username: 'nobody_here' }, /as user "nobody_here"/],
  ])('with %s the message says so and keeps the password', async (_name, change, message) => {
    const opening = openPostgres(changed({ ...change, password: secret }))
    await expect(opening).rejects.toThrow(message)
    await expect(opening).rejects.toThrow(/Check DATABASE_URL/)
    await expect(opening).rejects.not.toThrow(secret)
    expect(JSON.stringify(await opening.catch((error: unknown) => Object.entries(error as object)))).toBe(
      '[]',
    )
  })

  test('what is no URL is refused without showing it', async () => {
    const opening = openPostgres(`postgres//user:${secret}@host/db`)
    await expect(opening).rejects.toThrow('DATABASE_URL is no URL')
    await expect(opening).rejects.not.toThrow(secret)
  })
})

function changed(
  change: Partial<Record<'hostname' | 'port' | 'pathname' | 'username' | 'password', string>>,
) {
  return Object.assign(new URL(inject('postgresUrl')), change).href
}
