import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dailies, learners, memberPlaces, places, rounds, teams } from '../../src/db/schema.ts'
import type { TestPlace } from './support/databases.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const NOW = new Date('2026-03-02T09:00:00Z')
const OLD = { platform: 'telegram', placeId: '-100' } as const
const NEW = { platform: 'telegram', placeId: '-1009' } as const
/** Where a place's id and its chat's id are. */
const PLACED = { places, dailies, rounds, memberPlaces }
const ELSEWHERE = { platform: 'telegram', placeId: '-300' } as const

/** What every store does when a platform gives a place another id. */
export function defineMoveContract(makePlace: () => Promise<TestPlace>): void {
  let data: TestStore

  beforeAll(async () => {
    data = await openTestStore(await makePlace())
  })

  afterAll(async () => {
    await data.close()
  })

  beforeEach(async () => {
    await data.reset()
  })

  /** A place with a team, a daily quiz with a round of yesterday and one of today, and somebody who is present. */
  async function settle(place: { platform: 'telegram'; placeId: string }, teamId: number): Promise<void> {
    const { db } = data
    const chat = { ...place, chatId: place.placeId }
    await db.insert(teams).values({ id: teamId, name: 'Crew', timeZone: 'UTC', createdAt: NOW })
    await db.insert(places).values({ ...chat, teamId, name: 'Crew' })
    await db.insert(dailies).values({
      ...chat,
      minuteOfDay: 540,
      timeZone: 'UTC',
      questions: 3,
      weekdays: 127,
      nextAt: NOW,
    })
    for (const dailyOn of ['2026-03-01', '2026-03-02']) {
      await db.insert(rounds).values({ ...chat, startedAt: NOW, dailyOn: dailyOn as never, teamId })
    }
    await db.insert(rounds).values({ platform: place.platform, chatId: place.placeId, startedAt: NOW })
    const settings = { timeZone: 'UTC', dayStartHour: 4, newPerDay: 10, reviewsPerDay: 100 }
    await db
      .insert(learners)
      .values({ id: 7, ...settings, createdAt: NOW })
      .onConflictDoNothing()
    await db.insert(memberPlaces).values({ ...place, learnerId: 7, present: true, checkedAt: NOW })
  }

  async function idsOf(table: 'places' | 'dailies' | 'rounds' | 'memberPlaces'): Promise<(string | null)[]> {
    const rows = await data.db.select({ id: PLACED[table].placeId }).from(PLACED[table])
    return rows.map(({ id }) => id).sort()
  }

  async function chatsOf(table: 'places' | 'dailies' | 'rounds'): Promise<string[]> {
    const rows = await data.db.select({ id: PLACED[table].chatId }).from(PLACED[table])
    return [...new Set(rows.map(({ id }) => id))].sort()
  }

  describe('a place that gets another id', () => {
    it('keeps its team, its daily quiz, its rounds and who is there; another place is left alone', async () => {
      await settle(OLD, 1)
      await settle(ELSEWHERE, 2)
      expect(await data.store.movePlace(OLD, NEW.placeId)).toBe(true)
      for (const table of ['places', 'dailies', 'memberPlaces'] as const) {
        expect(await idsOf(table), table).toEqual(['-1009', '-300'])
      }
      expect((await idsOf('rounds')).filter((id) => id === '-1009')).toHaveLength(2)
      for (const table of ['places', 'dailies', 'rounds'] as const) {
        expect(await chatsOf(table), table).toEqual(['-1009', '-300'])
      }
      expect((await data.store.roundAt({ platform: 'telegram', chatId: '-1009' }))?.place.chatId).toBe(
        '-1009',
      )
    })

    it('is moved once; a place that nobody knows is not', async () => {
      await settle(OLD, 1)
      expect(await data.store.movePlace(OLD, NEW.placeId)).toBe(true)
      expect(await data.store.movePlace(OLD, NEW.placeId)).toBe(false)
      expect(await data.store.movePlace(ELSEWHERE, NEW.placeId)).toBe(false)
      expect(await idsOf('places')).toEqual(['-1009'])
    })

    it('takes the place of what was set up there meanwhile, without a second quiz on a day', async () => {
      await settle(OLD, 1)
      await settle(NEW, 2)
      expect(await data.store.movePlace(OLD, NEW.placeId)).toBe(true)
      const [place, ...others] = await data.db.select().from(places)
      expect(place).toMatchObject({ placeId: '-1009', teamId: 1 })
      expect(others).toEqual([])
      expect(await idsOf('dailies')).toEqual(['-1009'])
      const [{ days } = { days: 0 }] = await data.db
        .select({ days: sql<number>`count(*)::integer` })
        .from(rounds)
        .where(sql`${rounds.placeId} = '-1009'`)
      expect(days).toBe(2)
    })

    it('has its bot write where it wrote, if that was not the place itself', async () => {
      await settle(OLD, 1)
      await data.db.update(dailies).set({ chatId: '42' })
      await data.store.movePlace(OLD, NEW.placeId)
      expect(await chatsOf('dailies')).toEqual(['42'])
    })
  })
}
