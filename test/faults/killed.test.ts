import { setTimeout as sleep } from 'node:timers/promises'
import { and, count, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { reviews } from '../../src/db/schema.ts'
import { startChild } from '../db/support/child.ts'
import { makeFolder, makePostgres, removeFolder, type TestPlace } from '../db/support/databases.ts'
import { openTestStore } from '../db/support/openTestStore.ts'

/** How often each store's process is killed; 200 by hand after a change to how the store writes. */
const KILLS = Number(process.env.TEST_KILLS ?? 4)
const ANSWERING = new URL('answering.ts', import.meta.url)
/** Some die while they answer, some while they start: PGlite takes about this long for that. */
const LONGEST_ANSWERING_MS = 400
const LONGEST_START_MS = 1500
const KILLED_STARTING = 0.2

const emptyFolder = async (): Promise<TestPlace> => {
  const dataFolder = await makeFolder()
  return { databaseUrl: null, dataFolder, remove: () => removeFolder(dataFolder) }
}

describe.each([
  ['Postgres', makePostgres],
  ['PGlite', emptyFolder],
])('a process on %s killed again and again', (name, makePlace) => {
  test('loses no answer that was acknowledged, and leaves the store sound', { timeout: 0 }, async () => {
    const place = await makePlace()
    const acknowledged = new Set<string>()
    let lines = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      for (const line of await answerUntilKilled(place)) {
        lines += 1
        acknowledged.add(line)
      }
    }
    expect(lines).toBeGreaterThan(0)
    // No count was acknowledged twice, in one life of the process or in two.
    expect(acknowledged.size).toBe(lines)

    const { db, differences, close } = await openTestStore(place)
    for (const line of acknowledged) {
      const [cardId = '', reviewCount] = line.split(' ')
      const [stored] = await db
        .select({ count: count() })
        .from(reviews)
        .where(and(eq(reviews.cardId, cardId), eq(reviews.reviewCount, Number(reviewCount))))
      expect({ line, stored: stored?.count }).toEqual({ line, stored: 1 })
    }
    const [total] = await db.select({ count: count() }).from(reviews)
    expect(await differences()).toEqual([])
    await close()
    console.log(
      `${name}: ${KILLS} kills, ${lines} answers acknowledged, ${total?.count} stored, doctor clean`,
    )
  })
})

/** The answers that one process had acknowledged when it was killed at a random moment. */
async function answerUntilKilled(place: TestPlace): Promise<string[]> {
  const child = startChild(ANSWERING, [place.databaseUrl ?? '', place.dataFolder])
  const answers: string[] = []
  const first = child.lines.next()
  if (Math.random() < KILLED_STARTING) {
    await sleep(Math.random() * LONGEST_START_MS)
  } else {
    const { done } = await first
    if (done === true) throw new Error(`the process ended by itself with code ${await child.ended()}`)
    await sleep(Math.random() * LONGEST_ANSWERING_MS)
  }
  await child.kill()
  const { value, done } = await first
  if (done !== true) answers.push(value)
  for await (const line of child.lines) answers.push(line)
  return answers
}
