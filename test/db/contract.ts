import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { regradeEntry } from '../../src/core/log.ts'
import { UNSEEN } from '../../src/core/schedule.ts'
import type { Store } from '../../src/core/store.ts'
import { MemoryStore } from '../support/memoryStore.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, day, makeCard, makeDeck, Study } from './support/fixtures.ts'
import { History, steps } from './support/history.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/** Random histories a run; raise it by hand after a change to the queries. */
const HISTORIES = Number(process.env.TEST_HISTORIES ?? 5)

/**
 * What every store must do, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineStoreContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  describe('learners', () => {
    const identity = { platform: 'telegram', externalId: '42' } as const

    test('a person seen for the first time becomes a learner with the initial settings', async () => {
      const settings = {
        timeZone: 'Asia/Kathmandu',
        dayStartHour: 0,
        newPerDay: 3,
        reviewsPerDay: 7,
        reminderMinute: 1439,
        hidden: true,
      }
      const learner = await store.learner(identity, settings)
      expect(learner).toEqual({ id: learner.id, ...settings })
    })

    test('a person seen again is the same learner, and keeps their settings', async () => {
      const first = await store.learner(identity, DEFAULT_SETTINGS)
      await store.changeSettings(first.id, { newPerDay: 3 })
      expect(await store.learner(identity, DEFAULT_SETTINGS)).toEqual({ ...first, newPerDay: 3 })
    })

    test('the same id on another platform is another person', async () => {
      const one = await store.learner(identity, DEFAULT_SETTINGS)
      const other = await store.learner({ ...identity, platform: 'discord' }, DEFAULT_SETTINGS)
      expect(other.id).not.toBe(one.id)
    })

    test('a person seen twenty times at once becomes one learner', async () => {
      const learners = await Promise.all(
        Array.from({ length: 20 }, () => store.learner(identity, DEFAULT_SETTINGS)),
      )
      expect(new Set(learners.map(({ id }) => id)).size).toBe(1)
      expect(await opened.differences()).toEqual([])
    })

    test('an empty change of settings gives the learner as they are', async () => {
      const learner = await store.learner(identity, DEFAULT_SETTINGS)
      expect(await store.changeSettings(learner.id, {})).toEqual(learner)
    })

    test('settings of a learner who is not there cannot be changed', async () => {
      await expect(store.changeSettings(99, { newPerDay: 3 })).rejects.toThrow('there is no learner 99')
    })
  })

  describe('decks and enrolment', () => {
    test('decks are listed by title, with nothing started', async () => {
      await store.syncDecks([makeDeck('b', ['b1'], 'Zebra'), makeDeck('a', ['a1', 'a2'], 'antelope')])
      const study = await Study.begin(store)
      const untouched = { isOwn: false, enrolled: true, due: 0, learned: 0, suspended: 0 }
      expect(await store.deckSummaries(study.learnerId, DAY)).toEqual([
        { id: 'a', title: 'antelope', cards: 2, unseen: 2, ...untouched },
        { id: 'b', title: 'Zebra', cards: 1, unseen: 1, ...untouched },
      ])
    })

    test('a summary counts due, learned, suspended and unseen cards of the one learner', async () => {
      await store.syncDecks([makeDeck('d', ['due', 'known', 'stopped', 'untouched', 'never'])])
      const study = await Study.begin(store)
      const other = await Study.begin(store, 'bob')
      await other.answer('untouched', 4)
      await study.answer('due', 4)
      await study.answer('stopped', 4)
      await study.suspend('stopped')
      await study.suspend('never')
      for (const days of [0, 1, 7, 22]) await study.answer('known', 4, day(days))
      const [summary] = await store.deckSummaries(study.learnerId, day(22))
      expect(summary).toMatchObject({ cards: 5, unseen: 2, due: 1, learned: 1, suspended: 2 })
    })

    test('leaving a deck ends its cards and keeps their schedules', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      expect(await store.enrol(study.learnerId, 'd', false)).toBe(true)
      expect(await store.nextDue(study.scope(day(1)))).toBeNull()
      expect(await store.dueCount(study.scope(day(1)))).toBe(0)
      expect(await study.newIds()).toEqual([])
      expect((await study.hand('a')).state.repetitions).toBe(1)
      expect(await store.enrol(study.learnerId, 'd', true)).toBe(true)
      expect(await store.dueCount(study.scope(day(1)))).toBe(1)
      expect(await study.newIds()).toEqual(['b'])
    })

    test('a question about one deck is answered even where the learner has left it', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      await store.enrol(study.learnerId, 'd', false)
      expect(await store.dueCount(study.scope(day(1), 'd'))).toBe(1)
      expect(await study.newIds(9, study.scope(DAY, 'd'))).toEqual(['b'])
    })

    test('there is no enrolling in a deck that is not there', async () => {
      const study = await Study.begin(store)
      expect(await store.enrol(study.learnerId, 'nothing', true)).toBe(false)
    })

    test('only decks neither joined nor left are joined as new', async () => {
      await store.syncDecks([makeDeck('a', ['a1']), makeDeck('b', ['b1'])])
      const study = await Study.begin(store)
      await store.enrol(study.learnerId, 'a', false)
      const decks = [makeDeck('a', ['a1']), makeDeck('b', ['b1']), makeDeck('c', ['c1'])]
      await store.syncDecks(decks)
      expect(await store.enrolInNewDecks(study.learnerId)).toBe(1)
      expect(await store.enrolInNewDecks(study.learnerId)).toBe(0)
      expect(await study.newIds()).toEqual(['b1', 'c1'])
    })
  })

  describe('a card in hand', () => {
    test('carries all that the deck says of it', async () => {
      const card = makeCard('pod', {
        kind: 'choice',
        prompt: 'What\'s a `pod`? "Quotes", \\backslashes\\, {braces}, ünïcödé, 🐙 and\nlines',
        accept: ['a, b', '"c"', 'NULL', ''],
        wrong: ['{}', '[]', "it's"],
        explanation: '%s $1 ?',
      })
      await store.syncDecks([{ id: 'd', title: "The deck's title", cards: [card] }])
      const study = await Study.begin(store)
      expect(await study.hand('pod')).toEqual({
        card,
        deckId: 'd',
        deckTitle: "The deck's title",
        isOwn: false,
        retired: false,
        state: UNSEEN,
      })
      expect(await store.newCards(study.scope(), 1)).toEqual([await study.hand('pod')])
    })

    test('is null where there is no such card', async () => {
      const study = await Study.begin(store)
      expect(await store.card(study.learnerId, 'nothing')).toBeNull()
    })
  })

  describe('answers', () => {
    test('an answer is stored as schedule, log entry and score', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const study = await Study.begin(store)
      const entry = await study.answer('a', 3)
      expect((await study.hand('a')).state).toEqual({ ...entry.after, reviewCount: 1 })
      expect(await store.lastEntryOf(study.learnerId, 'a')).toEqual(entry)
      expect(await store.scoreOn(study.scope())).toEqual(entry.score)
      expect(await opened.differences()).toEqual([])
    })

    test.each([
      ['first', 0],
      ['later', 1],
    ])('a %s answer written twice counts once', async (_name, earlier) => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const study = await Study.begin(store)
      if (earlier > 0) await study.answer('a', 4)
      const entry = await study.answerEntry('a', 4, day(1))
      expect(await store.append(entry)).toBe(true)
      const before = [await study.hand('a'), await store.scoreOn(study.scope(day(1)))]
      expect(await store.append(entry)).toBe(false)
      expect([await study.hand('a'), await store.scoreOn(study.scope(day(1)))]).toEqual(before)
      expect(await opened.differences()).toEqual([])
    })

    test('an entry for a count that the card never had writes nothing', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const study = await Study.begin(store)
      const entry = await study.answerEntry('a', 4)
      expect(await store.append({ ...entry, reviewCount: 5 })).toBe(false)
      expect((await study.hand('a')).state).toEqual(UNSEEN)
      expect(await store.lastEntry(study.learnerId)).toBeNull()
      expect(await store.studyDays(study.learnerId, 9)).toEqual([])
    })

    test('of twenty answers to the same card at once one is written', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const study = await Study.begin(store)
      for (const days of [0, 1]) {
        const entry = await study.answerEntry('a', 4, day(days))
        const written = await Promise.all(Array.from({ length: 20 }, () => store.append(entry)))
        expect(written.filter(Boolean)).toHaveLength(1)
      }
      expect((await study.hand('a')).state.reviewCount).toBe(2)
      expect(await opened.differences()).toEqual([])
    })

    test('undoing the first answer leaves the card as if untouched, and new again', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const study = await Study.begin(store)
      await study.answer('a', 2)
      await study.undo('a')
      expect((await study.hand('a')).state).toEqual({ ...UNSEEN, reviewCount: 2 })
      expect(await study.newIds()).toEqual(['a', 'b'])
      expect(await store.drills(study.scope())).toEqual([])
      expect(await store.studyDays(study.learnerId, 9)).toEqual([])
      expect(await opened.differences()).toEqual([])
    })

    test('a grade given anew replaces the first one everywhere', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const study = await Study.begin(store)
      const first = await study.answer('a', 1)
      const anew = regradeEntry(first, 5, 1, study.tick())
      expect(await store.append(anew)).toBe(true)
      expect(await store.lastEntryOf(study.learnerId, 'a')).toEqual(anew)
      expect(await store.drills(study.scope())).toEqual([])
      expect(await store.scoreOn(study.scope())).toEqual({
        answers: 1,
        reviews: 1,
        passes: 1,
        starts: 1,
        points: 1,
      })
      expect(await opened.differences()).toEqual([])
    })

    test('a card that moved to another deck keeps its points in the old one', async () => {
      await store.syncDecks([makeDeck('d', ['a']), makeDeck('e', ['z'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      await store.syncDecks([makeDeck('d', []), makeDeck('e', ['z', 'a'])])
      await study.undo('a')
      expect(await store.scoreOn(study.scope(DAY, 'e'))).toMatchObject({ answers: 0 })
      expect(await study.newIds()).toEqual(['z', 'a'])
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('due cards', () => {
    /** Answers a card so that it is due `intervalDays` (1 or 6) after the given day. */
    async function schedule(study: Study, cardId: string, intervalDays: 1 | 6, dueIn: number): Promise<void> {
      if (intervalDays === 1) await study.answer(cardId, 4, day(dueIn - 1))
      else for (const days of [dueIn - 7, dueIn - 6]) await study.answer(cardId, 4, day(days))
    }

    test('the most overdue relative to its interval comes first, then the earliest, then the lowest id', async () => {
      // Hyphens and case sort differently in some collations; ids do not follow them.
      await store.syncDecks([makeDeck('d', ['short', 'long', 'b-2', 'b1', 'b-1', 'late', 'even'])])
      const study = await Study.begin(store)
      await schedule(study, 'long', 6, 17) // 3 of 6 days late: 0.5
      await schedule(study, 'short', 1, 18) // 2 of 1: 2
      await schedule(study, 'b1', 1, 19) // 1 of 1, like the two below
      await schedule(study, 'b-2', 1, 19)
      await schedule(study, 'b-1', 1, 19)
      await schedule(study, 'even', 6, 14) // 6 of 6: 1 as well, and due earlier
      await schedule(study, 'late', 6, 20) // not late at all: 0
      const order = ['short', 'even', 'b-1', 'b-2', 'b1', 'long', 'late']
      expect(await store.dueCount(study.scope(day(20)))).toBe(order.length)
      expect(await study.answerAllDue(day(20))).toEqual(order)
    })

    test('a card is due from its day on, not before', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      expect(await store.dueCount(study.scope(DAY))).toBe(0)
      expect(await store.nextDue(study.scope(DAY))).toBeNull()
      expect((await store.nextDue(study.scope(day(1))))?.card.id).toBe('a')
      expect((await store.nextDue(study.scope(day(9))))?.card.id).toBe('a')
    })

    test('cards suspended, retired, of other decks or of other learners are left out', async () => {
      await store.syncDecks([makeDeck('d', ['ask', 'stop', 'retire']), makeDeck('e', ['elsewhere'])])
      const study = await Study.begin(store)
      const other = await Study.begin(store, 'bob')
      await other.answer('ask', 4, day(-9))
      for (const id of ['ask', 'stop', 'retire', 'elsewhere']) await study.answer(id, 4)
      await study.suspend('stop')
      await store.syncDecks([makeDeck('d', ['ask', 'stop']), makeDeck('e', ['elsewhere'])])
      expect(await store.dueCount(study.scope(day(1), 'd'))).toBe(1)
      expect((await store.nextDue(study.scope(day(1), 'd')))?.card.id).toBe('ask')
      expect(await study.answerAllDue(day(1))).toEqual(['ask', 'elsewhere'])
      await study.suspend('stop', false)
      expect(await study.answerAllDue(day(1))).toEqual(['stop'])
    })

    test('of siblings one is asked a day', async () => {
      await store.syncDecks([makeDeck('d', ['pod/1', 'pod/2', 'node'])])
      const study = await Study.begin(store)
      await study.answer('pod-1', 4, day(-2))
      await study.answer('pod-2', 4, day(-1))
      await study.answer('node', 4, day(-1))
      expect(await store.dueCount(study.scope(DAY))).toBe(2)
      expect(await study.answerAllDue(DAY)).toEqual(['pod-1', 'node'])
      expect(await store.dueCount(study.scope(DAY))).toBe(0)
      expect(await study.answerAllDue(day(1))).toEqual(['pod-2'])
    })

    test('a sibling asked is due again once its answer is taken back', async () => {
      await store.syncDecks([makeDeck('d', ['pod/1', 'pod/2'])])
      const study = await Study.begin(store)
      await study.answer('pod-1', 4, day(-2))
      await study.answer('pod-2', 4, day(-1))
      await study.answer('pod-1', 4, DAY)
      expect(await store.nextDue(study.scope(DAY))).toBeNull()
      await study.undo('pod-1')
      expect((await store.nextDue(study.scope(DAY)))?.card.id).toBe('pod-1')
    })
  })

  describe('new cards', () => {
    test('come in the order of the deck, started and suspended ones left out', async () => {
      await store.syncDecks([makeDeck('d', ['e', 'd', 'c', 'b', 'a'])])
      const study = await Study.begin(store)
      await study.answer('d', 4)
      await study.suspend('b')
      expect(await study.newIds()).toEqual(['e', 'c', 'a'])
      expect(await study.newIds(2)).toEqual(['e', 'c'])
      expect(await study.newIds(0)).toEqual([])
    })

    test('come first from the deck with the fewest starts that day, then by title', async () => {
      await store.syncDecks([
        makeDeck('one', ['o1', 'o2', 'o3'], 'One'),
        makeDeck('two', ['t1', 't2', 't3'], 'alpha'),
      ])
      const study = await Study.begin(store)
      const taken: (string | undefined)[] = []
      for (let count = 0; count < 6; count += 1) {
        const [id = ''] = await study.newIds(1)
        taken.push(id)
        await study.answer(id, 4)
      }
      expect(taken).toEqual(['t1', 'o1', 't2', 'o2', 't3', 'o3'])
      expect(await study.newIds()).toEqual([])
    })

    test('a limit reaches over decks, each deck whole before the next', async () => {
      await store.syncDecks([makeDeck('a', ['a1', 'a2']), makeDeck('b', ['b1', 'b2'])])
      const study = await Study.begin(store)
      expect(await study.newIds(3)).toEqual(['a1', 'a2', 'b1'])
    })

    test('of siblings only the first comes, and none on a day one was answered', async () => {
      await store.syncDecks([makeDeck('d', ['pod/1', 'pod/2', 'pod/3', 'node/1', 'node/2'])])
      const study = await Study.begin(store)
      expect(await study.newIds()).toEqual(['pod-1', 'node-1'])
      await study.answer('pod-1', 4)
      expect(await study.newIds()).toEqual(['node-1'])
      expect(await study.newIds(9, study.scope(day(1)))).toEqual(['pod-2', 'node-1'])
    })

    test('of siblings in two decks only the first comes', async () => {
      await store.syncDecks([makeDeck('a', ['pod/1']), makeDeck('b', ['pod/2', 'node'])])
      const study = await Study.begin(store)
      expect(await study.newIds()).toEqual(['pod-1', 'node'])
    })

    test('a card that a later build puts in the middle is not skipped', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
      const study = await Study.begin(store)
      for (const id of ['a', 'b', 'c']) await study.answer(id, 4)
      await store.syncDecks([makeDeck('d', ['a', 'inserted', 'b', 'c'])])
      expect(await study.newIds()).toEqual(['inserted'])
    })

    test('retired and returned cards are new again to whoever never saw them', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
      const study = await Study.begin(store)
      await store.syncDecks([makeDeck('d', ['a', 'c'])])
      expect(await study.newIds()).toEqual(['a', 'c'])
      for (const id of ['a', 'c']) await study.answer(id, 4)
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
      expect(await study.newIds()).toEqual(['b'])
    })

    test('a long walk through a deck skips no card, whatever is taken back on the way', async () => {
      const ids = Array.from({ length: 180 }, (_, index) => `c${String(index).padStart(3, '0')}`)
      await store.syncDecks([makeDeck('d', ids)])
      const study = await Study.begin(store)
      for (const id of ids.slice(0, 120)) await study.answer(id, 4)
      expect(await study.newIds(1)).toEqual(['c120'])
      for (const id of ['c070', 'c005']) {
        await study.undo(id)
        expect(await opened.differences()).toEqual([])
      }
      await study.suspend('c090')
      expect(await study.newIds(3)).toEqual(['c005', 'c070', 'c120'])
      for (const id of ids.slice(120).toReversed()) await study.answer(id, 4)
      expect(await study.newIds()).toEqual(['c005', 'c070'])
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('drills', () => {
    test('are the cards failed or hard that day, the one answered longest ago first', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c', 'easy'])])
      const study = await Study.begin(store)
      await study.answer('b', 1)
      await study.answer('a', 3)
      await study.answer('c', 2)
      await study.answer('easy', 4)
      expect(await store.drills(study.scope())).toEqual(['b', 'a', 'c'])
      await study.answer('b', 2)
      expect(await store.drills(study.scope())).toEqual(['a', 'c', 'b'])
      await study.answer('a', 4)
      expect(await store.drills(study.scope())).toEqual(['c', 'b'])
      expect(await store.drills(study.scope(day(1)))).toEqual([])
    })

    test('leave out cards suspended, retired and of other decks', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c']), makeDeck('e', ['x'])])
      const study = await Study.begin(store)
      for (const id of ['a', 'b', 'c', 'x']) await study.answer(id, 1)
      await study.suspend('a')
      await store.syncDecks([makeDeck('d', ['a', 'c']), makeDeck('e', ['x'])])
      expect(await store.drills(study.scope())).toEqual(['c', 'x'])
      expect(await store.drills(study.scope(DAY, 'd'))).toEqual(['c'])
      await store.enrol(study.learnerId, 'e', false)
      expect(await store.drills(study.scope())).toEqual(['c'])
    })
  })

  describe('the log', () => {
    test('the last entry is the latest that stands', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const study = await Study.begin(store)
      expect(await store.lastEntry(study.learnerId)).toBeNull()
      const a = await study.answer('a', 4)
      const b = await study.answer('b', 4)
      expect(await store.lastEntry(study.learnerId)).toEqual(b)
      await study.undo('b')
      expect(await store.lastEntry(study.learnerId)).toEqual(a)
      expect(await store.lastEntryOf(study.learnerId, 'b')).toBeNull()
      const stop = await study.suspend('b')
      expect(await store.lastEntry(study.learnerId)).toEqual(stop)
      await study.undo('b')
      await study.undo('a')
      expect(await store.lastEntry(study.learnerId)).toBeNull()
      expect(await opened.differences()).toEqual([])
    })

    test('the order of writing decides, not the clock', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      const entry = { ...(await study.answerEntry('b', 4)), answeredAt: at(-60) }
      await store.append(entry)
      expect(await store.lastEntry(study.learnerId)).toEqual(entry)
    })

    test('scores add up over the decks of a day', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b']), makeDeck('e', ['x'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      await study.answer('b', 1)
      await study.answer('b', 4)
      await study.answer('x', 5)
      await study.answer('x', 5, day(1))
      const score = (scope = study.scope()) => store.scoreOn(scope)
      expect(await score()).toEqual({ answers: 4, reviews: 3, passes: 2, starts: 3, points: 2 })
      expect(await score(study.scope(DAY, 'd'))).toEqual({
        answers: 3,
        reviews: 2,
        passes: 1,
        starts: 2,
        points: 1,
      })
      expect(await score(study.scope(day(5)))).toEqual({
        answers: 0,
        reviews: 0,
        passes: 0,
        starts: 0,
        points: 0,
      })
    })

    test('study days are those with an answer that stands, latest first', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b']), makeDeck('e', ['x'])])
      const study = await Study.begin(store)
      await study.answer('a', 4)
      await study.answer('x', 4)
      await study.answer('b', 4, day(3))
      await study.suspend('x', true, day(4))
      await study.answer('a', 4, day(5))
      await study.undo('a')
      expect(await store.studyDays(study.learnerId, 9)).toEqual([day(3), DAY])
      expect(await store.studyDays(study.learnerId, 1)).toEqual([day(3)])
    })
  })

  describe('syncing decks', () => {
    test('counts what is added, changed and retired', async () => {
      const deck = makeDeck('d', ['a', 'b', 'c'])
      expect(await store.syncDecks([deck])).toEqual({ added: 3, changed: 0, retired: 0 })
      expect(await store.syncDecks([deck])).toEqual({ added: 0, changed: 0, retired: 0 })
      const [a = makeCard('a'), b = makeCard('b')] = deck.cards
      const edited = { ...deck, cards: [{ ...a, answer: 'Another.' }, b, makeCard('d')] }
      expect(await store.syncDecks([edited])).toEqual({ added: 1, changed: 1, retired: 1 })
      const study = await Study.begin(store)
      expect((await study.hand('a')).card.answer).toBe('Another.')
      expect(await study.hand('c')).toMatchObject({ retired: true, card: { id: 'c' } })
      expect(await opened.differences()).toEqual([])
    })

    test('a deck that is gone is retired with its cards, and comes back with their schedules', async () => {
      const decks = [makeDeck('d', ['a', 'b']), makeDeck('e', ['x'])]
      await store.syncDecks(decks)
      const study = await Study.begin(store)
      await study.answer('x', 4)
      expect(await store.syncDecks(decks.slice(0, 1))).toEqual({ added: 0, changed: 0, retired: 1 })
      expect((await store.deckSummaries(study.learnerId, DAY)).map(({ id }) => id)).toEqual(['d'])
      expect(await store.enrol(study.learnerId, 'e', true)).toBe(false)
      expect(await store.syncDecks(decks)).toEqual({ added: 1, changed: 0, retired: 0 })
      expect(await study.hand('x')).toMatchObject({ retired: false, state: { repetitions: 1 } })
      expect(await opened.differences()).toEqual([])
    })

    test('a deck with a new title only changes no card', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      expect(await store.syncDecks([makeDeck('d', ['a'], 'Renamed')])).toMatchObject({ changed: 0 })
      const study = await Study.begin(store)
      expect((await study.hand('a')).deckTitle).toBe('Renamed')
    })

    test('the number of a card that left is not given out again', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b']), makeDeck('e', [])])
      const study = await Study.begin(store)
      for (const id of ['a', 'b']) await study.answer(id, 4)
      await store.syncDecks([makeDeck('d', ['a']), makeDeck('e', ['b'])])
      await store.syncDecks([makeDeck('d', ['a', 'c']), makeDeck('e', ['b'])])
      expect(await study.newIds()).toEqual(['c'])
      expect(await opened.differences()).toEqual([])
    })

    test('the same id in two decks is refused, and nothing is stored', async () => {
      const decks = [makeDeck('d', ['a', 'b']), makeDeck('e', ['b'])]
      await expect(store.syncDecks(decks)).rejects.toThrow(/card "b".*deck "d".*deck "e"/)
      const study = await Study.begin(store)
      expect(await store.deckSummaries(study.learnerId, DAY)).toEqual([])
    })

    test('ten starts at once store each card once', async () => {
      const decks = [makeDeck('d', ['a', 'b', 'c']), makeDeck('e', ['x'])]
      const results = await Promise.all(Array.from({ length: 10 }, () => store.syncDecks(decks)))
      expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(4)
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('any history', () => {
    test('ends as in a store that only keeps a log, and the doctor finds nothing', async () => {
      await fc.assert(
        fc
          .asyncProperty(steps, async (history) => {
            const played = await History.begin([new MemoryStore(), store])
            for (const step of history) await played.play(step)
            await played.compare()
            expect(await opened.differences()).toEqual([])
          })
          .beforeEach(() => opened.reset()),
        { numRuns: HISTORIES },
      )
    })
  })
}
