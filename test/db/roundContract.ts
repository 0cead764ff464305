import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatKey } from '../../src/core/chatStore.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { answerQuiz } from '../../src/core/quiz/quiz.ts'
import type { OpenQuestion, RoundAnswer, RoundQuestion } from '../../src/core/quiz/roundStore.ts'
import type { Store } from '../../src/core/store.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, day, makeCard, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const PLACE: ChatKey = { platform: 'telegram', chatId: '-100123' }
const TWENTY = Array.from({ length: 20 }, (_, index) => index)
const WRONG = ['1', '2', '3']

/**
 * What every store must do for quizzes, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineRoundContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  /** Stores a deck whose cards all have wrong choices; `pod/2` is the second card of the fact `pod`. */
  async function sync(decks: Readonly<Record<string, readonly string[]>>): Promise<void> {
    await store.syncDecks(
      Object.entries(decks).map(([id, cardIds]) => ({
        id,
        title: id,
        cards: cardIds.map((text) =>
          makeCard(text.replace('/', '-'), { factId: text.split('/')[0] ?? text, wrong: WRONG }),
        ),
      })),
    )
  }

  describe('cards for a quiz', () => {
    const ids = Array.from({ length: 20 }, (_, index) => `c${index}`)
    const shuffled = (cardIds: readonly string[], seed: string) =>
      cardIds
        .map((id) => ({
          id,
          hash: createHash('md5')
            .update(id + seed)
            .digest('hex'),
        }))
        .sort((a, b) => (a.hash < b.hash ? -1 : 1))
        .map(({ id }) => id)
    const cardsFor = async (
      study: Study,
      {
        deckId = null,
        seed = 'x',
        limit = 100,
      }: { deckId?: string | null; seed?: string; limit?: number } = {},
    ) => (await store.quizCards(study.learnerId, deckId, DAY, seed, limit)).map(({ card }) => card.id)

    test('come shuffled by the seed', async () => {
      await sync({ d: ids })
      const study = await Study.begin(store)
      expect(await cardsFor(study)).toEqual(shuffled(ids, 'x'))
      expect(await cardsFor(study, { seed: 'y', limit: 5 })).toEqual(shuffled(ids, 'y').slice(0, 5))
    })

    test('come with what is due first, also overdue', async () => {
      await sync({ d: ids })
      const study = await Study.begin(store)
      await study.answer('c3', 4, day(-1))
      await study.answer('c7', 4, day(-9))
      await study.answer('c5', 4, DAY)
      const others = ids.filter((id) => id !== 'c3' && id !== 'c7')
      expect(await cardsFor(study)).toEqual([...shuffled(['c3', 'c7'], 'x'), ...shuffled(others, 'x')])
    })

    test('carry the state the learner has on them', async () => {
      await sync({ d: ['a'] })
      const study = await Study.begin(store)
      await study.answer('a', 4, day(-1))
      expect(await store.quizCards(study.learnerId, null, DAY, 'x', 9)).toEqual([await study.hand('a')])
    })

    test('leave out what is retired, suspended by the learner, or has no wrong choices', async () => {
      await sync({ d: ['ask', 'stop', 'retire'], e: ['gone'] })
      const study = await Study.begin(store)
      const other = await Study.begin(store, 'bob')
      await study.suspend('stop')
      await other.suspend('ask')
      const cards = ['ask', 'stop'].map((id) => makeCard(id, { wrong: WRONG }))
      await store.syncDecks([{ id: 'd', title: 'd', cards: [...cards, makeCard('open')] }])
      expect(await cardsFor(study)).toEqual(['ask'])
      expect(await cardsFor(other)).toEqual(['stop'])
    })

    test('have of siblings only one: a due one where there is one', async () => {
      await sync({ d: ['pod/1', 'pod/2', 'pod/3', 'node'] })
      const study = await Study.begin(store)
      const [first = ''] = shuffled(['pod-1', 'pod-2', 'pod-3'], 'x')
      expect(await cardsFor(study)).toEqual(shuffled([first, 'node'], 'x'))
      const due = first === 'pod-1' ? 'pod-2' : 'pod-1'
      await study.answer(due, 4, day(-1))
      expect(await cardsFor(study)).toEqual([due, 'node'])
    })

    test('come from the deck given, else from those joined, else from all', async () => {
      await sync({ d: ['a'], e: ['b'], f: ['c'] })
      const { id: learnerId } = await store.learner(
        { platform: 'discord', externalId: '1' },
        DEFAULT_SETTINGS,
      )
      const study = new Study(store, learnerId)
      expect((await cardsFor(study)).sort()).toEqual(['a', 'b', 'c'])
      await store.enrol(learnerId, 'd', true)
      await store.enrol(learnerId, 'e', false)
      expect(await cardsFor(study)).toEqual(['a'])
      expect(await cardsFor(study, { deckId: 'f' })).toEqual(['c'])
      expect(await cardsFor(study, { deckId: 'nothing' })).toEqual([])
      await store.enrol(learnerId, 'd', false)
      expect((await cardsFor(study)).sort()).toEqual(['a', 'b', 'c'])
    })
  })

  const QUESTIONS = ['a', 'b', 'c'].map((cardId, right) => ({
    cardId,
    choices: [`It is ${cardId}.`, '"quoted" `code`', 'ünïcödé 🐙', ''],
    right,
  }))

  /** Opens a round of three questions about the cards a, b and c, which are there. */
  async function openRound(place = PLACE, secondsPerQuestion: number | null = 20): Promise<number> {
    await sync({ d: ['a', 'b', 'c'] })
    const id = await store.openRound({ place, deckId: 'd', secondsPerQuestion }, QUESTIONS, at(0))
    if (id === null) throw new Error('the test could not open its round')
    return id
  }

  async function send(roundId: number, closesAt: Date | null = null): Promise<RoundQuestion> {
    const question = await store.nextQuestion(roundId)
    if (question === null) throw new Error(`the test's round ${roundId} has no next question`)
    await store.questionSent(question, { ...sentAs(question), closesAt })
    return question
  }

  const sentAs = ({ roundId, position }: RoundQuestion) => ({
    externalId: `poll-${roundId}-${position}`,
    messageId: `message-${roundId}-${position}`,
  })

  describe('a round', () => {
    test('is found where it was opened until it ends', async () => {
      expect(await store.roundAt(PLACE)).toBeNull()
      const id = await openRound()
      const round = { id, place: PLACE, deckId: 'd', secondsPerQuestion: 20, questions: 3, daily: null }
      expect(await store.roundAt(PLACE)).toEqual(round)
      expect(await store.roundAt({ ...PLACE, platform: 'discord' })).toBeNull()
      expect(await store.idleRounds('telegram')).toEqual([round])
      expect(await store.idleRounds('discord')).toEqual([])
      expect(await store.endRound(id, at(9))).toBe(true)
      expect(await store.endRound(id, at(9))).toBe(false)
      expect(await store.roundAt(PLACE)).toBeNull()
      expect(await store.idleRounds('telegram')).toEqual([])
      expect(await opened.differences()).toEqual([])
    })

    test('keeps a second one from opening in its place, not elsewhere, until it ends', async () => {
      const id = await openRound()
      const again = () =>
        store.openRound({ place: PLACE, deckId: null, secondsPerQuestion: null }, QUESTIONS, at(1))
      expect(await again()).toBeNull()
      const elsewhere = await openRound({ ...PLACE, chatId: '7' }, null)
      expect((await store.idleRounds('telegram')).map((round) => round.id)).toEqual([id, elsewhere])
      await store.endRound(id, at(2))
      expect(await store.roundAt(PLACE)).toBeNull()
      const next = await again()
      expect(await store.roundAt(PLACE)).toMatchObject({ id: next, deckId: null, secondsPerQuestion: null })
    })

    test('opened ten times at once opens once, with its questions once', async () => {
      await sync({ d: ['a', 'b', 'c'] })
      const ids = await Promise.all(
        Array.from({ length: 10 }, () =>
          store.openRound({ place: PLACE, deckId: null, secondsPerQuestion: 20 }, QUESTIONS, at(0)),
        ),
      )
      const [id, ...others] = ids.filter((each) => each !== null)
      expect(others).toEqual([])
      expect(await store.roundAt(PLACE)).toMatchObject({ id, questions: 3 })
    })

    test('ended by twenty at once is ended by one', async () => {
      const id = await openRound()
      const ended = await Promise.all(TWENTY.map(() => store.endRound(id, at(1))))
      expect(ended.filter(Boolean)).toHaveLength(1)
    })
  })

  describe('a question', () => {
    test('comes in its order, each once it was sent the next', async () => {
      const id = await openRound()
      const asked: unknown[] = []
      for (let question = await store.nextQuestion(id); question !== null; ) {
        asked.push(question)
        await send(id)
        question = await store.nextQuestion(id)
      }
      expect(asked).toEqual(QUESTIONS.map((question, position) => ({ roundId: id, position, ...question })))
    })

    test('is on show from when it was sent until it is closed', async () => {
      const id = await openRound()
      expect(await store.questionOnShow(id)).toBeNull()
      const question = await send(id, at(5))
      const expected = {
        ...question,
        round: await store.roundAt(PLACE),
        messageId: sentAs(question).messageId,
        closesAt: at(5),
        closed: false,
      }
      expect(await store.questionOnShow(id)).toEqual(expected)
      expect(await store.questionByExternalId('telegram', sentAs(question).externalId)).toEqual(expected)
      expect(await store.closeQuestion(id, 0)).toBe(true)
      expect(await store.closeQuestion(id, 0)).toBe(false)
      expect(await store.questionOnShow(id)).toBeNull()
      expect(await store.questionByExternalId('telegram', sentAs(question).externalId)).toEqual({
        ...expected,
        closed: true,
      })
    })

    test('that could not be sent is passed over once it is closed', async () => {
      const id = await openRound()
      const first = await store.nextQuestion(id)
      expect(await store.closeQuestion(id, 0)).toBe(true)
      expect(await store.nextQuestion(id)).toMatchObject({ position: 1 })
      expect(first && (await store.questionSent(first, { ...sentAs(first), closesAt: null }))).toBe(false)
    })

    test('of a round that has ended is not asked any more, and one on show can still be closed', async () => {
      const id = await openRound()
      await send(id, at(5))
      await store.endRound(id, at(1))
      expect(await store.nextQuestion(id)).toBeNull()
      expect(await store.questionsToClose('telegram', at(5))).toHaveLength(1)
      expect(await store.closeQuestion(id, 0)).toBe(true)
    })

    test('is unknown under a name that nobody gave, or on another platform', async () => {
      const question = await send(await openRound())
      expect(await store.questionByExternalId('telegram', 'nothing')).toBeNull()
      expect(await store.questionByExternalId('discord', sentAs(question).externalId)).toBeNull()
    })

    test('is to be closed once its time is over, the one over for longest first', async () => {
      const places = ['1', '2', '3', '4'].map((chatId) => ({ ...PLACE, chatId }))
      const [late = 0, early = 0, never = 0, done = 0] = await Promise.all(
        places.map((each) => openRound(each)),
      )
      await send(late, at(7))
      await send(early, at(3))
      await send(never, null)
      await send(done, at(1))
      await store.closeQuestion(done, 0)
      const toClose = async (minutes: number) =>
        (await store.questionsToClose('telegram', at(minutes))).map(({ round }) => round.id)
      expect([await toClose(2), await toClose(3), await toClose(8)]).toEqual([[], [early], [early, late]])
      expect(await store.questionsToClose('discord', at(8))).toEqual([])
    })

    test('is sent by one of twenty that want to, and waits for nobody while it is on its way or on show', async () => {
      const id = await openRound()
      const idle = async () => (await store.idleRounds('telegram')).map((round) => round.id)
      const question = await store.nextQuestion(id)
      if (question === null) throw new Error('the test has no question')
      expect(await idle()).toEqual([id])
      const claims = await Promise.all(TWENTY.map(() => store.claimQuestion(question)))
      expect(claims.filter(Boolean)).toHaveLength(1)
      expect(await store.questionsToClose('telegram', at(60))).toEqual([])
      expect(await idle()).toEqual([])
      await store.questionSent(question, { ...sentAs(question), closesAt: null })
      expect(await store.claimQuestion(question)).toBe(false)
      expect(await idle()).toEqual([])
      await store.closeQuestion(id, 0)
      expect(await idle()).toEqual([id])
    })

    test('that somebody claimed and never sent can be claimed again a minute later', async () => {
      const id = await openRound()
      const question = await store.nextQuestion(id)
      if (question === null) throw new Error('the test has no question')
      await store.claimQuestion(question)
      const pass = (seconds: number) =>
        opened.db.execute(
          sql`update round_questions set closes_at = closes_at - make_interval(secs => ${seconds}) where closes_at is not null`,
        )
      await pass(50)
      expect(await store.claimQuestion(question)).toBe(false)
      await pass(11)
      expect((await store.idleRounds('telegram')).map((round) => round.id)).toEqual([id])
      expect(await store.claimQuestion(question)).toBe(true)
    })

    test('sent by twenty at once is noted for one', async () => {
      const id = await openRound()
      const question = await store.nextQuestion(id)
      const noted = await Promise.all(
        TWENTY.map(
          async (index) =>
            question &&
            (await store.questionSent(question, {
              externalId: `poll-${index}`,
              messageId: `message-${index}`,
              closesAt: at(1),
            })),
        ),
      )
      expect(noted.filter(Boolean)).toHaveLength(1)
      expect((await store.questionOnShow(id))?.messageId).toBe(`message-${noted.indexOf(true)}`)
    })

    test('closed by twenty at once is closed by one', async () => {
      const { roundId } = await send(await openRound())
      const closed = await Promise.all(TWENTY.map(() => store.closeQuestion(roundId, 0)))
      expect(closed.filter(Boolean)).toHaveLength(1)
    })
  })

  describe('answers to a round', () => {
    async function answer(roundId: number, learnerId: number, change: Partial<RoundAnswer> = {}) {
      return store.answerRound({
        roundId,
        position: 0,
        learnerId,
        name: 'Ada',
        choice: 0,
        isRight: true,
        reviewCount: 0,
        answeredAt: at(1),
        dailyKey: null,
        late: false,
        ...change,
      })
    }

    test('the first answer of a person counts, and is given back to later ones', async () => {
      const id = await openRound()
      const { learnerId } = await Study.begin(store)
      const first = await answer(id, learnerId, { reviewCount: 3 })
      expect(first).toEqual({
        isFirst: true,
        answer: {
          roundId: id,
          position: 0,
          learnerId,
          name: 'Ada',
          choice: 0,
          isRight: true,
          reviewCount: 3,
          answeredAt: at(1),
          dailyKey: null,
          late: false,
        },
        platform: 'telegram',
      })
      expect(
        await answer(id, learnerId, { choice: 2, isRight: false, reviewCount: 4, answeredAt: at(2) }),
      ).toEqual({ ...first, isFirst: false })
      expect(await opened.differences()).toEqual([])
    })

    test('of twenty answers of one person at once one counts, and all are told which', async () => {
      const id = await openRound()
      const { learnerId } = await Study.begin(store)
      const counting = await Promise.all(
        TWENTY.map((index) => answer(id, learnerId, { choice: index, isRight: index === 0 })),
      )
      expect(new Set(counting.map(({ answer }) => answer.choice)).size).toBe(1)
      expect(counting.filter(({ isFirst }) => isFirst)).toHaveLength(1)
      expect(await store.standings(id)).toMatchObject([{ answered: 1 }])
    })

    test('the standings name each person once, most right answers first, then by name', async () => {
      const id = await openRound()
      const names = ['zoe', 'ada', 'émile', 'Bob']
      const [zoe = 0, ada = 0, emile = 0, bob = 0] = await Promise.all(
        names.map(async (name) => (await Study.begin(store, name)).learnerId),
      )
      await answer(id, zoe, { name: 'zoe' })
      await answer(id, zoe, { name: 'Zoë', position: 1 })
      await answer(id, ada, { name: 'ada' })
      await answer(id, ada, { name: 'ada', position: 1, choice: 3, isRight: false })
      await answer(id, bob, { name: 'Bob' })
      await answer(id, emile, { name: 'émile', choice: 1, isRight: false })
      expect(await store.standings(id)).toEqual([
        { learnerId: zoe, name: 'Zoë', right: 2, answered: 2 },
        { learnerId: ada, name: 'ada', right: 1, answered: 2 },
        { learnerId: bob, name: 'Bob', right: 1, answered: 1 },
        { learnerId: emile, name: 'émile', right: 0, answered: 1 },
      ])
      expect(await store.standings(id + 1)).toEqual([])
    })

    test('are listed in the order in which they came, and counted, for the one question', async () => {
      const id = await openRound()
      const names = ['ada', 'bob', 'cleo', 'dan']
      const ids: number[] = []
      for (const name of names) ids.push((await Study.begin(store, name)).learnerId)
      const [ada = 0, bob = 0, cleo = 0, dan = 0] = ids
      await answer(id, cleo, { name: 'Cleo', answeredAt: at(3) })
      await answer(id, ada, { choice: 2, isRight: false, answeredAt: at(2) })
      await answer(id, dan, { name: 'Dan', position: 1 })
      await answer(id, bob, { name: 'Bob', answeredAt: at(3) })
      await answer(id, ada, { name: 'Ada again', choice: 0, answeredAt: at(4) })
      expect(await store.answersTo(id, 0)).toEqual([
        { learnerId: ada, name: 'Ada', choice: 2, isRight: false },
        { learnerId: bob, name: 'Bob', choice: 0, isRight: true },
        { learnerId: cleo, name: 'Cleo', choice: 0, isRight: true },
      ])
      expect(await store.countAnswers(id, 0)).toBe(3)
      expect(await store.countAnswers(id, 1)).toBe(1)
      expect(await store.answersTo(id, 2)).toEqual([])
      expect(await store.countAnswers(id + 1, 0)).toBe(0)
    })

    test('beyond a thousand are counted, not listed', async () => {
      const id = await openRound()
      await opened.db.execute(sql`
        insert into learners (time_zone, day_start_hour, new_per_day, reviews_per_day)
        select 'UTC', 4, 10, 100 from generate_series(1, 1001)`)
      await opened.db.execute(sql`
        insert into round_answers (learner_id, round_id, position, name, choice, is_right, review_count, answered_at)
        select id, ${id}, 0, 'player', 0, true, 0, ${at(1).toISOString()}::timestamptz + id * interval '1 ms'
        from learners`)
      const listed = await store.answersTo(id, 0)
      expect(listed.map(({ learnerId }) => learnerId)).toEqual(
        Array.from({ length: 1000 }, (_, index) => index + 1),
      )
      expect(await store.countAnswers(id, 0)).toBe(1001)
    })

    test('a name of any kind can be stored', async () => {
      const id = await openRound()
      const { learnerId } = await Study.begin(store)
      await answer(id, learnerId, { name: "Bobby\0'); drop table rounds; -- \ud800" })
      expect(await store.standings(id)).toMatchObject([{ name: "Bobby'); drop table rounds; -- \ufffd" }])
    })

    test('nobody answers who was forgotten', async () => {
      const id = await openRound()
      const { learnerId } = await Study.begin(store)
      await store.forget(learnerId)
      await expect(answer(id, learnerId)).rejects.toThrow(`there is no learner ${learnerId}`)
      expect(await store.standings(id)).toEqual([])
    })
  })
  describe('answering a quiz', () => {
    const CLOSES = at(5)
    const press = (question: OpenQuestion, choice: number, now = at(1), externalId = 'ada') =>
      answerQuiz(
        store,
        { identity: { platform: 'discord', externalId }, initialSettings: DEFAULT_SETTINGS, now },
        question,
        choice,
        'Ada',
      )

    /** A question of a new round whose right choice is the first. */
    async function ask(closesAt: Date | null = CLOSES): Promise<OpenQuestion> {
      const roundId = await openRound()
      await send(roundId, closesAt)
      const question = await store.questionOnShow(roundId)
      if (question === null) throw new Error('the test shows no question')
      return question
    }

    test('tells whether it was right, what counts, and a first answer from a later one', async () => {
      const question = await ask()
      expect(await press(question, 1)).toEqual({ isRight: false, choice: 1, isFirst: true, elsewhere: null })
      expect(await press(question, 0)).toEqual({ isRight: false, choice: 1, isFirst: false, elsewhere: null })
      expect(await press(question, 0, at(1), 'bob')).toEqual({
        isRight: true,
        choice: 0,
        isFirst: true,
        elsewhere: null,
      })
      expect(await store.answersTo(question.roundId, question.position)).toHaveLength(2)
      expect(await opened.differences()).toEqual([])
    })

    test('twenty times at once is one answer', async () => {
      const question = await ask()
      const answered = await Promise.all(TWENTY.map((index) => press(question, index % 4)))
      expect(answered.filter((each) => each?.isFirst)).toHaveLength(1)
      expect(new Set(answered.map((each) => each?.choice)).size).toBe(1)
      const learner = await store.learner({ platform: 'discord', externalId: 'ada' }, DEFAULT_SETTINGS)
      expect(await store.scoreSince(learner.id, DAY)).toMatchObject({ answers: 1 })
      expect(await opened.differences()).toEqual([])
    })

    test('counts until the question closes, and not from then on', async () => {
      const question = await ask()
      expect(await press(question, 0, new Date(CLOSES.getTime() - 1))).not.toBeNull()
      expect(await press(question, 0, CLOSES, 'bob')).toBeNull()
      expect(await press({ ...question, closesAt: null, closed: true }, 0, at(1), 'cleo')).toBeNull()
      expect(await press(question, 4, at(1), 'dan')).toBeNull()
      expect(await store.countAnswers(question.roundId, question.position)).toBe(1)
    })

    test('without a time waits for it', async () => {
      expect(await press(await ask(null), 0, at(9999))).toMatchObject({ isRight: true })
    })
  })
}
