import { eq, isNotNull } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ALL_TIME_STARTS_ON } from '../../src/core/team/board.ts'
import {
  boardScores,
  dayScores,
  decks,
  learners,
  memberPlaces,
  places,
  teamMembers,
  teams,
} from '../../src/db/schema.ts'
import { makePgliteFolder, makePostgres, type TestPlace } from './support/databases.ts'
import { at, day, makeDeck, Study } from './support/fixtures.ts'
import { History, steps } from './support/history.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/** Random histories a run; raise it by hand after a change to the statements. */
const HISTORIES = Number(process.env.TEST_HISTORIES ?? 3)

interface BoardRow {
  readonly board: string
  readonly points: number
  readonly shown: boolean
}

function defineTests(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
  })
  afterAll(() => opened?.close())
  beforeEach(() => opened.reset())

  async function makeTeam(deckIds: readonly string[] | null): Promise<number> {
    const [team] = await opened.db
      .insert(teams)
      .values({ name: 'team', timeZone: 'Pacific/Apia', deckIds, createdAt: at(0) })
      .returning({ id: teams.id })
    const teamId = team?.id ?? 0
    const placeId = String(teamId)
    await opened.db
      .insert(places)
      .values({ platform: 'telegram', placeId, teamId, name: 'place', chatId: placeId })
    return teamId
  }

  async function join(teamId: number, learnerId: number, shown = true): Promise<void> {
    await opened.db.insert(teamMembers).values({ learnerId, teamId, name: 'somebody', shown })
    await opened.db.insert(memberPlaces).values({
      learnerId,
      platform: 'telegram',
      placeId: String(teamId),
      present: shown,
      checkedAt: at(0),
    })
  }

  async function ownDeck(): Promise<string> {
    const [deck] = await opened.db.select({ id: decks.id }).from(decks).where(isNotNull(decks.learnerId))
    return deck?.id ?? ''
  }

  /** What stands on the boards; a row that came back to nothing is as good as none. */
  async function boards(): Promise<BoardRow[]> {
    const rows = await opened.db.select().from(boardScores)
    return rows
      .map(({ points, shown, ...key }) => ({ board: nameOf(key), points, shown }))
      .filter(({ points }) => points !== 0)
      .sort(byBoard)
  }

  /** What should stand there by the scores of each day. */
  async function expectedBoards(ownDecks: readonly string[] = []): Promise<BoardRow[]> {
    const days = await opened.db.select().from(dayScores)
    const members = await opened.db
      .select()
      .from(teamMembers)
      .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    const expected = new Map<string, BoardRow>()
    for (const { team_members: member, teams: team } of members) {
      for (const { learnerId, studyDay, deckId, points } of days) {
        if (learnerId !== member.learnerId || ownDecks.includes(deckId)) continue
        if (team.deckIds !== null && !team.deckIds.includes(deckId)) continue
        for (const [period, startsOn] of periodsOf(studyDay)) {
          for (const part of ['', deckId]) {
            const board = nameOf({ learnerId, teamId: team.id, period, startsOn, deckId: part })
            const sum = (expected.get(board)?.points ?? 0) + points
            expected.set(board, { board, points: sum, shown: member.shown })
          }
        }
      }
    }
    return [...expected.values()].filter(({ points }) => points !== 0).sort(byBoard)
  }

  test('they are what the scores of each day give, after any history', async () => {
    await fc.assert(
      fc
        .asyncProperty(steps, async (history) => {
          const played = await History.begin([opened.store])
          const people = (await opened.db.select().from(learners)).map(({ id }) => id)
          const [all, one, none] = [await makeTeam(null), await makeTeam(['one']), await makeTeam([])]
          for (const id of people) await join(all, id)
          for (const teamId of [one, none]) await join(teamId, people[0] ?? 0, false)
          for (const step of history) await played.play(step)
          expect(await boards()).toEqual(await expectedBoards())
          expect(await opened.differences()).toEqual([])
        })
        .beforeEach(() => opened.reset()),
      { numRuns: HISTORIES },
    )
  })

  test('a day counts for its week from Monday, its month and all time, of all decks and of its own', async () => {
    await opened.store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
    const study = await Study.begin(opened.store)
    const teamId = await makeTeam(null)
    await join(teamId, study.learnerId)
    await study.answer('a', 4, day(-1))
    await study.answer('b', 4, day(0))
    await study.answer('c', 1, day(0))
    const board = (period: string, startsOn: string, deckId: string) =>
      nameOf({ learnerId: study.learnerId, teamId, period, startsOn, deckId })
    expect(await boards()).toEqual(
      ['', 'd']
        .flatMap((deckId) => [
          { board: board('week', '2025-12-29', deckId), points: 1, shown: true },
          { board: board('week', '2026-01-05', deckId), points: 1, shown: true },
          { board: board('month', '2026-01-01', deckId), points: 2, shown: true },
          { board: board('all', ALL_TIME_STARTS_ON, deckId), points: 2, shown: true },
        ])
        .sort(byBoard),
    )
  })

  test('own cards count on no board', async () => {
    await opened.store.syncDecks([makeDeck('d', ['a'])])
    const study = await Study.begin(opened.store)
    await join(await makeTeam(null), study.learnerId)
    const text = { prompt: 'What is mine?', answer: 'This.', link: null }
    const draftId = await opened.store.saveDraft(study.learnerId, text, study.tick())
    await opened.store.keepDraft(study.learnerId, draftId)
    const [ownCard] = await study.newIds(1, { ...study.scope(), deckId: await ownDeck() })
    const { deckId, score } = await study.answer(ownCard ?? '', 4)
    expect(score.points).toBe(1)
    await study.answer('a', 4)
    expect(await boards()).toEqual(await expectedBoards([deckId]))
    expect((await boards()).filter(({ board }) => board.endsWith(`"${deckId}"`))).toEqual([])
  })

  test('two hundred answers of members at once, again and again, lose no point', async () => {
    const cards = ['a', 'b', 'c', 'e', 'f']
    await opened.store.syncDecks([makeDeck('d', cards.slice(0, 3)), makeDeck('e', cards.slice(3))])
    const teamIds = [await makeTeam(null), await makeTeam(['e'])]
    const studies: Study[] = []
    for (let number = 0; number < 40; number++) {
      const study = await Study.begin(opened.store, `learner-${number}`)
      for (const teamId of teamIds) if (number % 3 > 0) await join(teamId, study.learnerId, number % 2 > 0)
      studies.push(study)
    }
    for (const days of [0, 1, 7]) {
      await Promise.all(
        studies.flatMap((study, number) =>
          cards.map((card, index) => study.answer(card, (number + index) % 4 === 0 ? 1 : 4, day(days))),
        ),
      )
    }
    await Promise.all(studies.flatMap((study) => cards.slice(2).map((card) => study.undo(card))))
    expect(await boards()).toEqual(await expectedBoards())
    expect(await opened.differences()).toEqual([])
  })
}

type BoardName = Pick<typeof boardScores.$inferSelect, 'learnerId' | 'teamId' | 'startsOn' | 'deckId'> & {
  readonly period: string
}

function nameOf({ learnerId, teamId, period, startsOn, deckId }: Record<keyof BoardName, unknown>): string {
  return `team ${teamId}, learner ${learnerId}, ${period} from ${startsOn}, "${deckId}"`
}

function byBoard(a: BoardRow, b: BoardRow): number {
  return a.board < b.board ? -1 : 1
}

/** The periods that a day belongs to, by the calendar of JavaScript. */
function periodsOf(studyDay: string): [string, string][] {
  const date = new Date(`${studyDay}T00:00:00Z`)
  const monday = new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000)
  return [
    ['week', monday.toISOString().slice(0, 10)],
    ['month', `${studyDay.slice(0, 7)}-01`],
    ['all', ALL_TIME_STARTS_ON],
  ]
}

describe('boards kept with each answer on Postgres', () => defineTests(makePostgres))
describe('boards kept with each answer on PGlite', () => defineTests(makePgliteFolder))
