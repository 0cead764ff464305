import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Request } from '../../src/core/action.ts'
import { decodeAction } from '../../src/core/actionCodec.ts'
import type { Asking } from '../../src/core/asking.ts'
import type { DailyOptions } from '../../src/core/daily/dailyOptions.ts'
import { parseDailyWords } from '../../src/core/daily/dailyOptions.ts'
import { dailyStatus, setDaily } from '../../src/core/daily/dailyRequests.ts'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { answerQuiz, findDeck, openQuiz } from '../../src/core/quiz/quiz.ts'
import type { Screen } from '../../src/core/screen.ts'
import { SETTING_NAMES } from '../../src/core/settings.ts'
import type { Store } from '../../src/core/store.ts'
import { leaderboard, parseBoardWords } from '../../src/core/team/boardRequests.ts'
import { joinTeam } from '../../src/core/team/placeRequests.ts'
import type { Here } from '../../src/core/team/team.ts'
import { setTeamDecks, setTeamZone, setWeekly, teamStatus } from '../../src/core/team/teamRequests.ts'
import { HOSTILE_TEXTS } from '../support/hostileTexts.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, makeCard, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const CHAT = { platform: 'telegram', chatId: '7' } as const
const REF = { cardId: 'typed', reviewCount: 0, onlyDeck: false } as const
const HERE: Here = { place: { platform: 'telegram', placeId: '-5' }, name: 'Group', chatId: '-5' }
const NOBODY_IS_ASKED = async () => null

/** What a text becomes where it is kept. */
const kept = (text: string) => text.replaceAll('\0', '').toWellFormed()

