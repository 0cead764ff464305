import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { answerQuiz } from '../../src/core/quiz/quiz.ts'
import { makePostgres } from './support/databases.ts'
import { at, day, makeDeck, Study } from './support/fixtures.ts'
import { begin } from './support/joining.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const CARDS = ['a', 'b', 'c', 'd', 'e', 'f']
const ROUNDS = Number(process.env.TEST_HISTORIES ?? 5)

/** On Postgres only: PGlite does one thing after the other. */
describe('two accounts that become one while both are answering', () => {
  let opened: TestStore

  beforeAll(async () => {
    opened = await openTestStore(await makePostgres())
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  async function answersWritten(): Promise<number> {
    const result = await opened.db
      .select({ count: sql<number>`count(*)::integer` })
      .from(sql`reviews`)
      .where(sql`quality is not null`)
    return result[0]?.count ?? 0
  }

  /** Cards that neither, one or both have answered. */
  async function beginBoth(): Promise<[Study, Study]> {
    await opened.store.syncDecks([makeDeck('d', CARDS)])
    const [ada, bob] = [await Study.begin(opened.store), await Study.begin(opened.store, 'bob')]
    for (const id of ['a', 'b', 'c']) await ada.answer(id, 4)
    for (const id of ['b', 'c', 'd']) await bob.answer(id, 4)
    await bob.answer('c', 4, day(1))
    return [ada, bob]
  }

  test('lose no answer that was written, and count none twice', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await opened.reset()
      const [ada, bob] = await beginBoth()
      const before = await answersWritten()
      const entries = await Promise.all(
        [ada, bob].flatMap((study) => CARDS.map((id) => study.answerEntry(id, 4, day(7)))),
      )
      const confirm = await begin(opened.store, ada.learnerId, bob.learnerId, at(100))
      // Each answer twice, as if delivered again, around a merge that comes at another moment each round.
      const pressed = entries
        .flatMap((entry) => [entry, entry])
        .map((entry) => () => opened.store.append(entry))
      const cut = Math.floor((pressed.length * round) / ROUNDS)
      const results = await Promise.all([
        ...pressed.slice(0, cut).map((press) => press()),
        confirm().then(() => false),
        ...pressed.slice(cut).map((press) => press()),
      ])
      const written = results.filter((isWritten) => isWritten).length
      expect(await answersWritten()).toBe(before + written)
      expect(await opened.differences()).toEqual([])
    }
  })

  test('let a press count for the learner that the person is now', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await opened.reset()
      const [ada, bob] = await beginBoth()
      const confirm = await begin(opened.store, ada.learnerId, bob.learnerId, at(100))
      const before = await answersWritten()
      // Only the one who goes over has answered it: it is the same card before and after.
      const ref = { cardId: 'd', reviewCount: 1, onlyDeck: false }
      const asking = {
        identity: { platform: 'terminal', externalId: 'bob' },
        initialSettings: DEFAULT_SETTINGS,
        now: at(24 * 60),
      } as const
      const press = () => handle(opened.store, asking, { kind: 'grade', ref, grade: 'good' })
      await Promise.all([confirm(), press(), press()])
      expect(await answersWritten()).toBe(before + 1)
      expect(await opened.differences()).toEqual([])
    }
  })

  test('let an answer to a quiz count once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await opened.reset()
      const [ada, bob] = await beginBoth()
      const confirm = await begin(opened.store, ada.learnerId, bob.learnerId, at(100))
      const { store } = opened
      const place = { platform: 'discord', chatId: '1' } as const
      const card = ['b', 'c', 'd', 'e'][round % 4] ?? 'b'
      const question = { cardId: card, choices: ['x', 'y'], right: 0 }
      const roundId = await store.openRound(
        { place, deckId: null, secondsPerQuestion: null },
        [question],
        at(0),
      )
      const next = await store.nextQuestion(roundId ?? 0)
      if (next === null) throw new Error('there is no question')
      await store.questionSent(next, { externalId: 'q', messageId: '1', closesAt: null })
      const open = await store.questionByExternalId('discord', 'q')
      if (open === null) throw new Error('the question is not open')
      const before = await answersWritten()
      const asking = {
        identity: { platform: 'terminal', externalId: 'bob' },
        initialSettings: DEFAULT_SETTINGS,
        now: at(24 * 60),
      } as const
      const answered = await Promise.allSettled([
        confirm(),
        answerQuiz(store, asking, open, 0, 'Bob'),
        answerQuiz(store, asking, open, 0, 'Bob'),
      ])
      expect(answered[0].status).toBe('fulfilled')
      // Who was told to try again does so.
      if (answered.some(({ status }) => status === 'rejected'))
        await answerQuiz(store, asking, open, 0, 'Bob')
      expect(await answersWritten()).toBe(before + 1)
      expect(await opened.differences()).toEqual([])
    }
  })
})
