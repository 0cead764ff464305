import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LogEntry } from '../../src/core/log.ts'
import type { StudyDay } from '../../src/core/studyDay.ts'
import { makePgliteFolder, makePostgres, type TestPlace } from './support/databases.ts'
import { day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const CARDS = ['a', 'b', 'c', 'e', 'f']
const LEARNERS = 20

function defineTests(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let studies: Study[]

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
  })
  afterAll(() => opened?.close())
  beforeEach(async () => {
    await opened.reset()
    await opened.store.syncDecks([makeDeck('d', CARDS)])
    studies = []
    for (let number = 0; number < LEARNERS; number++) {
      const study = await Study.begin(opened.store, `learner-${number}`)
      for (const card of CARDS) await study.answer(card, 4)
      studies.push(study)
    }
  })

  /** An entry of every learner for every card, all due. */
  async function entriesOnDay(days: number): Promise<LogEntry[]> {
    const entries = studies.map((study) =>
      Promise.all(CARDS.map((card, index) => study.answerEntry(card, index % 2 === 0 ? 4 : 1, day(days)))),
    )
    return (await Promise.all(entries)).flat()
  }

  test('a hundred answers at once are all written, each with log and score', async () => {
    const entries = await entriesOnDay(1)
    const written = await Promise.all(entries.map((entry) => opened.store.append(entry)))
    expect(written).toEqual(entries.map(() => true))
    expect(await opened.differences()).toEqual([])
    for (const study of studies) {
      const score = await opened.store.scoreOn(study.scope(day(1)))
      expect(score).toMatchObject({ answers: 5, reviews: 5, passes: 3 })
    }
  })

  test('each answer sent three times at once is written once', async () => {
    const entries = await entriesOnDay(1)
    const thrice = [...entries, ...entries, ...entries]
    const written = await Promise.all(thrice.map((entry) => opened.store.append(entry)))
    expect(written.filter(Boolean)).toHaveLength(entries.length)
    expect(await opened.differences()).toEqual([])
  })

  test('an answer that is late among others changes nothing, and the others are written', async () => {
    const late = await entriesOnDay(1)
    for (const study of studies.slice(0, 10)) await study.answer('a', 4, day(1))
    const written = await Promise.all(late.map((entry) => opened.store.append(entry)))
    expect(written.filter(Boolean)).toHaveLength(late.length - 10)
    expect(await opened.differences()).toEqual([])
  })

  test('answers that cannot be stored fail alone, whatever is wrong with them', async () => {
    const entries = await entriesOnDay(1)
    const spoilt = new Map<number, (entry: LogEntry) => LogEntry>([
      [7, (entry) => ({ ...entry, after: { ...entry.after, intervalDays: 2 ** 40 } })],
      [50, (entry) => ({ ...entry, studyDay: '2026-02-30' as StudyDay })],
      [51, (entry) => ({ ...entry, deckId: 'nul \0 character' })],
      [99, (entry) => ({ ...entry, answeredAt: new Date(Number.NaN) })],
    ])
    const results = await Promise.allSettled(
      entries.map((entry, index) => opened.store.append(spoilt.get(index)?.(entry) ?? entry)),
    )
    const failed = results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))
    expect(failed).toEqual([...spoilt.keys()])
    expect(await opened.differences()).toEqual([])
  })
}

/** How often all connections are cut while answers are written. */
const CUTS = 5

test('answers whose connections are cut are stored or reported as failed, and can be sent again', async () => {
  const place = await makePostgres()
  const { store, differences, close } = await openTestStore(place)
  const admin = postgres(place.databaseUrl ?? '', { max: 1, onnotice: () => {} })
  const [{ pid: ownPid = 0 } = {}] = await admin<{ pid: number }[]>`select pg_backend_pid() as pid`
  await store.syncDecks([makeDeck('d', CARDS)])
  const studies: Study[] = []
  for (let number = 0; number < LEARNERS; number++) {
    const study = await Study.begin(store, `learner-${number}`)
    for (const card of CARDS) await study.answer(card, 4)
    studies.push(study)
  }
  let unknown = 0
  for (let cut = 1; cut <= CUTS; cut++) {
    const entries = (
      await Promise.all(
        studies.map((study) => Promise.all(CARDS.map((card) => study.answerEntry(card, 4, day(cut * 40))))),
      )
    ).flat()
    const sent = Promise.allSettled(entries.map((entry) => store.append(entry)))
    await sleep(cut)
    await admin`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> ${ownPid}`
    const results = await sent
    // Until the pool has seen that its idle connections are gone as well.
    await sleep(300)
    for (const [index, entry] of entries.entries()) {
      const result = results[index]
      const isStored = await admin`
        select 1 from reviews where learner_id = ${entry.learnerId} and card_id = ${entry.cardId}
          and review_count = ${entry.reviewCount}`
      if (result?.status === 'fulfilled') expect(isStored).toHaveLength(result.value ? 1 : 0)
      else {
        unknown++
        expect(await store.append(entry)).toBe(isStored.length === 0)
      }
    }
  }
  expect(unknown).toBeGreaterThan(0)
  expect(await differences()).toEqual([])
  await admin.end()
  await close()
})

describe('answers at once on Postgres', () => defineTests(makePostgres))
describe('answers at once on PGlite', () => defineTests(makePgliteFolder))
