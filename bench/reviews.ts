import postgres from 'postgres'
import type { CardRef } from '../src/core/action.ts'
import { answerEntry } from '../src/core/log.ts'
import { record } from '../src/core/record.ts'
import type { Store } from '../src/core/store.ts'
import { parseStudyDay } from '../src/core/studyDay.ts'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { type Bench, type Figure, median } from './bench.ts'
import { type Pace, percentile99 } from './pace.ts'
import { pgbench } from './pgbench.ts'
import { withPostgres } from './postgres.ts'
import { byHand } from './reviewByHand.ts'

const LEARNERS = 2000
const CARDS = 200
const SECONDS = 2
/** Ours and pgbench's take turns, so that a machine that slows down slows both. */
const ROUNDS = 7
const TODAY = parseStudyDay('2026-06-01')
const SETTINGS = {
  timeZone: 'UTC',
  dayStartHour: 4,
  newPerDay: 10,
  reviewsPerDay: 100,
  reminderMinute: null,
  hidden: false,
}
const BY_HAND = byHand(LEARNERS, CARDS)

interface Wanted {
  /** Reviews in flight. */
  readonly count: number
  readonly atLeast: number
  readonly percentile99AtMost?: number
}

/** What is compared with pgbench at so many clients. */
const WANTED: readonly { readonly clients: number; readonly inFlight: readonly Wanted[] }[] = [
  { clients: 1, inFlight: [{ count: 1, atLeast: 0.9 }] },
  { clients: 8, inFlight: [{ count: 8, atLeast: 1.3 }] },
  {
    clients: 32,
    inFlight: [
      { count: 32, atLeast: 2, percentile99AtMost: 1.5 },
      { count: 512, atLeast: 3.5 },
    ],
  },
]

/**
 * Reviews per second through the core, over pgbench running an equal transaction on the same tables: it reads and
 * writes what a review does. What it reaches without the read, told what to write, is measured beside it.
 */
export const bench: Bench = {
  name: 'reviews',
  run: () =>
    withPostgres(async (databaseUrl) => {
      const figures: Figure[] = []
      for (const { clients, inFlight } of WANTED) {
        const { db, close } = await openPostgres(databaseUrl)
        const store = createStore(db)
        await fill(databaseUrl, store)
        const theirs: Pace[] = []
        const writes: Pace[] = []
        const ours = inFlight.map((): Pace[] => [])
        // The first round does not count: after a checkpoint the first change of each page writes all of it.
        for (let round = 0; round <= ROUNDS; round++) {
          theirs[round] = await pgbench(databaseUrl, BY_HAND.review, clients, SECONDS)
          writes[round] = await pgbench(databaseUrl, BY_HAND.writes, clients, SECONDS)
          for (const [index, { count }] of inFlight.entries()) {
            ;(ours[index] ?? [])[round] = await answer(databaseUrl, store, count)
          }
        }
        await close()
        for (const [index, wanted] of inFlight.entries()) {
          const counted = [ours[index] ?? [], theirs, writes].map((paces) => paces.slice(1))
          figures.push(...compare(wanted, clients, counted))
        }
      }
      return figures
    }),
}

/** @param paces ours, theirs, and theirs of the writes alone */
function compare(
  { count, atLeast, percentile99AtMost }: Wanted,
  clients: number,
  paces: readonly (readonly Pace[])[],
): Figure[] {
  const reference = `pgbench (prepared) with ${clients} at once, running an equal transaction`
  const [our = 0, their = 0, writes = 0] = paces.map((each) => median(each.map(({ perSecond }) => perSecond)))
  const [ourTime = 0, theirTime = 0] = paces.map((each) => median(each.map(percentile99)))
  const figures: Figure[] = [
    {
      what: `reviews per second, ${count} at once`,
      ratio: our / their,
      bound: { atLeast },
      reference,
      detail: `${our.toFixed(0)}/s over ${their.toFixed(0)}/s; of its writes alone ${writes.toFixed(0)}/s: ${(our / writes).toFixed(2)}`,
    },
  ]
  if (percentile99AtMost !== undefined) {
    figures.push({
      what: `99th percentile of a review, ${count} at once`,
      ratio: ourTime / theirTime,
      bound: { atMost: percentile99AtMost },
      reference,
      detail: `${ourTime.toFixed(1)} ms over ${theirTime.toFixed(1)} ms`,
    })
  }
  return figures
}

/** Every learner has every card due. */
async function fill(databaseUrl: string, store: Store): Promise<void> {
  const source = { file: 'bench.md', line: 1 }
  const cards = Array.from({ length: CARDS }, (_, index) => ({
    id: `card-${index + 1}`,
    factId: `card-${index + 1}`,
    kind: 'basic' as const,
    prompt: `What is ${index}?`,
    answer: String(index),
    accept: [],
    wrong: [],
    context: [],
    explanation: '',
    source,
  }))
  await store.syncDecks([{ id: 'bench', title: 'Bench', cards }])
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  await sql`truncate schedules, reviews, day_scores`
  await sql`insert into schedules (learner_id, card_id, repetitions, interval_days, ease_hundredths, lapses, due_on,
      suspended, review_count)
    select learner, 'card-' || card, 1, 1, 250, 0, ${TODAY}, false, 1
    from generate_series(1, ${LEARNERS}) as learner, generate_series(1, ${CARDS}) as card`
  await sql`vacuum analyze schedules, reviews, day_scores`
  await sql`checkpoint`
  await sql.end()
}

/** What the buttons on the learners' screens carry: pgbench has moved some of the cards on. */
async function readCounts(databaseUrl: string): Promise<Map<string, number>> {
  const sql = postgres(databaseUrl, { max: 1 })
  const rows = await sql<{ key: string; count: number }[]>`
    select learner_id || ':' || card_id as key, review_count as count from schedules`
  await sql.end()
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/**
 * Answers random cards of random learners as presses do: the button carries the count, the card is read, SM-2
 * asked, and the answer stored.
 */
async function answer(databaseUrl: string, store: Store, inFlight: number): Promise<Pace> {
  const counts = await readCounts(databaseUrl)
  const latenciesMs: number[] = []
  const start = performance.now()
  const end = start + SECONDS * 1000
  // The learners here have no accounts: whoever was overtaken is who they were.
  const known: Store = {
    ...store,
    learner: async ({ externalId }, settings) => ({ ...settings, id: Number(externalId) }),
  }
  const client = async (): Promise<void> => {
    for (let begun = start; begun < end; ) {
      const learner = { ...SETTINGS, id: 1 + Math.floor(Math.random() * LEARNERS) }
      const cardId = `card-${1 + Math.floor(Math.random() * CARDS)}`
      const key = `${learner.id}:${cardId}`
      const ref: CardRef = { cardId, reviewCount: counts.get(key) ?? 1, onlyDeck: false }
      const identity = { platform: 'terminal', externalId: String(learner.id) } as const
      const visit = { store: known, identity, learner, today: TODAY, now: new Date() }
      const done = await record(visit, ref, (hand, occasion) => answerEntry(occasion, hand.state, 4))
      const now = performance.now()
      if (done.kind === 'stored') latenciesMs.push(now - begun)
      if (done.kind !== 'gone')
        counts.set(key, done.hand.state.reviewCount + (done.kind === 'stored' ? 1 : 0))
      begun = now
    }
  }
  await Promise.all(Array.from({ length: inFlight }, client))
  return { perSecond: (latenciesMs.length * 1000) / (performance.now() - start), latenciesMs }
}
