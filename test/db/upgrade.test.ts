import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import { MIGRATIONS_FOLDER } from '../../src/db/migrate.ts'
import { createFolder } from '../../src/db/pglite/createFolder.ts'
import { startPglite } from '../../src/db/pglite/startPglite.ts'
import { makeEmptyPostgres, makeFolder, removeFolder, type TestPlace } from './support/databases.ts'
import { at, DAY, day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore } from './support/openTestStore.ts'

/** The databases, each with how to make one by the first migrations alone, and use it. */
const places: readonly (readonly [string, (migrations: number) => Promise<TestPlace>])[] = [
  [
    'Postgres',
    async (migrations) => {
      const place = await makeEmptyPostgres()
      const client = postgres(place.databaseUrl ?? '', { max: 1, onnotice: () => {} })
      const db = drizzlePostgres(client)
      await migratePostgres(db, { migrationsFolder: await firstMigrations(migrations) })
      await use(db, migrations)
      await client.end()
      return place
    },
  ],
  [
    'PGlite',
    async (migrations) => {
      const dataFolder = await makeFolder()
      await createFolder(join(dataFolder, 'pglite'))
      const pglite = await startPglite(join(dataFolder, 'pglite'))
      const db = drizzlePglite(pglite)
      await migratePglite(db, { migrationsFolder: await firstMigrations(migrations) })
      await use(db, migrations)
      await pglite.close()
      return { databaseUrl: null, dataFolder, remove: () => removeFolder(dataFolder) }
    },
  ],
]

