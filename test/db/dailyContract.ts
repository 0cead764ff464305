import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Asking } from '../../src/core/asking.ts'
import { claimDaily } from '../../src/core/daily/claim.ts'
import type { DailyRound } from '../../src/core/daily/daily.ts'
import type { DailyOptions } from '../../src/core/daily/dailyOptions.ts'
import { chooseDaily, dailyResult, dailySent } from '../../src/core/daily/dailyPosting.ts'
import {
  dailyNow,
  dailyStatus,
  dropDaily,
  pauseDaily,
  resumeDaily,
  setDaily,
} from '../../src/core/daily/dailyRequests.ts'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { answerQuiz } from '../../src/core/quiz/quiz.ts'
import type { Screen } from '../../src/core/screen.ts'
import type { Store } from '../../src/core/store.ts'
import type { Here, PlaceKey } from '../../src/core/team/team.ts'
import type { TestPlace } from './support/databases.ts'
import { makeCard, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const WRONG = ['one', 'two', 'three']
const GUILD: Here = { place: { platform: 'discord', placeId: '77' }, name: 'Guild', chatId: '770' }
const GROUP: Here = { place: { platform: 'telegram', placeId: '-5' }, name: 'Group', chatId: '-5' }
const TWENTY = Array.from({ length: 20 }, (_, index) => index)
/** Monday morning in Berlin. */
const MORNING = at('2026-01-05T07:00:00Z')

function at(iso: string): Date {
  return new Date(iso)
}

/**
 * What every store must do for daily quizzes, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineDailyContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(async () => {
    await opened.reset()
    await sync(TWENTY.map((index) => `c${index}`))
  })
  afterAll(() => opened?.close())

  async function sync(cardIds: readonly string[], deckId = 'helm'): Promise<void> {
    const cards = cardIds.map((text) =>
      makeCard(text.replace('/', '-'), { factId: text.split('/')[0] ?? text, wrong: WRONG, kind: 'choice' }),
    )
    await store.syncDecks([{ id: deckId, title: `The ${deckId} deck`, cards }])
  }

  function asking(now: Date, externalId = 'ada', platform: 'discord' | 'telegram' = 'discord'): Asking {
    const initialSettings = { ...DEFAULT_SETTINGS, timeZone: 'Europe/Berlin' }
    return { identity: { platform, externalId }, initialSettings, now, findZones: () => [] }
  }

  function setUp(options: DailyOptions, now = MORNING, here = GUILD): Promise<Screen> {
    return setDaily(store, asking(now), here, options)
  }

  const take = (now: Date, limit = 100) => store.takeDailies(now, limit, claimDaily)
  const next = async ({ place }: Here = GUILD) => (await store.daily(place))?.next ?? null
  const roundsOf = async ({ platform, placeId }: PlaceKey = GUILD.place) => {
    const rows = await opened.db.execute(
      sql`select id, daily_on::text as day from rounds where platform = ${platform} and place_id = ${placeId} order by id`,
    )
    const list = (Array.isArray(rows) ? rows : (rows as unknown as { rows: unknown[] }).rows) as {
      id: number | string
      day: string
    }[]
    return list.map(({ id, day }) => ({ id: Number(id), day }))
  }
  const days = async (place?: PlaceKey) => (await roundsOf(place)).map(({ day }) => day)

  /** Opens the quiz that is due and gives it with its questions, all sent. */
  async function open(now: Date, here = GUILD): Promise<DailyRound> {
    await take(now)
    const id = (await roundsOf(here.place)).at(-1)?.id ?? 0
    await chooseDaily(store, id)
    const round = await store.dailyRound(id)
    if (round === null) throw new Error('the test has no round')
    for (const question of round.questions) {
      const externalId = `${here.place.platform}-${id}-${question.position}`
      await dailySent(store, round, question, { externalId, messageId: externalId })
    }
    return round
  }

  async function press(round: DailyRound, position: number, choice: number, by: Asking, name = 'Ada') {
    const { platform } = round.place
    const question = await store.questionByExternalId(platform, `${platform}-${round.id}-${position}`)
    if (question === null) throw new Error('the test shows no such question')
    return answerQuiz(store, by, question, choice, name)
  }

  const rightOf = (round: DailyRound, position = 0) => round.questions[position]?.right ?? 0
  const wrongOf = (round: DailyRound, position = 0) => (rightOf(round, position) + 1) % 4

  describe('setting a daily quiz up', () => {
    test('needs a time only, and makes the place a team’s', async () => {
      const screen = await setUp({ time: '9:00' })
      expect(await store.daily(GUILD.place)).toEqual({
        place: GUILD.place,
        chatId: '770',
        minuteOfDay: 540,
        timeZone: 'Europe/Berlin',
        questions: 3,
        weekdays: 127,
        openMinutes: null,
        deckIds: null,
        next: { on: '2026-01-05', at: at('2026-01-05T08:00:00Z') },
        lastOn: null,
      })
      expect(await store.teamAt(GUILD.place)).toMatchObject({ name: 'Guild', timeZone: 'Europe/Berlin' })
      expect(JSON.stringify(screen)).toContain('The next one opens today at 09:00 (Europe/Berlin).')
    })

    test('keeps what is left out when it is changed', async () => {
      await setUp({ time: '9:00', questions: '5', weekdays: 'mon-fri', hours: '12', decks: 'helm' })
      await setUp({ time: '10:30', chatId: '771' })
      expect(await store.daily(GUILD.place)).toMatchObject({
        minuteOfDay: 630,
        questions: 5,
        weekdays: 31,
        openMinutes: 720,
        deckIds: ['helm'],
        chatId: '771',
      })
    })

    test('says what is wrong, and changes nothing', async () => {
      const screen = await setUp({ time: '9:00', questions: '11' })
      expect(JSON.stringify(screen)).toContain('questions is \\"11\\": write a whole number from 1 to 10')
      expect(await store.daily(GUILD.place)).toBeNull()
    })

    test('a time that is over today begins tomorrow, and says so', async () => {
      const screen = await setUp({ time: '7:00' })
      expect(await next()).toMatchObject({ on: '2026-01-06' })
      expect(JSON.stringify(screen)).toContain('/daily now')
    })

    test('pause, resume, off and status tell what there is', async () => {
      expect(JSON.stringify(await dailyStatus(store, asking(MORNING), GUILD))).toContain('no daily quiz here')
      await setUp({ time: '9:00' })
      await pauseDaily(store, asking(MORNING), GUILD)
      expect(await next()).toBeNull()
      expect(await take(at('2026-01-05T09:00:00Z'))).toMatchObject({ taken: 0 })
      expect(JSON.stringify(await dailyStatus(store, asking(MORNING), GUILD))).toContain('paused')
      await resumeDaily(store, asking(at('2026-01-06T09:00:00Z')), GUILD)
      expect(await next()).toMatchObject({ on: '2026-01-07' })
      await dropDaily(store, asking(MORNING), GUILD)
      expect(await store.daily(GUILD.place)).toBeNull()
    })
  })

  describe('one a day', () => {
    test('twenty at once open one, and plan one job', async () => {
      await setUp({ time: '9:00' })
      const taken = await Promise.all(TWENTY.map(() => take(at('2026-01-05T08:00:00Z'))))
      expect(taken.reduce((sum, each) => sum + each.opened, 0)).toBe(1)
      expect(await days()).toEqual(['2026-01-05'])
      expect(opened.jobs).toEqual([
        { kind: 'openDaily', platform: 'discord', roundId: (await roundsOf())[0]?.id },
      ])
      expect(await next()).toEqual({ on: '2026-01-06', at: at('2026-01-06T08:00:00Z') })
    })

    test('many places are dealt with as many at a time as wanted, by callers at once, each once', async () => {
      for (const index of TWENTY) {
        await setUp({ time: '9:00' }, MORNING, {
          ...GUILD,
          place: { platform: 'discord', placeId: `p${index}` },
        })
      }
      const now = at('2026-01-05T08:00:30Z')
      while ((await Promise.all([take(now, 3), take(now, 3), take(now, 3)])).some(({ taken }) => taken > 0));
      for (const index of TWENTY) {
        expect(await days({ platform: 'discord', placeId: `p${index}` })).toEqual(['2026-01-05'])
      }
      expect(opened.jobs).toHaveLength(20)
    })

    test('nothing is left of a claim whose jobs could not be added', async () => {
      await setUp({ time: '9:00' })
      const failing = opened.jobs.push
      opened.jobs.push = () => {
        throw new Error('no jobs today')
      }
      try {
        await expect(take(at('2026-01-05T08:00:00Z'))).rejects.toThrow('no jobs today')
      } finally {
        opened.jobs.push = failing
      }
      expect(await days()).toEqual([])
      expect(await take(at('2026-01-05T08:00:01Z'))).toMatchObject({ opened: 1, notes: [] })
    })

    test('a process that was down opens late on the same day, and not on the next, and says so', async () => {
      await setUp({ time: '9:00' })
      expect(await take(at('2026-01-05T22:59:00Z'))).toMatchObject({ opened: 1, notes: [] })
      const late = await take(at('2026-01-07T23:30:00Z'))
      expect(late).toMatchObject({
        opened: 0,
        notes: [{ place: GUILD.place, note: expect.stringContaining('none on 2026-01-06 to 2026-01-07') }],
      })
      expect(await next()).toMatchObject({ on: '2026-01-08' })
    })

    test('today’s opens late although yesterday’s was missed too', async () => {
      await setUp({ time: '9:00' })
      const now = at('2026-01-06T10:00:00Z')
      expect(await take(now)).toMatchObject({ opened: 0, notes: [{}] })
      expect(await take(now)).toMatchObject({ opened: 1, notes: [] })
      expect(await days()).toEqual(['2026-01-06'])
    })

    test('a clock ten minutes ahead, and right again, opens one; so does one that is behind', async () => {
      await setUp({ time: '9:00' })
      await take(at('2026-01-05T08:00:00Z'))
      for (let minute = -11; minute < 12; minute++) {
        await take(new Date(at('2026-01-06T08:00:00Z').getTime() + minute * 60_000))
        await take(new Date(at('2026-01-06T08:10:00Z').getTime() + minute * 60_000))
      }
      expect(await days()).toEqual(['2026-01-05', '2026-01-06'])
    })

    test('a zone that is changed at noon gives no second quiz of a day', async () => {
      await setUp({ time: '9:00', zone: 'Pacific/Kiritimati' }, at('2026-01-04T18:00:00Z'))
      await take(at('2026-01-04T19:00:00Z'))
      await setUp({ time: '9:00', zone: 'Pacific/Honolulu' }, at('2026-01-04T22:00:00Z'))
      for (let hour = 0; hour < 72; hour++) {
        await take(new Date(at('2026-01-04T18:00:00Z').getTime() + hour * 3_600_000))
      }
      expect(await days()).toEqual(['2026-01-05', '2026-01-06'])
    })

    test('dropped and set up again on one day, it is still that day’s', async () => {
      await setUp({ time: '9:00' })
      await take(at('2026-01-05T08:00:00Z'))
      await dropDaily(store, asking(MORNING), GUILD)
      await setUp({ time: '12:00' }, at('2026-01-05T09:00:00Z'))
      expect(await next()).toMatchObject({ on: '2026-01-06' })
    })

    test.each([
      ['Europe/Berlin', '2:30', '2026-03-28', '2026-03-29T01:30:00.000Z'],
      ['Europe/Berlin', '2:30', '2026-10-24', '2026-10-25T00:30:00.000Z'],
      ['Australia/Lord_Howe', '2:15', '2026-10-03', '2026-10-03T15:45:00.000Z'],
      ['Asia/Kathmandu', '6:00', '2026-01-04', '2026-01-05T00:15:00.000Z'],
    ])('in %s at %s after %s it opens at %s', async (zone, time, day, instant) => {
      const evening = at(`${day}T10:00:00Z`)
      await setUp({ time, zone }, evening)
      expect((await next())?.at.toISOString()).toBe(instant)
    })

    test('Apia leaves a day out, and the log says so', async () => {
      await setUp({ time: '9:00', zone: 'Pacific/Apia' }, at('2011-12-29T18:00:00Z'))
      expect(await take(at('2011-12-29T19:00:00Z'))).toMatchObject({
        opened: 1,
        notes: [{ note: 'none on 2011-12-30: Pacific/Apia has no such day' }],
      })
      expect(await next()).toMatchObject({ on: '2011-12-31' })
    })

    test('now opens today’s once, at whatever moment', async () => {
      await setUp({ time: '9:00' })
      const now = at('2026-01-05T07:30:00Z')
      const screens = await Promise.all([
        ...TWENTY.map(() => dailyNow(store, asking(now), GUILD)),
        ...TWENTY.map(() => take(at('2026-01-05T08:00:00Z'))),
      ])
      expect(screens).toHaveLength(40)
      expect(await days()).toEqual(['2026-01-05'])
      expect(opened.jobs).toHaveLength(1)
      expect(await next()).toMatchObject({ on: '2026-01-06' })
      expect(JSON.stringify(await dailyNow(store, asking(now), GUILD))).toContain('was opened today at')
    })
  })

  describe('what is asked', () => {
    async function members(...names: string[]): Promise<Study[]> {
      const team = await store.setUpPlace(GUILD, 'Europe/Berlin', MORNING)
      const studies: Study[] = []
      for (const name of names) {
        const study = await Study.begin(store, name)
        await store.takePart(study.learnerId, GUILD, name, MORNING)
        studies.push(study)
      }
      expect(team.deckIds).toBeNull()
      return studies
    }

    test('is first what the team forgets, then what nobody has seen', async () => {
      const [ada, bob] = await members('ada', 'bob')
      await ada?.answer('c3', 4, '2025-12-20' as never)
      await bob?.answer('c3', 4, '2025-12-20' as never)
      await bob?.answer('c7', 4, '2026-01-03' as never)
      await ada?.answer('c8', 4, '2026-01-05' as never)
      await setUp({ time: '9:00' })
      const round = await open(at('2026-01-05T08:00:00Z'))
      const asked = round.questions.map(({ cardId }) => cardId)
      expect(asked.slice(0, 2)).toEqual(['c3', 'c7'])
      expect(asked[2]).not.toBe('c8')
      const result = await dailyResult(store, round.id)
      expect(result?.questions.map(({ reason }) => reason)).toEqual([
        '2 of 2 of you were about to forget this.',
        '1 of 1 of you were about to forget this.',
        'New to all of you.',
      ])
    })

    test('is never one of the last 14 days while others remain, and of siblings one', async () => {
      await sync(['a/1', 'a/2', 'b', 'c', 'd', 'e', 'f'])
      await setUp({ time: '9:00', questions: '2' })
      const seen: string[] = []
      for (let day = 5; day < 8; day++) {
        const round = await open(at(`2026-01-0${day}T08:00:00Z`))
        seen.push(...round.questions.map(({ cardId }) => cardId))
      }
      expect(new Set(seen.map((id) => id.replace(/-\d$/, ''))).size).toBeGreaterThanOrEqual(5)
      expect(new Set(seen).size).toBe(6)
    })

    test('is the same in all places of a team, chosen once however often', async () => {
      await setUp({ time: '9:00' })
      const team = await store.teamAt(GUILD.place)
      await store.setUpPlace(GROUP, 'Europe/Berlin', MORNING)
      await store.joinPlaceToTeam(GROUP.place, team?.id ?? 0)
      await setUp({ time: '9:00', questions: '5' }, MORNING, GROUP)
      await take(at('2026-01-05T08:00:00Z'))
      const ids = [...(await roundsOf(GUILD.place)), ...(await roundsOf(GROUP.place))].map(({ id }) => id)
      await Promise.all(TWENTY.map((index) => chooseDaily(store, ids[index % 2] ?? 0)))
      const [one, other] = await Promise.all(ids.map((id) => store.dailyRound(id)))
      expect(one?.questions).toHaveLength(3)
      expect(other?.questions).toHaveLength(5)
      for (const [index, question] of (one?.questions ?? []).entries()) {
        const { cardId, choices, right } = other?.questions[index] ?? {}
        expect({ cardId, choices, right }).toEqual({
          cardId: question.cardId,
          choices: question.choices,
          right: question.right,
        })
      }
      expect(opened.jobs.filter(({ kind }) => kind === 'closeDaily')).toHaveLength(2)
    })
  })

  describe('answers', () => {
    const NINE = at('2026-01-05T08:00:00Z')

    test('count once in all places of a team, are worth more, and make a member', async () => {
      await setUp({ time: '9:00' })
      const team = await store.teamAt(GUILD.place)
      await store.setUpPlace(GROUP, 'Europe/Berlin', MORNING)
      await store.joinPlaceToTeam(GROUP.place, team?.id ?? 0)
      await setUp({ time: '9:00' }, MORNING, GROUP)
      const [guild, group] = [await open(NINE), await open(NINE, GROUP)]
      const ada = asking(at('2026-01-05T08:30:00Z'))
      expect(await press(guild, 0, rightOf(guild), ada)).toEqual({
        isRight: true,
        choice: rightOf(guild),
        isFirst: true,
        elsewhere: null,
      })
      expect(await press(group, 0, wrongOf(group), ada)).toEqual({
        isRight: true,
        choice: rightOf(guild),
        isFirst: false,
        elsewhere: 'discord',
      })
      const learner = await store.learner(ada.identity, ada.initialSettings)
      const score = await store.scoreSince(learner.id, '2026-01-05' as never)
      expect(score).toMatchObject({ answers: 1, points: 4 })
      expect(await store.countMembers(team?.id ?? 0)).toBe(1)
      expect(await opened.differences()).toEqual([])
    })

    test('of hidden people are counted, and not named', async () => {
      await setUp({ time: '9:00' })
      const round = await open(NINE)
      const [ada, bob] = [asking(at('2026-01-05T08:30:00Z')), asking(at('2026-01-05T08:31:00Z'), 'bob')]
      await press(round, 0, rightOf(round), ada)
      await press(round, 0, rightOf(round), bob, 'Bob')
      const { id } = await store.learner(bob.identity, bob.initialSettings)
      await store.changeSettings(id, { hidden: true })
      const result = await dailyResult(store, round.id)
      expect(result?.questions[0]?.chosenBy[rightOf(round)]).toEqual({ count: 2, names: ['Ada'] })
      expect(result?.players).toBe(2)
      expect(result?.standings.map(({ name }) => name)).toEqual(['Ada'])
      const answers = await store.answersTo(round.id, 0)
      expect(answers.map(({ name }) => name)).toEqual(['Ada', null])
    })

    test('made up for afterwards teach, and count for no result', async () => {
      await setUp({ time: '9:00', questions: '2' })
      const round = await open(NINE)
      const during = asking(at('2026-01-05T09:00:00Z'))
      await press(round, 1, rightOf(round, 1), during)
      const early = await handle(store, during, { kind: 'catchUp', roundId: round.id })
      expect(JSON.stringify(early)).toContain('still open')

      const after = asking(at('2026-01-06T08:00:00Z'))
      expect(await press(round, 0, 0, after)).toBeNull()
      const question = await handle(store, after, { kind: 'catchUp', roundId: round.id })
      expect(question.buttons).toHaveLength(4)
      const [press1] = question.buttons[wrongOf(round)] ?? []
      expect(press1?.action).toEqual({
        kind: 'catchUpAnswer',
        roundId: round.id,
        position: 0,
        choice: wrongOf(round),
      })
      const feedback = await handle(store, after, {
        kind: 'catchUpAnswer',
        roundId: round.id,
        position: 0,
        choice: wrongOf(round),
      })
      expect(feedback.blocks[0]).toEqual({ kind: 'heading', text: 'Not right.' })
      const again = { kind: 'catchUpAnswer', roundId: round.id, position: 0, choice: rightOf(round) } as const
      expect((await handle(store, after, again)).notice).toContain('answered this before')
      const done = await handle(store, after, { kind: 'catchUp', roundId: round.id })
      expect(done.blocks[0]).toEqual({ kind: 'heading', text: '1 of 2 right' })

      const result = await dailyResult(store, round.id)
      expect(
        result?.questions.map(({ chosenBy }) => chosenBy.reduce((sum, { count }) => sum + count, 0)),
      ).toEqual([0, 1])
      expect(result?.standings).toMatchObject([{ right: 1, answered: 1 }])
      expect(await opened.differences()).toEqual([])
    })
  })
}
