import postgres from 'postgres'
import { agendaOf } from '../src/core/agenda.ts'
import { DEFAULT_SETTINGS } from '../src/core/learner.ts'
import type { Store } from '../src/core/store.ts'
import { addDays, parseStudyDay } from '../src/core/studyDay.ts'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { type Bench, median, timeMs } from './bench.ts'
import { withPostgres } from './postgres.ts'

const CARDS = 1000
const FEW = { learners: 10, database: 'next_card_few' }
const MANY = { learners: 10_000, database: 'next_card_many' }
const SAMPLES = 2000
const TODAY = parseStudyDay('2026-06-01')

/** Time to find the next card with 10 million schedules, over the same with 10 thousand. */
export const bench: Bench = {
  name: 'next-card',
  run: () =>
    withPostgres(async (databaseUrl) => {
      const few = await fill(databaseUrl, FEW)
      const many = await fill(databaseUrl, MANY)
      const times = { few: [] as number[], many: [] as number[] }
      for (let sample = 0; sample < SAMPLES; sample++) {
        times.few.push(await nextCardMs(few.store, FEW.learners))
        times.many.push(await nextCardMs(many.store, MANY.learners))
      }
      await Promise.all([few.close(), many.close()])
      // The first tenth warms caches and plans.
      const [ours, reference] = [times.many, times.few].map((all) => median(all.slice(SAMPLES / 10)))
      return [
        {
          what: 'time to the next card with 10 million schedules',
          ratio: (ours ?? 0) / (reference ?? 0),
          bound: { atMost: 1.5 },
          reference: '10 thousand schedules',
          detail: `median ${ours?.toFixed(2)} ms over ${reference?.toFixed(2)} ms`,
        },
      ]
    }),
}

/** All that a learner's screen needs: the next card and what is left of the day. */
function nextCardMs(store: Store, learners: number): Promise<number> {
  const id = 1 + Math.floor(Math.random() * learners)
  const learner = { ...DEFAULT_SETTINGS, id }
  return timeMs(() => agendaOf(store, learner, { learnerId: id, deckId: null, studyDay: TODAY }))
}

/** Every learner has seen every card but the last, and about one in thirty is due. */
async function fill(serverUrl: string, { learners, database }: typeof FEW) {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await admin`drop database if exists ${admin(database)} with (force)`
  await admin`create database ${admin(database)}`
  await admin.end()
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  const { db, close } = await openPostgres(url.href, 1)
  const store = createStore(db)
  const source = { file: 'bench.md', line: 1 }
  const cards = Array.from({ length: CARDS }, (_, index) => ({
    id: `card-${index}`,
    factId: `card-${index}`,
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
  const sql = postgres(url.href, { max: 1, onnotice: () => {} })
  await sql`insert into learners (id, time_zone, day_start_hour, new_per_day, reviews_per_day)
    select learner, 'UTC', 4, 10, 100 from generate_series(1, ${learners}) as learner`
  await sql`insert into enrolments (learner_id, deck_id, enrolled, position)
    select learner, 'bench', true, ${CARDS - 1} from generate_series(1, ${learners}) as learner`
  await sql`insert into schedules (learner_id, card_id, repetitions, interval_days, ease_hundredths, lapses, due_on,
      suspended, review_count)
    select learner, 'card-' || card, 3, 1 + (learner + card) % 60, 250, 0,
      ${addDays(TODAY, -1)}::date + ((learner * 7 + card * 13) % 60)::integer, false, 3
    from generate_series(1, ${learners}) as learner, generate_series(0, ${CARDS - 2}) as card`
  await sql`vacuum analyze`
  await sql.end()
  return { store, close }
}