/** A folder with the first of the migrations only. */
async function firstMigrations(count: number): Promise<string> {
  const folder = await makeFolder()
  const journal = JSON.parse(await readFile(join(MIGRATIONS_FOLDER, 'meta/_journal.json'), 'utf8'))
  const entries: { tag: string }[] = journal.entries.slice(0, count)
  await mkdir(join(folder, 'meta'))
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  for (const { tag } of entries) await cp(join(MIGRATIONS_FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`))
  return folder
}

/** What a learner left who answered the card `a` once, written as the program of that time did. */
async function use(db: Database, migrations: number): Promise<void> {
  await db.execute(
    sql`insert into decks (id, title, fingerprint, card_count, next_seq) values ('d', 'd', 'x', 1, 2)`,
  )
  await db.execute(sql`
    insert into cards values ('a', 'd', 1, 'a', 'basic', 'What is a?', 'It is a.', '[]', '[]',
      '["Notes", "Things"]', '', 'notes/things.md', 3, null)`)
  await db.execute(sql`
    insert into learners (time_zone, day_start_hour, new_per_day, reviews_per_day)
    values ('Europe/Berlin', 3, 7, 70)`)
  await db.execute(sql`insert into identities values ('terminal', 'ada', 1)`)
  await db.execute(sql`insert into enrolments values (1, 'd', true, 0)`)
  await db.execute(sql`
    insert into schedules values (1, 'a', 1, 1, 250, 0, ${day(1)}, null, ${DAY}, false, 1, '2026-01-05T12:01:00Z')`)
  await db.execute(sql`
    insert into reviews values (1, 'a', 0, nextval('entry_numbers'), 'd', 'scheduled', 4,
      0, 0, 250, 0, null, null, null, false, 1, 1, 250, 0, ${day(1)}, null, ${DAY}, false,
      ${DAY}, '2026-01-05T12:01:00Z', 1, 1, 1, 1, 1, null)`)
  await db.execute(sql`insert into day_scores values (1, ${DAY}, 'd', 1, 1, 1, 1, 1)`)
  if (migrations > 1) await useChatsAndRounds(db)
  if (migrations > 2) await useOwnCards(db)
  if (migrations > 3) await useTeams(db)
}

/** What they left in what came with the second migration. */
async function useChatsAndRounds(db: Database): Promise<void> {
  await db.execute(sql`insert into chats values ('telegram', '7', 1, '16', null, '["5"]')`)
  await db.execute(sql`insert into reminders values (1, 'telegram', '7', '2026-01-06T06:30:00Z')`)
  await db.execute(sql`insert into mistakes values (1, default, 'a', '2026-01-05T12:02:00Z', 'It is b.')`)
  await db.execute(sql`
    insert into rounds values (default, 'telegram', '-100', 'd', 20, '2026-01-05T12:03:00Z', null)`)
  await db.execute(sql`
    insert into round_questions values (1, 0, 'a', '["x", "y"]', 1, 'poll', '17', '2026-01-05T12:04:00Z', null)`)
  await db.execute(sql`insert into round_answers values (1, 1, 0, 'Ada', 1, true, 1, '2026-01-05T12:03:30Z')`)
}

/** What they left in what came with the third migration. */
async function useOwnCards(db: Database): Promise<void> {
  await db.execute(sql`
    insert into decks (id, title, fingerprint, card_count, next_seq, learner_id) values ('own-1', 'Mine', '', 1, 2, 1)`)
  await db.execute(sql`
    insert into cards values ('own-a', 'own-1', 1, 'own-a', 'basic', 'Mine?', 'yes', '[]', '[]', '[]', '', '', 0, null)`)
  await db.execute(sql`insert into enrolments values (1, 'own-1', true, 0)`)
  await db.execute(sql`
    insert into drafts values (1, 'draft', 'Mine?', 'yes', null, '2026-01-05T12:03:00Z', 'own-a')`)
}

/** What they left in what came with the fourth migration. */
async function useTeams(db: Database): Promise<void> {
  await db.execute(sql`
    insert into teams (name, time_zone, created_at) values ('Ops', 'Europe/Berlin', '2026-01-05T12:00:00Z')`)
  await db.execute(sql`insert into places values ('telegram', '-100', 1, 'Ops', '-100')`)
  await db.execute(
    sql`insert into team_members (learner_id, team_id, name, shown) values (1, 1, 'Ada', true)`,
  )
  await db.execute(
    sql`insert into member_places values (1, 'telegram', '-100', true, '2026-01-05T12:00:00Z')`,
  )
  await db.execute(sql`
    insert into board_scores
    select 1, 1, period, starts_on::date, deck_id, 1, true
    from (values ('week', '2026-01-05'), ('month', '2026-01-01'), ('all', '0001-01-01')) as each (period, starts_on),
      (values (''), ('d')) as deck (deck_id)`)
}

/** How many migrations an older database has had: all versions there were before this one. */
const VERSIONS = Array.from({
  length: readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).length - 1,
})

describe.each(places)('an older database on %s', (name, makePlace) => {
  test('of the first version keeps everything, and does what it could not before', async () => {
    const { store, differences, close } = await openTestStore(await makePlace(1))
    const identity = { platform: 'terminal', externalId: 'ada' } as const
    const settings = { timeZone: 'Europe/Berlin', dayStartHour: 3, newPerDay: 7, reviewsPerDay: 70 }
    expect(
      await store.learner(identity, { ...settings, timeZone: 'UTC', reminderMinute: 5, hidden: true }),
    ).toEqual({
      id: 1,
      ...settings,
      reminderMinute: null,
      hidden: false,
    })
    const study = new Study(store, 1)
    expect(await store.scoreSince(1, DAY)).toMatchObject({ answers: 1, points: 1 })
    expect(await store.dueForecast(1, DAY, 2)).toEqual([0, 1])
    expect(await study.answerAllDue(day(1))).toEqual(['a'])
    await store.syncDecks([makeDeck('d', ['a', 'b'])])
    expect(await study.newIds()).toEqual(['b'])

    const chat = { platform: 'telegram', chatId: '1' } as const
    await store.changeSettings(1, { reminderMinute: 450 })
    await store.saveConversation(chat, 1, { messageId: '17', input: null, handled: [] })
    expect(await store.conversation(chat)).toMatchObject({ messageId: '17' })
    expect(await differences()).toEqual([])
    expect(await store.forget(1)).toBe(2)
    expect(await differences()).toEqual([])
    await close()
  })
  test('of the second version keeps its quizzes, and takes cards that people make', async () => {
    const { store, differences, close } = await openTestStore(await makePlace(2))
    const study = new Study(store, 1)
    expect(await store.conversation({ platform: 'telegram', chatId: '7' })).toMatchObject({ messageId: '16' })
    expect(await store.mistakeReports(9)).toMatchObject([{ cardId: 'a', text: 'It is b.' }])
    expect(await store.questionByExternalId('telegram', 'poll')).toMatchObject({ roundId: 1, cardId: 'a' })
    expect(await store.answersTo(1, 0)).toEqual([{ learnerId: 1, name: 'Ada', choice: 1, isRight: true }])
    expect(await store.standings(1)).toMatchObject([{ name: 'Ada', right: 1 }])
    expect(await store.deckSummaries(1, DAY)).toMatchObject([{ id: 'd', isOwn: false, enrolled: true }])

    const id = await store.saveDraft(1, { prompt: 'Mine?', answer: 'yes, mine', link: null }, at(0))
    expect(await store.keepDraft(1, id)).toBe('kept')
    await store.syncDecks([makeDeck('d', ['a', 'b'])])
    expect(await study.newIds()).toEqual([expect.stringMatching(/^own-/), 'b'])
    expect(await differences()).toEqual([])
    expect(await store.forget(1)).toBe(1)
    expect(await differences()).toEqual([])
    await close()
  })
  // PGlite runs the same migrations, and takes seconds for each.
  const versions = VERSIONS.map((_, index) => index + 1).filter(
    (n) => name === 'Postgres' || n === VERSIONS.length,
  )
  test.each(versions)('after %i migrations keeps what was learned', async (migrations) => {
    const { store, differences, close } = await openTestStore(await makePlace(migrations))
    expect(await differences()).toEqual([])
    const { reviews, schedules, scores, ...rest } = await store.exportLearner(1)
    expect(reviews).toMatchObject([{ cardId: 'a', quality: 4, points: 1 }])
    expect(schedules).toMatchObject([{ cardId: 'a', intervalDays: 1, reviewCount: 1 }])
    expect(scores).toMatchObject([{ deckId: 'd', studyDay: DAY, points: 1 }])
    expect(rest).toMatchObject({ learner: { timeZone: 'Europe/Berlin', newPerDay: 7 } })
    if (migrations > 2) expect(rest).toMatchObject({ ownCards: [{ id: 'own-a', prompt: 'Mine?' }] })
    await new Study(store, 1).answer('a', 4, day(1))
    expect(await differences()).toEqual([])
    await close()
  })
})
