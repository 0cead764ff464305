import { count } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { reviews } from '../../src/db/schema.ts'
import { startChild } from '../db/support/child.ts'
import { makePgliteFolder, makePostgres } from '../db/support/databases.ts'
import { day, makeDeck, Study } from '../db/support/fixtures.ts'
import { openTestStore } from '../db/support/openTestStore.ts'

const PRESSES = 1000
/** One process only, whose statements PGlite runs one after the other anyway. */
const PRESSES_IN_ONE_PROCESS = 60
const PRESSING = new URL('pressing.ts', import.meta.url)
const outcome = z.object({ written: z.number(), late: z.number() })

describe('a button pressed twice at once', () => {
  test('by two processes on Postgres, 1,000 times, gives one review each time', async () => {
    const place = await makePostgres()
    const { store, db, differences, close } = await openTestStore(place)
    await store.syncDecks([makeDeck('d', ['a'])])
    const study = await Study.begin(store)

    const children = [1, 2].map(() => startChild(PRESSING, [place.databaseUrl ?? '', String(PRESSES)]))
    for (const child of children) await child.lines.next()
    for (const child of children) child.process.stdin?.write('go\n')
    const outcomes = await Promise.all(
      children.map(async (child) => outcome.parse(JSON.parse((await child.lines.next()).value))),
    )

    expect(outcomes.reduce((sum, { written }) => sum + written, 0)).toBe(PRESSES)
    // They did meet.
    expect(outcomes.reduce((sum, { late }) => sum + late, 0)).toBeGreaterThan(PRESSES / 10)
    expect(await db.select({ count: count() }).from(reviews)).toEqual([{ count: PRESSES }])
    expect((await study.hand('a')).state.reviewCount).toBe(PRESSES)
    expect(await differences()).toEqual([])
    await close()
  })

  test('in one process on PGlite, 60 times, gives one review each time', async () => {
    const { store, db, differences, close } = await openTestStore(await makePgliteFolder())
    await store.syncDecks([makeDeck('d', ['a'])])
    const study = await Study.begin(store)
    for (let press = 0; press < PRESSES_IN_ONE_PROCESS; press += 1) {
      const entry = await study.answerEntry('a', 4, day(press))
      const written = await Promise.all([store.append(entry), store.append(entry)])
      expect(written.sort()).toEqual([false, true])
    }
    expect(await db.select({ count: count() }).from(reviews)).toEqual([{ count: PRESSES_IN_ONE_PROCESS }])
    expect(await differences()).toEqual([])
    await close()
  })
})
