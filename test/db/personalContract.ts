import { getTableName, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/core/store.ts'
import { ALL_TIME_STARTS_ON } from '../../src/core/team/board.ts'
import { LEARNER_TABLES, OTHER_LEARNER } from '../../src/db/learnerTables.ts'
import { boardScores, pairings, wrongCodes } from '../../src/db/schema.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/**
 * What every store must do to look back and to give a person's data out of the hand, whichever database is
 * underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function definePersonalContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  describe('the forecast', () => {
    test('counts each card on its due day, siblings each, and what is overdue on the first', async () => {
      await store.syncDecks([
        makeDeck('d', ['overdue', 'today', 'pod/1', 'pod/2', 'known', 'new']),
        makeDeck('e', ['elsewhere']),
      ])
      const study = await Study.begin(store)
      const other = await Study.begin(store, 'bob')
      await other.answer('new', 4)
      await study.answer('overdue', 4, day(-9))
      await study.answer('today', 4, day(-1))
      for (const id of ['pod-1', 'pod-2', 'elsewhere']) await study.answer(id, 4, DAY)
      for (const days of [-3, -2]) await study.answer('known', 4, day(days))
      expect(await store.dueForecast(study.learnerId, DAY, 5)).toEqual([2, 3, 0, 0, 1])
      expect(await store.dueForecast(study.learnerId, DAY, 4)).toEqual([2, 3, 0, 0])
      expect(await store.dueForecast(study.learnerId, day(1), 2)).toEqual([5, 0])
      expect(await store.dueForecast(study.learnerId, DAY, 0)).toEqual([])
    })

    test('leaves out cards suspended, retired, taken back and of decks left', async () => {
      await store.syncDecks([makeDeck('d', ['ask', 'stop', 'retire', 'undo']), makeDeck('e', ['left'])])
      const study = await Study.begin(store)
      for (const id of ['ask', 'stop', 'retire', 'undo', 'left']) await study.answer(id, 4)
      await study.suspend('stop')
      await study.undo('undo')
      await store.enrol(study.learnerId, 'e', false)
      await store.syncDecks([makeDeck('d', ['ask', 'stop', 'undo']), makeDeck('e', ['left'])])
      expect(await store.dueForecast(study.learnerId, DAY, 3)).toEqual([0, 1, 0])
    })
  })

  describe('looking back', () => {
    test('scores add up over days and decks from a day on', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b']), makeDeck('e', ['x'])])
      const study = await Study.begin(store)
      await study.answer('a', 4, DAY)
      await study.answer('b', 1, day(1))
      await study.answer('x', 4, day(2))
      const none = { answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 }
      expect(await store.scoreSince(study.learnerId, day(1))).toEqual({
        answers: 2,
        reviews: 2,
        passes: 1,
        starts: 2,
        points: 1,
      })
      expect(await store.scoreSince(study.learnerId, DAY)).toMatchObject({ answers: 3 })
      expect(await store.scoreSince(study.learnerId, day(3))).toEqual(none)
      expect(await store.scoreSince(study.learnerId + 1, DAY)).toEqual(none)
    })

    test('progress counts cards learned and cards seen, of the one learner', async () => {
      await store.syncDecks([makeDeck('d', ['known', 'seen', 'undone', 'stopped', 'new'])])
      const study = await Study.begin(store)
      const other = await Study.begin(store, 'bob')
      expect(await store.progress(study.learnerId)).toEqual({ learned: 0, seen: 0 })
      await other.answer('new', 4)
      for (const days of [0, 1, 7, 22]) await study.answer('known', 4, day(days))
      await study.answer('seen', 1)
      await study.answer('undone', 4)
      await study.undo('undone')
      await study.suspend('stopped')
      expect(await store.progress(study.learnerId)).toEqual({ learned: 1, seen: 2 })
    })
  })

  describe('reports of mistakes', () => {
    test('are kept each, and listed latest first with what they are about', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      await store.reportMistake(ada.learnerId, 'a', 'first', at(1))
      await store.reportMistake(bob.learnerId, 'b', 'third', at(3))
      await store.reportMistake(ada.learnerId, 'a', 'second', at(2))
      await store.reportMistake(ada.learnerId, 'a', 'at the same time', at(2))
      const source = { file: 'notes/things.md', line: 3 }
      const a = { cardId: 'a', prompt: 'What is a?', source }
      expect(await store.mistakeReports(9)).toEqual([
        { cardId: 'b', prompt: 'What is b?', source, text: 'third', reportedAt: at(3) },
        { ...a, text: 'at the same time', reportedAt: at(2) },
        { ...a, text: 'second', reportedAt: at(2) },
        { ...a, text: 'first', reportedAt: at(1) },
      ])
      expect(await store.mistakeReports(1)).toHaveLength(1)
      expect(await opened.differences()).toEqual([])
    })

    test('that come again in the same words are kept once', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      for (const minute of [1, 2]) await store.reportMistake(ada.learnerId, 'a', 'wrong', at(minute))
      await store.reportMistake(ada.learnerId, 'b', 'wrong', at(3))
      await store.reportMistake(bob.learnerId, 'a', 'wrong', at(4))
      expect((await store.mistakeReports(9)).map(({ reportedAt }) => reportedAt)).toEqual([
        at(4),
        at(3),
        at(1),
      ])
    })

    test('may hold text of any kind', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const { learnerId } = await Study.begin(store)
      await store.reportMistake(learnerId, 'a', "\0'; drop table mistakes; --\udfff", at(1))
      expect(await store.mistakeReports(1)).toMatchObject([{ text: "'; drop table mistakes; --\ufffd" }])
    })
  })

  /** A learner of whom there is something in every table. */
  async function liveFully(name: string): Promise<Study> {
    await store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
    const study = await Study.begin(store, name)
    const { learnerId } = study
    const chat = { platform: 'telegram', chatId: name } as const
    await study.answer('a', 4)
    await study.answer('b', 1)
    await study.undo('a')
    await study.suspend('c')
    await store.changeSettings(learnerId, { reminderMinute: 450 })
    await store.saveConversation(chat, learnerId, { messageId: '17', input: null, handled: ['5'] })
    await store.reachIn(learnerId, chat, at(5))
    await store.reportMistake(learnerId, 'b', `${name} found it`, at(1))
    await playRound(study, name)
    const link = `https://chat.example/${name}`
    const kept = await store.saveDraft(learnerId, { prompt: `Of ${name}?`, answer: 'yes', link }, at(3))
    await store.keepDraft(learnerId, kept)
    await store.saveDraft(learnerId, { prompt: `Draft of ${name}`, answer: 'no', link }, at(4))
    await learnInTeam(study, name)
    return study
  }

  async function learnInTeam({ learnerId }: Study, name: string): Promise<void> {
    const place = { platform: 'telegram', placeId: '-1' } as const
    await store.setUpPlace({ place, name: 'Crew', chatId: '-1' }, 'UTC', at(0))
    await store.takePart(learnerId, { place }, name, at(5))
    const team = await store.teamAt(place)
    const board = { period: 'all', startsOn: ALL_TIME_STARTS_ON, deckId: '' } as const
    await opened.db
      .insert(boardScores)
      .values({ ...board, learnerId, teamId: team?.id ?? 0, points: 0, shown: true })
      .onConflictDoNothing()
    const pairing = { id: name, kind: 'person', codeHash: `hash ${name}`, platform: 'telegram' } as const
    await opened.db.insert(pairings).values({ ...pairing, learnerId, expiresAt: at(10) })
    await opened.db.insert(wrongCodes).values({ learnerId, since: at(5), tries: 2 })
  }

  async function playRound({ learnerId }: Study, chatId: string): Promise<number> {
    const place = { platform: 'telegram', chatId } as const
    const question = { cardId: 'b', choices: ['x', 'y'], right: 1 }
    const open = await store.roundAt(place)
    const roundId =
      open?.id ??
      (await store.openRound({ place, deckId: null, secondsPerQuestion: null }, [question], at(0))) ??
      0
    await store.answerRound({
      roundId,
      position: 0,
      learnerId,
      name: `player ${learnerId}`,
      choice: 1,
      isRight: true,
      reviewCount: 2,
      answeredAt: at(2),
      dailyKey: null,
      late: false,
    })
    return roundId
  }

  /** How many rows each table with a learner has of this one; found in the database, so that none is left out. */
  async function rowsOf(learnerId: number): Promise<Record<string, number>> {
    const tables = await opened.db
      .select({ name: sql<string>`table_name` })
      .from(sql`information_schema.columns`)
      .where(sql`table_schema = 'public' and column_name = 'learner_id'`)
    const counts: Record<string, number> = {}
    for (const { name } of [...tables, { name: 'learners' }, { name: 'cards' }]) {
      const isTheirs = {
        learners: sql`id = ${learnerId}`,
        cards: sql`deck_id in (select id from decks where learner_id = ${learnerId})`,
      }[name]
      const [row] = await opened.db
        .select({ count: sql<number>`count(*)::integer` })
        .from(sql`${sql.identifier(name)}`)
        .where(isTheirs ?? sql`learner_id = ${learnerId}`)
      counts[name] = row?.count ?? 0
    }
    return counts
  }

  test('every column with a learner in it is known to the export, to forgetting and to the doctor', async () => {
    const columns = await opened.db
      .select({ name: sql<string>`table_name || '.' || column_name` })
      .from(sql`information_schema.columns`)
      .where(sql`table_schema = 'public' and column_name like '%learner_id'`)
    const known = Object.values(LEARNER_TABLES).map((table) => `${getTableName(table)}.learner_id`)
    known.push(`${getTableName(OTHER_LEARNER.table)}.other_learner_id`)
    expect(columns.map(({ name }) => name).sort()).toEqual(known.sort())
  })

  describe('the export', () => {
    test('holds everything stored about the learner, and nothing of others, as plain JSON', async () => {
      const { learnerId } = await liveFully('ada')
      await liveFully('bob')
      const exported = await store.exportLearner(learnerId)
      expect(JSON.parse(JSON.stringify(exported))).toEqual(exported)
      expect(JSON.stringify(exported)).not.toContain('bob')
      const { learners, ...counts } = await rowsOf(learnerId)
      const exportedRows = Object.values(exported).flat().length
      // `learner` is one object; every other table is a list.
      expect(exportedRows).toBe(Object.values(counts).reduce((sum, count) => sum + count, learners ?? 0))
      expect(exported).toMatchObject({
        learner: {
          id: learnerId,
          timeZone: 'UTC',
          reminderMinute: 450,
          createdAt: expect.stringMatching(/Z$/),
        },
        identities: [{ platform: 'terminal', externalId: 'ada' }],
        chats: [{ platform: 'telegram', chatId: 'ada', messageId: '17' }],
        reminders: [{ chatId: 'ada', remindAt: at(5).toISOString() }],
        enrolments: expect.arrayContaining([expect.objectContaining({ deckId: 'd', enrolled: true })]),
        ownDecks: [{ title: 'My cards', learnerId, cardCount: 1 }],
        ownCards: [{ prompt: 'Of ada\\?', answer: 'yes', sourceFile: 'https://chat.example/ada' }],
        drafts: expect.arrayContaining([
          expect.objectContaining({ prompt: 'Of ada?', answer: 'yes', savedAt: at(3).toISOString() }),
          expect.objectContaining({ prompt: 'Draft of ada', cardId: null }),
        ]),
        schedules: [
          { cardId: 'a', dueOn: null, reviewCount: 2 },
          { cardId: 'b', dueOn: day(1), intervalDays: 1 },
          { cardId: 'c', suspended: true },
        ],
        reviews: [
          { cardId: 'a', kind: 'scheduled', quality: 4, studyDay: DAY, answeredAt: at(1).toISOString() },
          { cardId: 'b', quality: 1, afterDueOn: day(1) },
          { cardId: 'a', kind: 'undo', undoes: 0 },
          { cardId: 'c', kind: 'suspend' },
        ],
        scores: [{ deckId: 'd', studyDay: DAY, answers: 1 }],
        roundAnswers: [{ cardId: 'b', choice: 1, isRight: true, answeredAt: at(2).toISOString() }],
        mistakes: [{ cardId: 'b', text: 'ada found it', reportedAt: at(1).toISOString() }],
        memberships: [{ name: 'ada', shown: true }],
        memberPlaces: [{ platform: 'telegram', placeId: '-1', checkedAt: at(5).toISOString() }],
        pairings: [{ id: 'ada', kind: 'person' }],
        wrongCodes: [{ tries: 2 }],
      })
    })

    test('of nobody is refused', async () => {
      await expect(store.exportLearner(99)).rejects.toThrow('there is no learner 99')
    })
  })

  describe('forgetting', () => {
    test('leaves nothing of the learner in any table, and everything of others', async () => {
      const ada = await liveFully('ada')
      const bob = await liveFully('bob')
      const before = await rowsOf(bob.learnerId)
      const filled = await rowsOf(ada.learnerId)
      // A new table with a learner belongs in `liveFully`, in `forget` and in the export.
      expect(Object.entries(filled).filter(([, count]) => count === 0)).toEqual([])
      expect(await store.forget(ada.learnerId)).toBe(4)
      expect(Object.values(await rowsOf(ada.learnerId)).filter((count) => count > 0)).toEqual([])
      expect(await rowsOf(bob.learnerId)).toEqual(before)
      expect(await store.conversation({ platform: 'telegram', chatId: 'ada' })).toMatchObject({
        messageId: null,
      })
      expect(await opened.differences()).toEqual([])
      expect(await store.forget(ada.learnerId)).toBe(0)
    })

    test('ends the quiz in the own chat, and leaves one in a group with the answers of the others', async () => {
      const ada = await liveFully('ada')
      const bob = await Study.begin(store, 'bob')
      await store.saveConversation({ platform: 'telegram', chatId: 'group' }, null, {
        messageId: null,
        input: null,
        handled: ['1'],
      })
      const group = await playRound(ada, 'group')
      await playRound(bob, 'group')
      await store.forget(ada.learnerId)
      expect(await store.roundAt({ platform: 'telegram', chatId: 'ada' })).toBeNull()
      expect((await store.idleRounds('telegram')).map(({ id }) => id)).toEqual([group])
      expect(await store.standings(group)).toMatchObject([{ learnerId: bob.learnerId }])
      expect(await opened.differences()).toEqual([])
    })

    test('drops what two people were about to become, whichever of them goes', async () => {
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      for (const [one, other] of [
        [ada, bob],
        [bob, ada],
      ] as const) {
        const id = `${one.learnerId}`
        await opened.db.insert(pairings).values({
          learnerId: one.learnerId,
          id,
          kind: 'person',
          codeHash: id,
          platform: 'terminal',
          otherLearnerId: other.learnerId,
          expiresAt: at(10),
        })
      }
      expect(await store.exportLearner(ada.learnerId)).toMatchObject({ pairings: [{ id: '1' }, { id: '2' }] })
      await store.forget(ada.learnerId)
      expect(await opened.db.select().from(pairings)).toEqual([])
    })

    test('a person who comes back is somebody new', async () => {
      const ada = await liveFully('ada')
      await store.forget(ada.learnerId)
      const again = await Study.begin(store, 'ada')
      expect(again.learnerId).not.toBe(ada.learnerId)
      expect((await again.hand('b')).state.reviewCount).toBe(0)
    })

    test('while answers are being written leaves none of them', async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `c${index}`)
      await store.syncDecks([makeDeck('d', ids)])
      for (let round = 0; round < 5; round++) {
        const study = await Study.begin(store, `learner-${round}`)
        for (const id of ids.slice(0, 15)) await study.answer(id, 4)
        const entries = await Promise.all(ids.map((id) => study.answerEntry(id, 4, day(1))))
        const half = entries.length / 2
        await Promise.all([
          ...entries.slice(0, half).map((entry) => store.append(entry)),
          store.forget(study.learnerId),
          ...entries.slice(half).map((entry) => store.append(entry)),
          store.forget(study.learnerId),
        ])
        const left = Object.entries(await rowsOf(study.learnerId)).filter(([, count]) => count > 0)
        expect(left).toEqual([])
      }
      expect(await opened.differences()).toEqual([])
    })
  })
}
