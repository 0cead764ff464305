import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import type { CardRef } from '../src/core/action.ts'
import { answerEntry } from '../src/core/log.ts'
import { record } from '../src/core/record.ts'
import type { Store } from '../src/core/store.ts'
import { parseStudyDay } from '../src/core/studyDay.ts'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { type Bench, type Figure, median } from './bench.ts'
import { withPostgres } from './postgres.ts'

const LEARNERS = 2000
const CARDS = 200
const SECONDS = 5
/** Ours and pgbench's take turns, so that a machine that slows down slows both. */
const ROUNDS = 3
const TODAY = parseStudyDay('2026-06-01')
const SETTINGS = {
  timeZone: 'UTC',
  dayStartHour: 4,
  newPerDay: 10,
  reviewsPerDay: 100,
  reminderMinute: null,
  hidden: false,
}
const WANTED = [
  { clients: 1, atLeast: 0.6 },
  { clients: 8, atLeast: 0.8 },
  { clients: 32, atLeast: 1.0 },
]

/** The transaction that a review is, written by hand: schedule, log and score, all or none. */
const PGBENCH_SCRIPT = `
\\set learner random(1, ${LEARNERS})
\\set card random(1, ${CARDS})
begin;
update schedules set repetitions = repetitions + 1, interval_days = 6, due_on = date '2026-06-07',
  drill_on = null, answered_on = date '2026-06-01', review_count = review_count + 1, last_answered_at = now()
  where learner_id = :learner and card_id = 'card-' || :card returning review_count \\gset
insert into reviews (learner_id, card_id, review_count, deck_id, kind, quality, study_day, answered_at,
  before_repetitions, before_interval_days, before_ease_hundredths, before_lapses, before_due_on, before_suspended,
  after_repetitions, after_interval_days, after_ease_hundredths, after_lapses, after_due_on, after_suspended,
  answers, reviews, passes, starts, points)
  values (:learner, 'card-' || :card, :review_count - 1, 'bench', 'scheduled', 4, '2026-06-01', now(),
  1, 1, 250, 0, '2026-06-01', false, 2, 6, 250, 0, '2026-06-07', false, 1, 1, 1, 0, 1);
insert into day_scores (learner_id, study_day, deck_id, answers, reviews, passes, starts, points)
  values (:learner, '2026-06-01', 'bench', 1, 1, 1, 0, 1)
  on conflict (learner_id, study_day, deck_id) do update set
  answers = day_scores.answers + excluded.answers, reviews = day_scores.reviews + excluded.reviews,
  passes = day_scores.passes + excluded.passes, starts = day_scores.starts + excluded.starts,
  points = day_scores.points + excluded.points;
commit;
`

/** Reviews per second through the core, over pgbench running an equal transaction on the same tables. */
export const bench: Bench = {
  name: 'reviews',
  run: () =>
    withPostgres(async (databaseUrl) => {
      const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'))
      try {
        const script = join(folder, 'review.sql')
        await writeFile(script, PGBENCH_SCRIPT)
        const figures: Figure[] = []
        for (const { clients, atLeast } of WANTED) {
          const { db, close } = await openPostgres(databaseUrl, clients)
          const store = createStore(db)
          await fill(databaseUrl, store)
          const ours: number[] = []
          const theirs: number[] = []
          // What the buttons on the learners' screens carry.
          const counts = new Map<string, number>()
          for (let round = 0; round < ROUNDS; round++) {
            theirs.push(await pgbench(databaseUrl, script, clients))
            ours.push(await reviewsPerSecond(store, clients, counts))
          }
          await close()
          const [our, their] = [median(ours), median(theirs)]
          figures.push({
            what: `reviews per second, ${clients} at once`,
            ratio: our / their,
            bound: { atLeast },
            reference: 'pgbench (prepared) running an equal transaction',
            detail: `${our.toFixed(0)}/s over ${their.toFixed(0)}/s`,
          })
        }
        return figures
      } finally {
        await rm(folder, { recursive: true })
      }
    }),
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

/**
 * Answers random cards of random learners as presses do: the button carries the count, the card is read, SM-2
 * asked, and the answer stored.
 */
async function reviewsPerSecond(store: Store, clients: number, counts: Map<string, number>): Promise<number> {
  let reviews = 0
  const start = performance.now()
  const end = start + SECONDS * 1000
  // The learners here have no accounts: whoever was overtaken is who they were.
  const known: Store = {
    ...store,
    learner: async ({ externalId }, settings) => ({ ...settings, id: Number(externalId) }),
  }
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const learner = { ...SETTINGS, id: 1 + Math.floor(Math.random() * LEARNERS) }
      const cardId = `card-${1 + Math.floor(Math.random() * CARDS)}`
      const key = `${learner.id}:${cardId}`
      const ref: CardRef = { cardId, reviewCount: counts.get(key) ?? 1, onlyDeck: false }
      const identity = { platform: 'terminal', externalId: String(learner.id) } as const
      const visit = { store: known, identity, learner, today: TODAY, now: new Date() }
      const done = await record(visit, ref, (hand, occasion) => answerEntry(occasion, hand.state, 4))
      if (done.kind === 'stored') reviews++
      if (done.kind !== 'gone')
        counts.set(key, done.hand.state.reviewCount + (done.kind === 'stored' ? 1 : 0))
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (reviews * 1000) / (performance.now() - start)
}

async function pgbench(databaseUrl: string, script: string, clients: number): Promise<number> {
  const threads = String(Math.min(2, clients))
  const options = [
    '-n',
    '-M',
    'prepared',
    '-f',
    script,
    '-c',
    String(clients),
    '-j',
    threads,
    '-T',
    String(SECONDS),
  ]
  try {
    const { stdout } = await promisify(execFile)('pgbench', [...options, databaseUrl])
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw missing ? new Error('pgbench is not installed: it comes with the Postgres client tools') : error
  }
}
