import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { type Bench, type Figure, median } from './bench.ts'
import { discordSide, type FloodSide, telegramSide } from './floodSides.ts'
import { withPostgres } from './postgres.ts'

/** People who press as people do, and what they do between two presses on average. */
const PEOPLE = 32
const PAUSE_MS = 600
/** What one person more has under way, each of it sent again so long after it was answered or left out. */
const IN_FLIGHT = 300
const ROUND_TRIP_MS = 100
const SECONDS = 6
/** With and without the flood take turns, so that a machine that slows down slows both. */
const ROUNDS = 7

interface Round {
  readonly p99Ms: number
  readonly presses: number
  readonly flooded: number
}

/** Time until a press of somebody is answered while somebody else floods the bot, over the same without the flood. */
export const bench: Bench = {
  name: 'flood',
  run: () =>
    withPostgres(async (databaseUrl) => {
      const { db, close } = await openPostgres(databaseUrl)
      const store = createStore(db)
      const figures: Figure[] = []
      for (const make of [discordSide, telegramSide]) {
        const side = await make(store, PEOPLE + 1)
        // As autovacuum does within a minute.
        await db.execute(sql`analyze`)
        await round(side, true)
        const [calm, flooded]: [Round[], Round[]] = [[], []]
        for (let time = 0; time < ROUNDS; time++) {
          calm.push(await round(side, false))
          flooded.push(await round(side, true))
        }
        figures.push(figureOf(side, calm, flooded))
      }
      await close()
      return figures
    }),
}

function figureOf({ name }: FloodSide, calm: readonly Round[], flooded: readonly Round[]): Figure {
  const [reference, ours] = [calm, flooded].map((rounds) => median(rounds.map(({ p99Ms }) => p99Ms)))
  if (reference === undefined || ours === undefined) throw new Error('no rounds')
  const perSecond = (of: (one: Round) => number) => (median(flooded.map(of)) / SECONDS).toFixed(0)
  return {
    what: `99th percentile of a press in ${name} while one person keeps ${IN_FLIGHT} in flight`,
    ratio: ours / reference,
    bound: { atMost: 1.5 },
    reference: 'the same without the flood',
    detail:
      `${ours.toFixed(1)} ms over ${reference.toFixed(1)} ms, median of ${ROUNDS} rounds; ` +
      `${perSecond(({ presses }) => presses)}/s of ${PEOPLE} people, ${perSecond((one) => one.flooded)}/s flood`,
  }
}

async function round(side: FloodSide, isFlooded: boolean): Promise<Round> {
  const end = performance.now() + SECONDS * 1000
  const isOver = () => performance.now() >= end
  const times: number[] = []
  let flooded = 0
  const person = async (index: number): Promise<void> => {
    for (;;) {
      await delay(2 * PAUSE_MS * Math.random())
      if (isOver()) return
      const start = performance.now()
      await side.press(index)
      times.push(performance.now() - start)
    }
  }
  const flood = async (): Promise<void> => {
    await delay(ROUND_TRIP_MS * Math.random())
    while (!isOver()) {
      flooded++
      await side.press(PEOPLE)
      await delay(ROUND_TRIP_MS)
    }
  }
  await Promise.all([
    ...Array.from({ length: PEOPLE }, (_, index) => person(index)),
    ...Array.from({ length: isFlooded ? IN_FLIGHT : 0 }, flood),
  ])
  const sorted = times.sort((a, b) => a - b)
  return {
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    presses: sorted.length,
    flooded,
  }
}
