import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readFigures, readOverdue, readQueues, readReviews } from '../../src/db/figures.ts'
import { migrationState } from '../../src/db/migrate.ts'
import type { TestPlace } from './support/databases.ts'
import { makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/**
 * What an operator is told of every database.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineFiguresContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  const NOTHING_LATE = { quizQuestions: 0, dailyQuizzes: 0, reminders: 0, weeklySummaries: 0 }

  test('an empty database has nothing, and nothing late', async () => {
    const { db } = opened
    expect(await readOverdue(db)).toEqual(NOTHING_LATE)
    expect(await readReviews(db)).toEqual({})
    expect(await readFigures(db)).toMatchObject({
      learners: 0,
      teams: 0,
      openRounds: 0,
      rounds: 0,
      leases: [],
    })
    expect(await migrationState(db)).toBe('current')
  })

  test('what people did in the last day is counted by kind', async () => {
    const { db, store } = opened
    await store.syncDecks([makeDeck('d', ['a', 'b'])])
    const study = await Study.begin(store)
    await study.answer('a', 4)
    await study.answer('b', 4)
    await study.undo('b')
    await db.execute(sql`update reviews set answered_at = now() - interval '2 hours'`)
    expect(await readReviews(db)).toEqual({ scheduled: 2, undo: 1 })
    await db.execute(sql`update reviews set answered_at = now() - interval '25 hours' where kind = 'undo'`)
    expect(await readReviews(db)).toEqual({ scheduled: 2 })
    expect(await readFigures(db)).toMatchObject({ learners: 1 })
  })

  test('what should have been done ten seconds ago is late', async () => {
    const { db, store } = opened
    const { learnerId } = await Study.begin(store)
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
    await store.reachIn(learnerId, { platform: 'telegram', chatId: '1' }, ago(5))
    const place = { platform: 'telegram', chatId: '-1' } as const
    const question = { cardId: 'a', choices: ['a', 'b'], right: 0 }
    const round = await store.openRound({ place, deckId: null, secondsPerQuestion: 20 }, [question], ago(60))
    const asked = { roundId: round ?? 0, position: 0, ...question }
    await store.questionSent(asked, { externalId: 'x', messageId: 'y', closesAt: ago(5) })
    expect(await readOverdue(db)).toEqual(NOTHING_LATE)
    await db.execute(sql`update reminders set remind_at = remind_at - interval '6 seconds'`)
    await db.execute(sql`update round_questions set closes_at = closes_at - interval '6 seconds'`)
    expect(await readOverdue(db)).toEqual({ ...NOTHING_LATE, reminders: 1, quizQuestions: 1 })
    expect(await readFigures(db)).toMatchObject({ openRounds: 1, rounds: 1, dailyRounds: 0 })
  })

  test('who receives is named, with the time that is left', async () => {
    await opened.db.execute(
      sql`insert into leases values ('discord', 'host 1', now() + interval '8 seconds'), ('telegram', 'host 2', now() - interval '3 seconds')`,
    )
    const { leases } = await readFigures(opened.db)
    expect(leases.map(({ platform, holder }) => [platform, holder])).toEqual([
      ['discord', 'host 1'],
      ['telegram', 'host 2'],
    ])
    expect(leases[0]?.secondsLeft).toBeGreaterThan(5)
    expect(leases[1]?.secondsLeft).toBeLessThan(0)
  })

  test('jobs are counted by queue and state, with the delay of the oldest', async () => {
    const { db } = opened
    expect(await readQueues(db)).toEqual([])
    await db.execute(sql`create schema pgboss`)
    try {
      await db.execute(sql`create table pgboss.job (name text, state text, start_after timestamptz)`)
      await db.execute(sql`insert into pgboss.job values
        ('a', 'created', now() - interval '90 seconds'), ('a', 'created', now() + interval '1 hour'),
        ('a', 'completed', now() - interval '1 day'), ('b', 'failed', now() - interval '1 day'),
        ('dead', 'created', now() - interval '1 day'), ('__pgboss__send-it', 'created', now() - interval '1 day')`)
      const [a, b, ...dead] = await readQueues(db)
      expect(a).toMatchObject({ queue: 'a', states: { created: 2, completed: 1 } })
      expect(a?.lagSeconds).toBeGreaterThanOrEqual(90)
      expect(b).toEqual({ queue: 'b', states: { failed: 1 }, lagSeconds: 0 })
      // What was given up waits for nobody.
      expect(dead).toEqual([{ queue: 'dead', states: { created: 1 }, lagSeconds: 0 }])
    } finally {
      await db.execute(sql`drop schema pgboss cascade`)
    }
  })
}
