import postgres from 'postgres'
import type { Store } from '../src/core/store.ts'
import { addDays, parseStudyDay } from '../src/core/studyDay.ts'
import type { BoardKey } from '../src/core/team/board.ts'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { type Bench, median, timeMs } from './bench.ts'
import { withPostgres } from './postgres.ts'

const FEW = { members: 100, database: 'boards_few' }
const MANY = { members: 100_000, database: 'boards_many' }
const SAMPLES = 600
const LINES = 10
const DECKS = 4
/** What each member has studied: days, and cards that are learned. */
const STUDY_DAYS = 8
const CARDS = 8
const MONDAY = parseStudyDay('2026-06-01')
const BOARD: BoardKey = { teamId: 1, period: 'week', startsOn: MONDAY, deckId: null }

/** Time of a leaderboard of a team of 100,000, over the same of a team of 100. */
export const bench: Bench = {
  name: 'boards',
  run: () =>
    withPostgres(async (databaseUrl) => {
      const few = await fill(databaseUrl, FEW)
      const many = await fill(databaseUrl, MANY)
      const times = { few: [] as number[], many: [] as number[] }
      for (let sample = 0; sample < SAMPLES; sample++) {
        times.few.push(await boardMs(few.store, FEW.members))
        times.many.push(await boardMs(many.store, MANY.members))
      }
      await Promise.all([few.close(), many.close()])
      // The first tenth warms caches and plans.
      const [ours = 0, reference = 0] = [times.many, times.few].map((all) => median(all.slice(SAMPLES / 10)))
      return [
        {
          what: 'time of the leaderboard of a team of 100,000',
          ratio: ours / reference,
          bound: { atMost: 1.5 },
          reference: 'that of a team of 100',
          detail: `median ${ours.toFixed(2)} ms over ${reference.toFixed(2)} ms`,
        },
      ]
    }),
}

/** All that a leaderboard asks for: its first lines, where the asker stands, and what it tells of each. */
function boardMs(store: Store, members: number): Promise<number> {
  const asker = 1 + Math.floor(Math.random() * members)
  return timeMs(async () => {
    await store.teamAt({ platform: 'discord', placeId: 'guild' })
    const top = await store.boardTop(BOARD, LINES)
    const ids = top.map((line) => line.learnerId)
    await store.membersToCheck(BOARD.teamId, ids, new Date('2026-01-01'))
    await store.boardRank(BOARD, asker)
    await store.boardDetails(BOARD, addDays(MONDAY, 6), [...ids, asker], 1000)
  })
}

/** Every member has studied every day in a deck or two, and is on the boards of week, month and all time. */
async function fill(serverUrl: string, { members, database }: typeof FEW) {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await admin`drop database if exists ${admin(database)} with (force)`
  await admin`create database ${admin(database)}`
  await admin.end()
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  const { db, close } = await openPostgres(url.href, 1)
  const store = createStore(db)
  await store.syncDecks(Array.from({ length: DECKS }, (_, deck) => deckOf(deck)))
  const here = { place: { platform: 'discord', placeId: 'guild' } as const, name: 'Crew', chatId: 'general' }
  await store.setUpPlace(here, 'UTC', new Date('2026-05-01'))
  const sql = postgres(url.href, { max: 1, onnotice: () => {} })
  const learner = sql`generate_series(1, ${members}) as learner`
  await sql`insert into learners (id, time_zone, day_start_hour, new_per_day, reviews_per_day)
    select learner, 'UTC', 4, 10, 100 from ${learner}`
  await sql`insert into identities (platform, external_id, learner_id)
    select 'discord', learner::text, learner from ${learner}`
  await sql`insert into team_members (learner_id, team_id, name, shown)
    select learner, 1, 'member ' || learner, true from ${learner}`
  await sql`insert into member_places (learner_id, platform, place_id, present, checked_at)
    select learner, 'discord', 'guild', true, now() from ${learner}`
  await sql`insert into day_scores (learner_id, study_day, deck_id, answers, reviews, passes, starts, points)
    select learner, ${MONDAY}::date + 6 - day, 'deck-' || (learner + day) % ${DECKS}, 10, 10, 9, 2,
      10 + (learner * 7919 + day) % 40
    from ${learner}, generate_series(0, ${STUDY_DAYS - 1}) as day`
  await sql`insert into schedules (learner_id, card_id, repetitions, interval_days, ease_hundredths, lapses, due_on,
      suspended, review_count)
    select learner, 'card-' || card, 3, 17 + card, 250, 0, ${MONDAY}::date + 30, false, 3
    from ${learner}, generate_series(0, ${CARDS - 1}) as card`
  await sql`insert into board_scores (learner_id, team_id, period, starts_on, deck_id, points, shown)
    select learner_id, 1, period, starts_on, deck, sum(points), true
    from day_scores
    cross join lateral (values ('week', date_trunc('week', study_day::timestamp)::date), ('all', date '0001-01-01'))
      as board (period, starts_on)
    cross join lateral (values (''), (deck_id)) as part (deck)
    group by learner_id, period, starts_on, deck`
  await sql`vacuum analyze`
  await sql.end()
  return { store, close }
}

function deckOf(deck: number) {
  const cards = Array.from({ length: deck === 0 ? CARDS : 1 }, (_, index) => {
    const id = deck === 0 ? `card-${index}` : `only-${deck}`
    return {
      id,
      factId: id,
      kind: 'basic' as const,
      prompt: `What is ${id}?`,
      answer: id,
      accept: [],
      wrong: [],
      context: [],
      explanation: '',
      source: { file: 'bench.md', line: 1 },
    }
  })
  return { id: `deck-${deck}`, title: `Deck ${deck}`, cards }
}
