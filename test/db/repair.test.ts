import { type SQL, sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repair } from '../../src/db/repair.ts'
import { makePostgres } from './support/databases.ts'
import { at } from './support/fixtures.ts'
import { History, steps } from './support/history.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const HERE = { place: { platform: 'discord', placeId: '77' }, name: 'Guild', chatId: '770' } as const

describe('repairing from the log', () => {
  let opened: TestStore

  // Each test but the last leaves the tables as it found them.
  beforeAll(async () => {
    opened = await openTestStore(await makePostgres())
    const history = await History.begin([opened.store])
    await opened.store.setUpPlace(HERE, 'UTC', at(0))
    for (const learnerId of [1, 2]) await opened.store.takePart(learnerId, HERE, `player ${learnerId}`, at(0))
    for (const step of fc.sample(steps, { numRuns: 2 }).flat()) await history.play(step)
    await history.play({ kind: 'takeNew', count: 3 })
  })
  afterAll(() => opened?.close())

  const tables = async () =>
    JSON.stringify(
      await opened.db.execute(sql`
      select (select jsonb_agg(s order by learner_id, card_id) from schedules s) as schedules,
        (select jsonb_agg(d order by learner_id, study_day, deck_id) from day_scores d
          where (answers, reviews, passes, starts, points) <> (0, 0, 0, 0, 0)) as scores,
        (select jsonb_agg(b order by learner_id, team_id, period, starts_on, deck_id) from board_scores b
          where points <> 0) as boards,
        (select jsonb_agg(m order by learner_id, team_id) from team_members m) as members,
        (select jsonb_agg(r order by learner_id, card_id, review_count) from reviews r) as log`),
    )

  const damages: readonly (readonly [string, SQL])[] = [
    ['every schedule is gone', sql`delete from schedules`],
    [
      'schedules say something else',
      sql`update schedules set interval_days = interval_days + 3, lapses = 9, review_count = review_count + 1`,
    ],
    [
      'there are schedules of nothing',
      sql`insert into schedules
      select 1, 'extra' || n, 1, 1, 250, 0, null, null, null, false, 1, null from generate_series(1, 3) as n`,
    ],
    ['every score is gone', sql`delete from day_scores`],
    ['scores say something else', sql`update day_scores set points = points + 7, answers = answers - 1`],
    ['every board is gone', sql`delete from board_scores`],
    ['boards say something else', sql`update board_scores set points = points + 7, shown = not shown`],
    [
      'boards have points of somebody who is not in the team',
      sql`insert into board_scores select 1, 99, 'week', '2026-01-05', '', 5, true`,
    ],
    ['members are hidden who should be seen', sql`update team_members set shown = false`],
    ['somebody is in a team that is not there', sql`insert into team_members select 1, 99, 'player', true`],
    ['positions are too far on', sql`update enrolments set position = 100000`],
    ['decks miscount', sql`update decks set card_count = 99, next_seq = 1`],
  ]
  test.each(damages)('puts right what is wrong when %s', async (_name, damage) => {
    const before = await tables()
    await opened.db.execute(damage)
    expect(await opened.differences()).not.toEqual([])
    await repair(opened.db)
    expect(await opened.differences()).toEqual([])
    expect(await tables()).toBe(before)
  })

  test('changes nothing where nothing is wrong', async () => {
    const before = await tables()
    expect(await repair(opened.db)).toBe(0)
    expect(await tables()).toBe(before)
  })

  test('leaves alone a card whose log contradicts itself, and mends the others', async () => {
    await opened.db.execute(sql`update schedules set interval_days = interval_days + 3`)
    await opened.db.execute(sql`
      update reviews set after_interval_days = after_interval_days + 1
      where (learner_id, card_id, review_count) in (select learner_id, card_id, review_count from reviews limit 1)`)
    await repair(opened.db)
    const left = await opened.differences()
    expect(left.length).toBeGreaterThan(0)
    expect(new Set(left.map((each) => each.split(':')[0])).size).toBe(1)
  })
})
