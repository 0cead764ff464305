import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/core/store.ts'
import { addDays } from '../../src/core/studyDay.ts'
import { ALL_TIME_STARTS_ON, type BoardKey } from '../../src/core/team/board.ts'
import type { Here, Team } from '../../src/core/team/team.ts'
import { boardScores, memberPlaces, teamMembers } from '../../src/db/schema.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const GUILD = { platform: 'discord', placeId: 'guild' } as const
const GROUP = { platform: 'telegram', placeId: '-7' } as const
const IN_GUILD: Here = { place: GUILD, name: 'Crew', chatId: 'general' }
const IN_GROUP: Here = { place: GROUP, name: 'Gang', chatId: '-7' }

/**
 * What every store must do for teams and boards, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineTeamContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store
  let team: Team

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(async () => {
    await opened.reset()
    await store.syncDecks([makeDeck('d', ['a', 'b', 'c']), makeDeck('e', ['x', 'y'])])
    team = await store.setUpPlace(IN_GUILD, 'Europe/Berlin', at(0))
  })
  afterAll(() => opened?.close())

  const allTime = (deckId: string | null = null, teamId = team.id): BoardKey => ({
    teamId,
    period: 'all',
    startsOn: ALL_TIME_STARTS_ON,
    deckId,
  })
  const names = async (board = allTime()) => (await store.boardTop(board, 10)).map(({ name }) => name)
  const scores = async (board = allTime()) =>
    (await store.boardTop(board, 10)).map(({ name, points }) => `${name} ${points}`)

  /** Somebody new who knows some cards on their first study day: a point each. */
  async function learn(name: string, cards: readonly string[] = ['a']): Promise<Study> {
    const study = await Study.begin(store, name)
    for (const id of cards) await study.answer(id, 4)
    return study
  }

  /** The same, who has taken part in the guild. */
  async function join(name: string, cards: readonly string[] = ['a'], here = IN_GUILD): Promise<Study> {
    const study = await learn(name, cards)
    await store.takePart(study.learnerId, here, name, at(1))
    return study
  }

  describe('places', () => {
    test('set up by twenty at once make one team', async () => {
      const teams = await Promise.all(
        Array.from({ length: 20 }, () => store.setUpPlace(IN_GROUP, 'Asia/Kathmandu', at(1))),
      )
      expect(new Set(teams.map(({ id }) => id)).size).toBe(1)
      expect(await store.teamAt(GROUP)).toEqual({
        id: teams[0]?.id,
        name: 'Gang',
        timeZone: 'Asia/Kathmandu',
        deckIds: null,
        weeklyMinute: null,
      })
      expect(await opened.differences()).toEqual([])
    })

    test('set up again keep their team, and are called as they are called now', async () => {
      const again = await store.setUpPlace({ ...IN_GUILD, name: 'Crew 2', chatId: 'quiz' }, 'UTC', at(2))
      expect(again).toEqual({ ...team, name: 'Crew 2' })
      expect(await store.placesOf(team.id)).toEqual([
        { teamId: team.id, place: GUILD, name: 'Crew 2', chatId: 'quiz' },
      ])
    })

    test('of no team are nobody’s', async () => {
      expect(await store.teamAt(GROUP)).toBeNull()
      expect(await store.team(99)).toBeNull()
      expect(await store.changeTeam(99, { name: 'x' })).toBeNull()
      expect(await store.leavePlace(GROUP)).toBe(false)
      expect(await store.joinPlaceToTeam(GROUP, team.id)).toBe(false)
      expect(await store.joinPlaceToTeam(GUILD, 99)).toBe(false)
      const { learnerId } = await learn('ada')
      expect(await store.takePart(learnerId, IN_GROUP, 'ada', at(1))).toBe(false)
    })
  })

  describe('members', () => {
    test('bring what they had learned before, and go on from there', async () => {
      const ada = await learn('ada', ['a', 'x'])
      expect(await names()).toEqual([])
      expect(await store.takePart(ada.learnerId, IN_GUILD, 'Ada', at(1))).toBe(true)
      expect(await scores()).toEqual(['Ada 2'])
      await ada.answer('b', 4, day(1))
      await ada.answer('c', 4, day(1))
      await ada.undo('c')
      expect(await scores()).toEqual(['Ada 3'])
      expect(await scores(allTime('d'))).toEqual(['Ada 2'])
      expect(await scores(allTime('e'))).toEqual(['Ada 1'])
      expect(await store.countMembers(team.id)).toBe(1)
      expect(await opened.differences()).toEqual([])
    })

    test('who take part twenty times at once, while they answer, are one, to the point', async () => {
      const ada = await learn('ada', ['a', 'x'])
      await Promise.all([
        ...Array.from({ length: 10 }, () => store.takePart(ada.learnerId, IN_GUILD, 'ada', at(1))),
        ...['b', 'c', 'y'].map((id) => ada.answer(id, 4, day(1))),
        ada.answer('a', 4, day(2)),
        ...Array.from({ length: 10 }, () => store.takePart(ada.learnerId, IN_GUILD, 'ada', at(1))),
      ])
      expect(await scores()).toEqual(['ada 6'])
      expect(await opened.differences()).toEqual([])
    })

    test('are called as they were called last', async () => {
      const ada = await join('ada')
      await store.takePart(ada.learnerId, IN_GUILD, 'Ada\0!', at(2))
      expect(await names()).toEqual(['Ada!'])
    })

    test('cost no write while nothing changes', async () => {
      const ada = await join('ada')
      const row = async () => (await opened.db.select().from(memberPlaces))[0]
      await store.takePart(ada.learnerId, IN_GUILD, 'ada', at(60))
      expect(await row()).toMatchObject({ checkedAt: at(1) })
      await store.takePart(ada.learnerId, IN_GUILD, 'ada', at(62))
      expect(await row()).toMatchObject({ checkedAt: at(62), present: true })
    })

    test('of nobody is refused', async () => {
      expect(await store.takePart(99, IN_GUILD, 'nobody', at(1))).toBe(false)
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('boards', () => {
    test('rank by points, then by who was there first; equal points are ahead of nobody', async () => {
      const ada = await join('ada', ['a'])
      const bob = await join('bob', ['a', 'b', 'c'])
      const cyd = await join('cyd', ['a'])
      await join('dan', [])
      expect(await scores()).toEqual(['bob 3', 'ada 1', 'cyd 1'])
      expect(await store.boardTop(allTime(), 2)).toHaveLength(2)
      expect(await store.boardRank(allTime(), cyd.learnerId)).toEqual({ name: 'cyd', points: 1, ahead: 1 })
      expect(await store.boardRank(allTime(), ada.learnerId)).toMatchObject({ ahead: 1 })
      expect(await store.boardRank(allTime(), bob.learnerId)).toMatchObject({ ahead: 0 })
      expect(await store.boardRank(allTime('e'), bob.learnerId)).toBeNull()
      expect(await store.boardRank(allTime(), 99)).toBeNull()
    })

    test('count up to a thousand ahead of somebody', async () => {
      const ada = await join('ada')
      const others = Array.from({ length: 1001 }, (_, index) => ({
        ...allTime(),
        deckId: '',
        learnerId: 1000 + index,
        points: 5,
        shown: true,
      }))
      await opened.db.insert(boardScores).values(others.slice(1))
      expect(await store.boardRank(allTime(), ada.learnerId)).toMatchObject({ ahead: 1000 })
      await opened.db.insert(boardScores).values(others.slice(0, 1))
      expect(await store.boardRank(allTime(), ada.learnerId)).toMatchObject({ ahead: null })
    })

    test('of a week and of a month hold the days of it', async () => {
      const ada = await join('ada', [])
      const sunday = day(6)
      await ada.answer('a', 4, DAY)
      await ada.answer('b', 4, sunday)
      await ada.answer('c', 4, addDays(sunday, 1))
      await ada.answer('x', 4, day(-5))
      const week = (startsOn = DAY): BoardKey => ({ ...allTime(), period: 'week', startsOn })
      const month = (startsOn: typeof DAY): BoardKey => ({ ...allTime(), period: 'month', startsOn })
      expect(await scores(week())).toEqual(['ada 2'])
      expect(await scores(week(day(7)))).toEqual(['ada 1'])
      expect(await scores(week(day(-7)))).toEqual(['ada 1'])
      expect(await scores(week(day(-14)))).toEqual([])
      expect(await scores(month(day(-4)))).toEqual(['ada 3'])
      expect(await scores(month(day(-35)))).toEqual(['ada 1'])
    })

    test('leave out what people made for themselves', async () => {
      const ada = await join('ada', [])
      const draft = await store.saveDraft(ada.learnerId, { prompt: 'q', answer: 'a', link: null }, at(1))
      const kept = await store.keepDraft(ada.learnerId, draft)
      const [own] = await ada.newIds(1, { ...ada.scope(), deckId: (await ownDeckOf(ada)) ?? '' })
      expect(kept).not.toBeNull()
      await ada.answer(own ?? '', 4)
      const bob = await learn('bob', ['a'])
      await store.takePart(bob.learnerId, IN_GUILD, 'bob', at(2))
      expect((await store.scoreOn(ada.scope())).points).toBe(1)
      expect(await scores()).toEqual(['bob 1'])
      await store.changeTeam(team.id, { deckIds: ['d', (await ownDeckOf(ada)) ?? ''] })
      expect(await scores()).toEqual(['bob 1'])
      expect(await opened.differences()).toEqual([])
    })

    async function ownDeckOf({ learnerId }: Study): Promise<string | undefined> {
      return (await store.deckSummaries(learnerId, DAY)).find((deck) => deck.isOwn)?.id
    }

    test('are built again when the team’s decks change', async () => {
      const ada = await join('ada', ['a', 'b', 'x'])
      expect(await store.changeTeam(team.id, { deckIds: ['e'] })).toMatchObject({ deckIds: ['e'] })
      expect(await scores()).toEqual(['ada 1'])
      expect(await scores(allTime('d'))).toEqual([])
      await ada.answer('c', 4)
      expect(await scores()).toEqual(['ada 1'])
      await store.changeTeam(team.id, { deckIds: null })
      expect(await scores()).toEqual(['ada 4'])
      expect(await opened.differences()).toEqual([])
    })

    test('tell of people what is asked for, of the board’s days and decks', async () => {
      const ada = await join('ada', [])
      for (const days of [0, 1, 7, 22]) await ada.answer('a', 4, day(days))
      await ada.answer('x', 1, day(1))
      await ada.answer('b', 1, day(3))
      const details = (board: BoardKey, endsOn = day(100)) =>
        store.boardDetails(board, endsOn, [ada.learnerId], 3)
      expect(await details(allTime())).toEqual([
        {
          learnerId: ada.learnerId,
          timeZone: 'UTC',
          dayStartHour: 4,
          studyDays: [day(22), day(7), day(3)],
          reviews: 6,
          passes: 4,
          learned: 1,
        },
      ])
      await ada.answer('a', 4, day(60))
      expect(await details(allTime('d'))).toMatchObject([{ reviews: 6, passes: 5, learned: 1 }])
      expect(await details(allTime('e'))).toMatchObject([{ reviews: 1, passes: 0, learned: 0 }])
      const week: BoardKey = { ...allTime(), period: 'week', startsOn: DAY }
      expect(await details(week, day(6))).toMatchObject([{ reviews: 4, passes: 2, learned: 1 }])
      await store.changeTeam(team.id, { deckIds: ['e'] })
      expect(await details(allTime())).toMatchObject([{ reviews: 1, passes: 0, learned: 0 }])
      expect(await store.boardDetails(allTime(), DAY, [], 3)).toEqual([])
    })
  })

  describe('hiding', () => {
    test('takes somebody off every board at once, and brings them back', async () => {
      const ada = await join('ada')
      await join('bob')
      await store.changeSettings(ada.learnerId, { hidden: true })
      expect(await names()).toEqual(['bob'])
      expect(await store.boardRank(allTime(), ada.learnerId)).toBeNull()
      await ada.answer('b', 4)
      await store.takePart(ada.learnerId, IN_GUILD, 'ada', at(99))
      expect(await names()).toEqual(['bob'])
      expect(await opened.differences()).toEqual([])
      await store.changeSettings(ada.learnerId, { hidden: false })
      expect(await scores()).toEqual(['ada 2', 'bob 1'])
      expect(await opened.differences()).toEqual([])
    })

    test('while answers are being written leaves no trace on a board', async () => {
      const ada = await join('ada', ['a', 'b', 'c'])
      const entries = await Promise.all(['a', 'b', 'c'].map((id) => ada.answerEntry(id, 4, day(1))))
      await Promise.all([
        ...entries.map((entry) => store.append(entry)),
        store.changeSettings(ada.learnerId, { hidden: true }),
      ])
      expect(await names()).toEqual([])
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('leaving', () => {
    test('the place leaves the boards; taking part again comes back to them', async () => {
      const ada = await join('ada')
      await store.setPresence(ada.learnerId, GUILD, false, at(5))
      expect(await names()).toEqual([])
      await ada.answer('b', 4)
      expect(await names()).toEqual([])
      expect(await opened.differences()).toEqual([])
      await store.takePart(ada.learnerId, IN_GUILD, 'ada', at(6))
      expect(await scores()).toEqual(['ada 2'])
      expect(await opened.differences()).toEqual([])
    })

    test('one of two places stays on the boards', async () => {
      const ada = await join('ada')
      await store.setUpPlace(IN_GROUP, 'UTC', at(2))
      await store.joinPlaceToTeam(GROUP, team.id)
      await store.takePart(ada.learnerId, IN_GROUP, 'ada', at(3))
      await store.setPresence(ada.learnerId, GUILD, false, at(5))
      expect(await names()).toEqual(['ada'])
      await store.setPresence(ada.learnerId, GROUP, false, at(5))
      expect(await names()).toEqual([])
      expect(await opened.differences()).toEqual([])
    })

    test('an answer older than the latest part taken changes nothing', async () => {
      const ada = await join('ada')
      await store.setPresence(ada.learnerId, GUILD, false, at(0))
      expect(await names()).toEqual(['ada'])
    })

    test('is asked about where it was not asked lately, by the accounts on that platform', async () => {
      const ada = await store.learner(
        { platform: 'discord', externalId: '11' },
        {
          timeZone: 'UTC',
          dayStartHour: 4,
          newPerDay: 10,
          reviewsPerDay: 100,
          reminderMinute: null,
          hidden: false,
        },
      )
      await store.takePart(ada.id, IN_GUILD, 'Ada', at(0))
      const check = { learnerId: ada.id, place: GUILD, externalIds: ['11'] }
      expect(await store.membersToCheck(team.id, [ada.id], at(0))).toEqual([])
      expect(await store.membersToCheck(team.id, [ada.id], at(1))).toEqual([check])
      expect(await store.membersToCheck(team.id, [ada.id + 1], at(1))).toEqual([])
      expect(await store.membersToCheck(team.id, [], at(1))).toEqual([])
      await store.setPresence(ada.id, GUILD, true, at(2))
      expect(await store.membersToCheck(team.id, [ada.id], at(1))).toEqual([])
      await store.setPresence(ada.id, GUILD, false, at(3))
      expect(await store.membersToCheck(team.id, [ada.id], at(9))).toEqual([])
    })
  })

  describe('two places', () => {
    test('become one team with the members of both, and the team left behind goes', async () => {
      const other = await store.setUpPlace(IN_GROUP, 'UTC', at(2))
      await join('ada', ['a', 'b'])
      const bob = await join('bob', ['x'], IN_GROUP)
      await store.takePart(bob.learnerId, IN_GUILD, 'bob', at(3))
      await join('cyd', ['a', 'x', 'y'], IN_GROUP)
      const gone = await join('dan', ['a'], IN_GROUP)
      await store.setPresence(gone.learnerId, GROUP, false, at(4))
      expect(await store.joinPlaceToTeam(GROUP, team.id)).toBe(true)
      expect(await scores()).toEqual(['cyd 3', 'ada 2', 'bob 1'])
      expect(await store.teamAt(GROUP)).toMatchObject({ id: team.id, name: 'Crew' })
      expect(await store.team(other.id)).toBeNull()
      expect(await store.boardTop(allTime(null, other.id), 9)).toEqual([])
      expect(await store.joinPlaceToTeam(GROUP, team.id)).toBe(true)
      expect(await opened.differences()).toEqual([])
    })

    test('part again: who took part in the one only stays with it', async () => {
      await store.setUpPlace(IN_GROUP, 'UTC', at(2))
      await store.joinPlaceToTeam(GROUP, team.id)
      await join('ada', ['a', 'b'])
      const bob = await join('bob', ['x'], IN_GROUP)
      expect(await scores()).toEqual(['ada 2', 'bob 1'])
      expect(await store.leavePlace(GROUP)).toBe(true)
      expect(await scores()).toEqual(['ada 2'])
      expect(await store.teamAt(GROUP)).toBeNull()
      const alone = await store.setUpPlace(IN_GROUP, 'UTC', at(3))
      expect(alone.id).not.toBe(team.id)
      await store.takePart(bob.learnerId, IN_GROUP, 'bob', at(4))
      expect(await scores(allTime(null, alone.id))).toEqual(['bob 1'])
      expect(await opened.differences()).toEqual([])
    })

    test('the last place takes the team with it', async () => {
      await join('ada')
      expect(await store.leavePlace(GUILD)).toBe(true)
      expect(await store.team(team.id)).toBeNull()
      expect(await opened.db.select().from(teamMembers)).toEqual([])
      expect(await opened.db.select().from(boardScores)).toEqual([])
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('trouble with cards', () => {
    test('is what members failed lately, most failed first, without what was taken back', async () => {
      const ada = await join('ada', [])
      const bob = await join('bob', [])
      const stranger = await learn('cyd', [])
      await ada.answer('a', 1, DAY)
      await bob.answer('a', 2, DAY)
      await bob.answer('x', 1, DAY)
      await ada.answer('x', 4, DAY)
      await ada.answer('b', 1, day(-8))
      await ada.answer('c', 1, DAY)
      await ada.undo('c')
      await stranger.answer('y', 1, DAY)
      // Of the days after it, nothing.
      await bob.answer('b', 1, day(1))
      await bob.answer('a', 1, day(1))
      const days = { startsOn: day(-6), endsOn: DAY }
      const card = { source: { file: 'notes/things.md', line: 3 }, reports: 0 }
      expect(await store.mostForgotten(team.id, days, 9)).toEqual([
        { ...card, cardId: 'a', prompt: 'What is a?', fails: 2, answers: 2, people: 2 },
        { ...card, cardId: 'x', prompt: 'What is x?', fails: 1, answers: 2, people: 1 },
      ])
      expect(await store.mostForgotten(team.id, days, 1)).toHaveLength(1)
      await store.changeTeam(team.id, { deckIds: ['e'] })
      expect(await store.mostForgotten(team.id, days, 9)).toMatchObject([{ cardId: 'x' }])
    })

    test('looks like a wrong card where many fail it, or somebody says so', async () => {
      const ada = await join('ada', [])
      const bob = await join('bob', [])
      for (const study of [ada, bob]) await study.answer('a', 1, DAY)
      await ada.answer('b', 1, DAY)
      await store.reportMistake(bob.learnerId, 'x', 'no', at(1))
      const wrong = async (people: number) =>
        (await store.looksWrong(team.id, DAY, people, 9)).map(({ cardId }) => cardId)
      expect(await wrong(2)).toEqual(['x', 'a'])
      expect(await wrong(3)).toEqual(['x'])
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c']), makeDeck('e', ['y'])])
      expect(await wrong(3)).toEqual([])
    })
  })

  describe('weekly summaries', () => {
    test('are taken once, by one of many, and planned for the next Monday', async () => {
      await store.changeTeam(team.id, { weeklyMinute: 540, weeklyAt: at(-60) })
      expect(await store.takeWeekly(at(-61), 9)).toEqual([])
      const taken = await Promise.all(Array.from({ length: 10 }, () => store.takeWeekly(at(0), 9)))
      expect(taken.flat()).toEqual([team.id])
      expect(opened.jobs.splice(0)).toEqual([
        { kind: 'postWeekly', platform: 'discord', teamId: team.id, chatId: 'general' },
      ])
      const nextMonday = new Date('2026-01-12T08:00:00Z')
      expect(await store.takeWeekly(new Date(nextMonday.getTime() - 1), 9)).toEqual([])
      expect(await store.takeWeekly(nextMonday, 9)).toEqual([team.id])
      await store.changeTeam(team.id, { weeklyMinute: null, weeklyAt: null })
      expect(await store.takeWeekly(new Date('2027-01-01T00:00:00Z'), 9)).toEqual([])
    })
  })

  test('after any history boards are what the scores give', async () => {
    const card = fc.constantFrom('a', 'b', 'c', 'x', 'y')
    const who = fc.constantFrom('ada', 'bob', 'cyd')
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('answer' as const),
          who,
          card,
          days: fc.integer({ min: -40, max: 40 }),
          quality: fc.constantFrom<1 | 3 | 4>(1, 3, 4),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), who, card }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom('take' as const, 'away' as const),
          who,
          inGuild: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('hide' as const), who, hidden: fc.boolean() }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('decks' as const),
          deckIds: fc.constantFrom(null, ['d'], ['e'], []),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('join' as const, 'part' as const) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        await opened.reset()
        await store.syncDecks([makeDeck('d', ['a', 'b', 'c']), makeDeck('e', ['x', 'y'])])
        const first = await store.setUpPlace(IN_GUILD, 'UTC', at(0))
        await store.setUpPlace(IN_GROUP, 'UTC', at(0))
        const people = new Map<string, Study>()
        for (const name of ['ada', 'bob', 'cyd']) people.set(name, await Study.begin(store, name))
        for (const [minutes, each] of steps.entries()) {
          const study = 'who' in each ? people.get(each.who) : undefined
          const now = at(minutes)
          if (each.kind === 'answer') await study?.answer(each.card, each.quality, day(each.days))
          if (each.kind === 'undo' && study !== undefined) {
            if ((await store.lastEntryOf(study.learnerId, each.card)) !== null) await study.undo(each.card)
          }
          if (each.kind === 'hide' && study !== undefined) {
            await store.changeSettings(study.learnerId, { hidden: each.hidden })
          }
          if (each.kind === 'take' && study !== undefined) {
            await store.takePart(study.learnerId, each.inGuild ? IN_GUILD : IN_GROUP, 'x', now)
          }
          if (each.kind === 'away' && study !== undefined) {
            await store.setPresence(study.learnerId, each.inGuild ? GUILD : GROUP, false, now)
          }
          if (each.kind === 'decks') await store.changeTeam(first.id, { deckIds: each.deckIds })
          if (each.kind === 'join') await store.joinPlaceToTeam(GROUP, first.id)
          if (each.kind === 'part') {
            await store.leavePlace(GROUP)
            await store.setUpPlace(IN_GROUP, 'UTC', now)
          }
        }
        expect(await opened.differences()).toEqual([])
        const top = await store.boardTop(allTime(null, first.id), 10)
        for (const { learnerId } of top) {
          expect(await store.boardRank(allTime(null, first.id), learnerId)).not.toBeNull()
        }
      }),
      { numRuns: 12 },
    )
  }, 60_000)
}
