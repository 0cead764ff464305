import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LogEntry } from '../../src/core/log.ts'
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

  test('an answer that the database refuses fails alone', async () => {
    const entries = await entriesOnDay(1)
    const bad = entries.map((entry, index) =>
      index === 7 ? { ...entry, after: { ...entry.after, intervalDays: 2 ** 40 } } : entry,
    )
    const results = await Promise.allSettled(bad.map((entry) => opened.store.append(entry)))
    expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([7])
    expect(await opened.differences()).toEqual([])
  })
}

describe('answers at once on Postgres', () => defineTests(makePostgres))
describe('answers at once on PGlite', () => defineTests(makePgliteFolder))