/**
 * Every way by which somebody's text comes in, on a real database: it is kept or refused in words, and nothing else
 * happens.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineHostileTextContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store
  let untouched: () => Promise<unknown>

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(async () => {
    await opened.reset()
    const typed = makeCard('typed', { kind: 'typed', answer: 'kubelet', accept: ['the kubelet'] })
    const choice = makeCard('choice', { kind: 'choice', wrong: ['one', 'two', 'three'] })
    await store.syncDecks([{ id: 'd', title: 'Nodes', cards: [typed, choice] }, makeDeck('e', ['other'])])
    const bystander = await Study.begin(store, 'bystander')
    await bystander.answer('typed', 4, DAY)
    const tables = await tablesOf()
    untouched = async () => {
      expect(await tablesOf()).toEqual(tables)
      expect(await opened.differences()).toEqual([])
      return store.exportLearner(bystander.learnerId)
    }
  })
  afterAll(() => opened?.close())

  /** The names of all tables. */
  async function tablesOf(): Promise<unknown> {
    const rows = await opened.db.execute(
      sql`select table_name from information_schema.tables where table_schema = 'public' order by 1`,
    )
    return JSON.parse(JSON.stringify(Array.isArray(rows) ? rows : (rows as { rows: unknown }).rows))
  }

  function asking(externalId = 'mallory'): Asking {
    return { identity: { platform: 'telegram', externalId }, initialSettings: DEFAULT_SETTINGS, now: at(0) }
  }

  const ask = (request: Request) => handle(store, asking(), request)

  /** Sends every text in by one way, and looks whether anybody else's things, the tables or the doctor show it. */
  async function throughAll(way: (text: string) => Promise<unknown>): Promise<void> {
    const before = await untouched()
    for (const text of HOSTILE_TEXTS) await way(text)
    expect(await untouched()).toEqual(before)
  }

  /** It says something, and buttons fit the platforms. */
  function isAScreen(screen: Screen): void {
    expect(screen.blocks.length + (screen.notice === null ? 0 : 1)).toBeGreaterThan(0)
  }

  describe('text of a person', () => {
    test('as an answer teaches their own schedule only', async () => {
      await throughAll(async (text) => {
        const study = await store.learner(asking().identity, DEFAULT_SETTINGS)
        const { state } = (await store.card(study.id, 'typed')) ?? { state: { reviewCount: 0 } }
        isAScreen(await ask({ kind: 'type', ref: { ...REF, reviewCount: state.reviewCount }, text }))
      })
    })

    test.each(SETTING_NAMES)('as the setting %s is read or refused', async (name) => {
      await throughAll(async (text) => {
        isAScreen(await ask({ kind: 'set', name, text, first: false }))
        isAScreen(await ask({ kind: 'pick', name, value: text, first: false }))
      })
    })

    test('as a report of a mistake is kept to the letter', async () => {
      await throughAll((text) => ask({ kind: 'report', ref: REF, text }))
      const texts = (await store.mistakeReports(100)).map(({ text }) => text)
      for (const text of [
        "'; drop table reviews; --",
        "=cmd|'/C calc'!A1",
        '@everyone @here <@123> <@&456> <#789>',
      ])
        expect(texts).toContain(text)
      expect(texts.join('')).not.toContain('\0')
    })

    test('as a card of their own is asked again as it was written', async () => {
      await throughAll(async (text) => {
        for (const [prompt, answer, link] of [
          [text, 'answer', null],
          ['prompt', text, text],
        ] as const) {
          const screen = await ask({ kind: 'draftCard', prompt, answer, link })
          isAScreen(screen)
          const keep = screen.buttons.flat().find(({ action }) => action.kind === 'keepDraft')
          if (keep !== undefined) isAScreen(await ask(keep.action))
        }
      })
    })

    test('as the words for a deck finds that deck or none', async () => {
      await throughAll(async (text) => {
        const { id } = await store.learner(asking().identity, DEFAULT_SETTINGS)
        findDeck(await store.deckSummaries(id, DAY), text)
        for (const kind of ['welcome', 'study', 'enrol', 'leave'] as const) {
          isAScreen(await ask({ kind, deckId: kept(text) }))
        }
      })
    })

    test('as a code joins nothing', async () => {
      await throughAll(async (text) => {
        isAScreen(await ask({ kind: 'link', code: text }))
        isAScreen(await ask({ kind: 'confirmPairing', pairingId: kept(text) }))
        isAScreen(await ask({ kind: 'dropPairing', pairingId: kept(text) }))
        isAScreen(await joinTeam(store, asking(), HERE, text))
      })
    })

    test('as what a button says is an action or nothing', async () => {
      await throughAll(async (text) => {
        for (const data of [text, `g:${text}`, `s:${text}:0`, `k${text}`]) {
          const action = decodeAction(data)
          if (action !== null) isAScreen(await ask(action))
        }
      })
    })
  })

  describe('text of a team', () => {
    const FIELDS: readonly (keyof DailyOptions)[] = [
      'time',
      'zone',
      'questions',
      'decks',
      'weekdays',
      'hours',
    ]

    test('as options of a daily quiz is read or refused', async () => {
      await throughAll(async (text) => {
        for (const field of FIELDS)
          isAScreen(await setDaily(store, asking(), HERE, { time: '9:00', [field]: text }))
        const options = parseDailyWords(`9:00 decks=${text} ${text}`)
        if (!('error' in options)) isAScreen(await setDaily(store, asking(), HERE, options))
      })
    })

    test('as words about the team is read or refused', async () => {
      await throughAll(async (text) => {
        for (const set of [setWeekly, setTeamDecks, setTeamZone])
          isAScreen(await set(store, asking(), HERE, text))
        isAScreen(await leaderboard(store, asking(), HERE, parseBoardWords(text), NOBODY_IS_ASKED))
        isAScreen(
          await leaderboard(store, asking(), HERE, { period: 'all', deckWords: text }, NOBODY_IS_ASKED),
        )
      })
    })

    test('as the name of a place or a person is kept to the letter', async () => {
      await throughAll(async (text) => {
        await store.setUpPlace({ ...HERE, name: text }, 'UTC', at(0))
        isAScreen(await teamStatus(store, asking(), HERE))
        isAScreen(await dailyStatus(store, asking(), HERE))
        const { id } = await store.learner(asking().identity, DEFAULT_SETTINGS)
        expect(await store.takePart(id, HERE, text, at(0))).toBe(true)
        isAScreen(await leaderboard(store, asking(), HERE, { period: 'all', deckWords: '' }, NOBODY_IS_ASKED))
      })
      expect((await store.teamAt(HERE.place))?.id).toBeDefined()
    })

    test('as the name of somebody who answers a quiz is in its standings to the letter', async () => {
      const names = new Set<string>()
      await throughAll(async (text) => {
        const opening = { place: CHAT, deckId: 'd', secondsPerQuestion: null, canAsk: () => true }
        const round = await openQuiz(store, asking(), opening)
        if (round.kind !== 'opened') throw new Error(`the quiz is ${round.kind}`)
        const first = await store.nextQuestion(round.roundId)
        if (first === null) throw new Error('the quiz has no question')
        await store.claimQuestion(first)
        await store.questionSent(first, { externalId: `q${round.roundId}`, messageId: '1', closesAt: null })
        const question = await store.questionByExternalId('telegram', `q${round.roundId}`)
        if (question === null) throw new Error('the question is not found')
        await answerQuiz(store, asking(), question, 0, text)
        for (const { name } of await store.standings(round.roundId)) names.add(name)
        await store.endRound(round.roundId, at(1))
      })
      expect(names).toContain("'; drop table reviews; --")
      expect(names).toContain(kept('a\0b'))
    })
  })

  test('a text out of place harms no export: JSON in which a formula is no cell of its own', async () => {
    for (const text of HOSTILE_TEXTS) await ask({ kind: 'report', ref: REF, text })
    const { id } = await store.learner(asking().identity, DEFAULT_SETTINGS)
    const file = JSON.stringify(await store.exportLearner(id), null, 2)
    const texts = JSON.parse(file).mistakes.map(({ text }: { text: string }) => text)
    expect(texts).toContain("=cmd|'/C calc'!A1")
    // A spreadsheet that is made to open it takes for a formula only what begins a line or follows a separator.
    for (const line of file.split(/\r?\n/)) expect(line).toMatch(/^ *["{}[\]\dtfn-]/)
    expect(file).not.toMatch(/(?:^|[\n\t;,])\s*[=+@]/)
  })
}
