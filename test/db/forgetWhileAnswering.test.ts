import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makePostgres } from './support/databases.ts'
import { day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/** On Postgres only: PGlite does one thing after the other. */
describe('forgetting a learner while an answer is written', () => {
  let opened: TestStore
  let study: Study

  beforeAll(async () => {
    opened = await openTestStore(await makePostgres())
  })
  beforeEach(async () => {
    await opened.reset()
    await opened.store.syncDecks([makeDeck('d', ['seen', 'new'])])
    study = await Study.begin(opened.store)
    await study.answer('seen', 4)
    await study.answer('seen', 4, day(1))
  })
  afterAll(() => opened?.close())

  /** Starts `first` and `second`, each as far as it comes while nobody may write scores, then lets both go on. */
  async function inThisOrder<First, Second>(
    first: () => Promise<First>,
    second: () => Promise<Second>,
  ): Promise<[First, Second]> {
    const held = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const holding = opened.db.transaction(async (transaction) => {
      await transaction.execute(sql`select from day_scores for update`)
      held.resolve()
      await released.promise
    })
    await held.promise
    const one = first()
    await waitUntilWaiting(1)
    const other = second()
    await waitUntilWaiting(2)
    released.resolve()
    await holding
    return Promise.all([one, other])
  }

  async function waitUntilWaiting(count: number): Promise<void> {
    for (;;) {
      const [row] = await opened.db
        .select({ waiting: sql<number>`count(*)::integer` })
        .from(sql`pg_stat_activity`)
        .where(sql`datname = current_database() and wait_event_type = 'Lock'`)
      if ((row?.waiting ?? 0) >= count) return
    }
  }

  async function rowsLeft(): Promise<number> {
    const [row] = await opened.db
      .select({
        count: sql<number>`((select count(*) from schedules) + (select count(*) from reviews)
          + (select count(*) from day_scores) + (select count(*) from learners))::integer`,
      })
      .from(sql`(values (1)) as one`)
    return row?.count ?? 0
  }

  test.each(['new', 'seen'])(
    'an answer to a card %s that came first is forgotten with the rest',
    async (id) => {
      const entry = await study.answerEntry(id, 4, day(1))
      const [written, forgotten] = await inThisOrder(
        () => opened.store.append(entry),
        () => opened.store.forget(study.learnerId),
      )
      expect({ written, forgotten }).toEqual({ written: true, forgotten: 3 })
      expect(await rowsLeft()).toBe(0)
    },
  )

  test.each(['new', 'seen'])('an answer to a card %s that came second is not written', async (id) => {
    const entry = await study.answerEntry(id, 4, day(1))
    const [forgotten, written] = await inThisOrder(
      () => opened.store.forget(study.learnerId),
      () => opened.store.append(entry),
    )
    expect({ written, forgotten }).toEqual({ written: false, forgotten: 2 })
    expect(await rowsLeft()).toBe(0)
  })
})
