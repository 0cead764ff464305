import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import type { Screen } from '../../src/core/screen.ts'
import type { Store } from '../../src/core/store.ts'
import { leaderboard, parseBoardWords } from '../../src/core/team/boardRequests.ts'
import type { AskedPeriod } from '../../src/core/team/period.ts'
import {
  leaveTeam,
  setTeamDecks,
  setTeamZone,
  setWeekly,
  teamStatus,
} from '../../src/core/team/teamRequests.ts'
import { weeklySummary } from '../../src/core/team/weeklySummary.ts'
import { makePgliteFolder } from './support/databases.ts'
import { day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const PLACE = { platform: 'terminal', placeId: 'room' } as const
const HERE = { place: PLACE, name: 'Crew', chatId: 'board' }
/** A Wednesday. */
const NOW = new Date('2026-01-07T12:00:00Z')
const CARDS = Array.from({ length: 14 }, (_, index) => `c${index}`)

const textOf = (screen: Screen) => JSON.stringify(screen)
const tableOf = (screen: Screen) =>
  screen.blocks.flatMap((block) =>
    block.kind === 'table'
      ? [...(block.header ? [block.header] : []), ...block.rows].map((row) => row.join(' '))
      : [],
  )

describe('what a team asks for', () => {
  let opened: TestStore
  let store: Store
  let asked: string[]

  beforeAll(async () => {
    opened = await openTestStore(await makePgliteFolder())
    store = opened.store
  })
  beforeEach(async () => {
    await opened.reset()
    asked = []
    await store.syncDecks([makeDeck('helm', CARDS, 'Helm'), makeDeck('pods', ['p'], 'Pods')])
    await store.setUpPlace(HERE, 'UTC', NOW)
  })
  afterAll(() => opened?.close())

  const asking = (name: string, now = NOW) => ({
    identity: { platform: 'terminal', externalId: name } as const,
    initialSettings: DEFAULT_SETTINGS,
    now,
    findZones: (text: string) => (text === 'US' ? ['America/New_York', 'America/Chicago'] : []),
  })
  const gone = new Set<string>()
  const board = (name: string, period: AskedPeriod = 'week', deckWords = '', now = NOW) =>
    leaderboard(store, asking(name, now), HERE, { period, deckWords }, async (_place, externalId) => {
      asked.push(externalId)
      return externalId === 'unknown' ? null : !gone.has(externalId)
    })

  /** A member with so many points. */
  async function member(name: string, points: number): Promise<Study> {
    const study = await Study.begin(store, name)
    for (const id of CARDS.slice(0, points)) await study.answer(id, 4, day(1))
    await store.takePart(study.learnerId, HERE, name, NOW)
    return study
  }

  it('shows the board of this week, for everyone, equal points at the same rank', async () => {
    await member('ada', 2)
    await member('bob', 3)
    await member('cyd', 2)
    await member('dan', 1)
    const screen = await board('ada')
    expect(screen.visibility).toBe('everyone')
    expect(textOf(screen)).toContain('This week, from 5 January, all decks.')
    expect(tableOf(screen)).toEqual([
      '# Name Points Streak Right Learned',
      '1. bob 3 1 d 100 % 0',
      '2. ada 2 1 d 100 % 0',
      '2. cyd 2 1 d 100 % 0',
      '4. dan 1 1 d 100 % 0',
    ])
  })

  it('shows the asker’s own rank also beyond the first ten', async () => {
    for (const index of CARDS.keys()) await member(`m${index}`, index + 1)
    const rows = tableOf(await board('m1'))
    expect(rows).toHaveLength(12)
    expect(rows.at(-1)).toBe('13. m1 2 1 d 100 % 0')
    expect(tableOf(await board('m9'))).toHaveLength(11)
  })

  it('says kindly how to get on a board with nobody on it', async () => {
    expect(textOf(await board('ada'))).toContain('Be the first!')
    expect(textOf(await board('ada', 'lastWeek'))).toContain('Last week, 29 December to 4 January')
  })

  it('takes a deck by its name, and names the decks there are for one it does not know', async () => {
    await member('ada', 2)
    expect(textOf(await board('ada', 'all', 'helm'))).toContain('All time, Helm.')
    expect(tableOf(await board('ada', 'all', 'pods'))).toEqual([])
    const unknown = await board('ada', 'week', 'tomorrow')
    expect(unknown.visibility).toBe('private')
    expect(textOf(unknown)).toContain('Decks: Helm, Pods.')
  })

  it('asks the platform about whom it has not seen lately, drops who has left and fills up', async () => {
    for (const index of CARDS.keys()) await member(`m${index}`, index + 1)
    await board('m1')
    expect(asked).toEqual([])
    const later = new Date(NOW.getTime() + 7 * 3_600_000)
    for (const name of ['m13', 'm12']) gone.add(name)
    const rows = tableOf(await board('m1', 'week', '', later))
    expect(rows[1]).toContain('1. m11 ')
    expect(rows).toHaveLength(12)
    expect(rows[10]).toContain('10. m2 ')
    expect(asked.sort()).toEqual(Array.from({ length: 12 }, (_, index) => `m${index + 2}`).sort())
    asked = []
    await board('m1', 'week', '', later)
    expect(asked).toEqual([])
    gone.clear()
  })

  it('keeps what was known of somebody while the platform cannot say', async () => {
    await member('unknown', 2)
    const later = new Date(NOW.getTime() + 7 * 3_600_000)
    expect(tableOf(await board('ada', 'week', '', later))).toHaveLength(2)
    expect(asked).toEqual(['unknown'])
  })

  it('never names who is hidden, not even to themselves', async () => {
    const ada = await member('ada', 2)
    await store.changeSettings(ada.learnerId, { hidden: true })
    expect(textOf(await board('ada'))).not.toContain('"ada"')
  })

  it('is no board where no team is', async () => {
    const elsewhere = { ...HERE, place: { ...PLACE, placeId: 'other' } }
    const order = { period: 'week', deckWords: '' } as const
    const screen = await leaderboard(store, asking('ada'), elsewhere, order, async () => true)
    expect(textOf(screen)).toContain('No team here yet')
    expect(textOf(await teamStatus(store, asking('ada'), elsewhere))).toContain('No team here yet')
  })

  it.each([
    ['', 'week', ''],
    ['this week', 'week', ''],
    ['last week helm', 'lastWeek', 'helm'],
    ['month', 'month', ''],
    ['All time Pods', 'all', 'Pods'],
    ['helm', 'week', 'helm'],
    ['allspice', 'week', 'allspice'],
  ])('"%s" means the board of %s, deck "%s"', (words, period, deckWords) => {
    expect(parseBoardWords(words)).toEqual({ period, deckWords })
  })

  it('is set up by words, and says what it understood', async () => {
    const set = [
      await setWeekly(store, asking('ada'), HERE, '9:00'),
      await setTeamZone(store, asking('ada'), HERE, 'europe/berlin'),
      await setTeamDecks(store, asking('ada'), HERE, 'helm, pods'),
    ]
    expect(set.map(({ notice }) => notice)).toEqual([
      'The weekly summary comes on Mondays at 09:00.',
      "The team's weeks now begin on Monday in Europe/Berlin.",
      'The boards now count these decks, for all weeks and months.',
    ])
    expect(tableOf(await teamStatus(store, asking('bob'), HERE))).toEqual([
      'Places Crew (terminal)',
      'Members 0',
      'Decks Helm, Pods',
      'Time zone Europe/Berlin',
      'Weekly summary Mondays at 09:00',
    ])
    // 9:00 in Berlin, since the zone was changed.
    expect(await store.takeWeekly(new Date('2026-01-12T07:59:59Z'), 9)).toEqual([])
    expect(await store.takeWeekly(new Date('2026-01-12T08:00:00Z'), 9)).toHaveLength(1)
    await setWeekly(store, asking('ada'), HERE, 'off')
    expect(await store.takeWeekly(new Date('2027-01-12T08:00:00Z'), 9)).toEqual([])
  })

  it('says of what it does not understand what would be right', async () => {
    for (const [screen, hint] of [
      [await setWeekly(store, asking('ada'), HERE, 'noon'), 'Write it like 9:00'],
      [await setWeekly(store, asking('ada'), HERE, ''), 'Give a time of day'],
      [await setTeamZone(store, asking('ada'), HERE, 'Nowhere'), 'I know no time zone'],
      [await setTeamZone(store, asking('ada'), HERE, 'US'), 'America/New_York, America/Chicago'],
      [await setTeamDecks(store, asking('ada'), HERE, 'salad'), 'there is no such deck'],
    ] as const) {
      expect(textOf(screen)).toContain(hint)
    }
  })

  it('leaves, and what everybody learned stays theirs', async () => {
    await member('ada', 2)
    expect(textOf(await leaveTeam(store, asking('ada'), HERE))).toContain('is no team any more')
    expect(await store.teamAt(PLACE)).toBeNull()
    expect(textOf(await leaveTeam(store, asking('ada'), HERE))).toContain('No team here yet')
  })

  it('sums its last week up on Monday: the board, what was forgotten, what may be wrong and where it stands', async () => {
    const team = await store.setUpPlace(HERE, 'UTC', NOW)
    const monday = new Date('2026-01-12T09:00:00Z')
    expect(await weeklySummary(store, team.id, monday)).toBeNull()
    expect(await weeklySummary(store, 99, monday)).toBeNull()
    const ada = await member('ada', 2)
    await ada.answer('p', 1, day(2))
    await store.reportMistake(ada.learnerId, 'c5', 'no', NOW)
    const summary = await weeklySummary(store, team.id, monday)
    expect(summary?.startsOn).toBe('2026-01-05')
    const screen = summary?.screen
    expect(screen?.visibility).toBe('everyone')
    expect(screen?.blocks).toEqual([
      { kind: 'heading', text: 'The week of Crew' },
      { kind: 'plain', text: 'Last week, 5 January to 11 January.' },
      { kind: 'table', rows: [['1.', 'ada', '2 points']] },
      { kind: 'plain', text: 'Forgotten most:' },
      { kind: 'markdown', markdown: 'What is p?' },
      { kind: 'note', text: 'missed 1 of 1 time · notes/things.md:3' },
      {
        kind: 'plain',
        text: 'For whoever keeps the notes, cards that may be wrong (from the last four weeks):',
      },
      { kind: 'markdown', markdown: 'What is c5?' },
      { kind: 'note', text: 'reported 1 time · notes/things.md:3' },
    ])
  })
})
