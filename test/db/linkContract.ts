import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Platform } from '../../src/core/learner.ts'
import { regradeEntry } from '../../src/core/log.ts'
import type { PairingParty } from '../../src/core/pairingStore.ts'
import type { CardState } from '../../src/core/schedule.ts'
import type { Store } from '../../src/core/store.ts'
import type { StudyDay } from '../../src/core/studyDay.ts'
import { ALL_TIME_STARTS_ON } from '../../src/core/team/board.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, day, makeDeck, Study } from './support/fixtures.ts'
import { History, steps } from './support/history.ts'
import { join, partyOn } from './support/joining.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

/** Random histories a run; raise it by hand after a change to the merge. */
const HISTORIES = Number(process.env.TEST_HISTORIES ?? 3)
const HOUR = 60

/**
 * What every store must do to make two learners one, and one two, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineLinkContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  async function learner(externalId: string, platform: Platform = 'telegram'): Promise<number> {
    return (await store.learner({ platform, externalId }, DEFAULT_SETTINGS)).id
  }

  /** Every state a learner is in, by card. */
  async function statesOf(learnerId: number): Promise<Map<string, CardState>> {
    const rows = await opened.db.execute(
      sql`select card_id from schedules where learner_id = ${learnerId} order by card_id collate "C"`,
    )
    const states = new Map<string, CardState>()
    for (const { card_id: cardId } of rowsIn<{ card_id: string }>(rows)) {
      const hand = await store.card(learnerId, cardId)
      if (hand !== null) states.set(cardId, hand.state)
    }
    return states
  }

  async function count(table: string, condition = sql`true`): Promise<number> {
    const rows = await opened.db.execute(
      sql`select count(*)::integer as count from ${sql.identifier(table)} where ${condition}`,
    )
    return rowsIn<{ count: number }>(rows)[0]?.count ?? 0
  }

  /** A card that the learner makes for themselves. */
  async function makeOwn(learnerId: number): Promise<void> {
    const id = await store.saveDraft(learnerId, { prompt: 'p', answer: 'an answer', link: null }, at(0))
    await store.keepDraft(learnerId, id)
  }

  describe('a code', () => {
    let ada: PairingParty
    let bob: PairingParty

    beforeEach(async () => {
      ada = partyOn('discord', await learner('ada', 'discord'))
      bob = partyOn('telegram', await learner('bob'))
    })

    test('is eight characters that cannot be mistaken, and only its hash is stored', async () => {
      const { code, pairing } = await store.beginPairing(ada, 'person', at(0))
      expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/)
      expect(pairing).toMatchObject({ showedCode: true, other: null, confirmed: false, expiresAt: at(10) })
      expect(await count('pairings', sql`pairings::text ilike ${`%${code}%`}`)).toBe(0)
      expect(await count('pairings', sql`code_hash ~ '^[0-9a-f]{64}$'`)).toBe(1)
    })

    test('shows each side who the other is', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const study = await Study.begin(store, 'cy')
      await study.answer('a', 4)
      const { code } = await store.beginPairing(partyOn('terminal', study.learnerId), 'person', at(0))
      const entered = await store.enterCode(bob, 'person', code, at(1))
      if (entered.kind !== 'entered') throw new Error(`it was ${entered.kind}`)
      expect(entered.pairing).toMatchObject({
        showedCode: false,
        other: { platform: 'terminal', placeId: null, studied: { cards: 1 } },
        confirmed: false,
        otherConfirmed: false,
      })
    })

    test('joins once both sides have confirmed, in either order, and never before', async () => {
      for (const [name, isShownFirst] of [
        ['one', true],
        ['two', false],
      ] as const) {
        const shows = partyOn('discord', await learner(`${name} shows`, 'discord'))
        const enters = partyOn('telegram', await learner(`${name} enters`))
        const { code } = await store.beginPairing(shows, 'person', at(0))
        const entered = await store.enterCode(enters, 'person', code, at(1))
        const id = entered.kind === 'entered' ? entered.pairing.id : ''
        const [first, second] = isShownFirst ? [shows, enters] : [enters, shows]
        for (const _ of [1, 2]) {
          expect(await store.confirmPairing(first, 'person', id, at(2))).toMatchObject({
            kind: 'waiting',
            counted: true,
            pairing: { confirmed: true, otherConfirmed: false },
          })
        }
        expect(await count('learners', sql`id = ${enters.learnerId}`)).toBe(1)
        expect(await store.confirmPairing(second, 'person', id, at(3))).toEqual({ kind: 'joined' })
        expect(await learner(`${name} enters`)).toBe(shows.learnerId)
        // Again, from either side, as the person who they are now.
        const again = await store.confirmPairing(shows, 'person', id, at(4))
        expect(again).toEqual({ kind: 'joined' })
      }
    })

    test('confirms nothing for whoever has not seen the other side', async () => {
      const { code } = await store.beginPairing(ada, 'person', at(0))
      const unseen = code.toLowerCase()
      expect(await store.confirmPairing(ada, 'person', unseen, at(1))).toMatchObject({
        kind: 'waiting',
        counted: false,
        pairing: { other: null },
      })
      await store.enterCode(bob, 'person', code, at(1))
      for (const _ of [1, 2]) {
        expect(await store.confirmPairing(ada, 'person', unseen, at(2))).toMatchObject({
          counted: false,
          pairing: { other: { platform: 'telegram' }, confirmed: false },
        })
      }
      // The code is no id for anybody else.
      expect(await store.confirmPairing(bob, 'person', unseen, at(2))).toEqual({ kind: 'gone' })
    })

    test('works for one side only, which may enter it again', async () => {
      const cy = partyOn('telegram', await learner('cy'))
      const { code } = await store.beginPairing(ada, 'person', at(0))
      const first = await store.enterCode(bob, 'person', code, at(1))
      expect(await store.enterCode(bob, 'person', code, at(2))).toEqual(first)
      expect(await store.enterCode(cy, 'person', code, at(2))).toEqual({ kind: 'refused', reason: 'wrong' })
      const id = first.kind === 'entered' ? first.pairing.id : ''
      for (const party of [ada, bob]) await store.confirmPairing(party, 'person', id, at(3))
      expect(await store.enterCode(cy, 'person', code, at(4))).toEqual({ kind: 'refused', reason: 'wrong' })
      expect(await store.confirmPairing(cy, 'person', id, at(4))).toEqual({ kind: 'gone' })
      expect(await learner('cy')).toBe(cy.learnerId)
    })

    test('entered by twenty at once works for one of them', async () => {
      const { code } = await store.beginPairing(ada, 'person', at(0))
      const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => learner(`x${index}`)))
      const all = await Promise.all(
        ids.map((id) => store.enterCode(partyOn('telegram', id), 'person', code, at(1))),
      )
      expect(all.filter(({ kind }) => kind === 'entered')).toHaveLength(1)
    })

    test('is refused from the same account, and from the same platform', async () => {
      const { code } = await store.beginPairing(ada, 'person', at(0))
      expect(await store.enterCode(ada, 'person', code, at(1))).toEqual({ kind: 'refused', reason: 'own' })
      const elsewhere = partyOn('telegram', ada.learnerId)
      expect(await store.enterCode(elsewhere, 'person', code, at(1))).toMatchObject({ reason: 'own' })
      const same = partyOn('discord', await learner('cy', 'discord'))
      expect(await store.enterCode(same, 'person', code, at(1))).toMatchObject({ reason: 'samePlatform' })
      expect(await store.enterCode(bob, 'team', code, at(1))).toMatchObject({ reason: 'wrong' })
      expect((await store.enterCode(bob, 'person', code, at(1))).kind).toBe('entered')
    })

    test('is valid for ten minutes, for entering and for confirming', async () => {
      const { code } = await store.beginPairing(ada, 'person', at(0))
      const entered = await store.enterCode(bob, 'person', code, at(9.99))
      const id = entered.kind === 'entered' ? entered.pairing.id : ''
      await store.confirmPairing(ada, 'person', id, at(9.99))
      expect(await store.confirmPairing(bob, 'person', id, at(10))).toEqual({ kind: 'gone' })
      expect(await store.enterCode(bob, 'person', code, at(10))).toEqual({
        kind: 'refused',
        reason: 'expired',
      })
      // Swept in the end, and then as if it had never been.
      await store.beginPairing(bob, 'person', at(HOUR))
      expect(await store.enterCode(bob, 'person', code, at(HOUR))).toMatchObject({ reason: 'wrong' })
      expect(await count('pairings')).toBe(1)
    })

    test('gives way to a newer one of the same account, and goes when either side gives up', async () => {
      const old = await store.beginPairing(ada, 'person', at(0))
      const { code } = await store.beginPairing(ada, 'person', at(1))
      expect(await store.enterCode(bob, 'person', old.code, at(2))).toMatchObject({ reason: 'wrong' })
      const entered = await store.enterCode(bob, 'person', code, at(2))
      const id = entered.kind === 'entered' ? entered.pairing.id : ''
      const cy = partyOn('telegram', await learner('cy'))
      for (const by of [id, code]) expect(await store.dropPairing(cy, 'person', by)).toBe('gone')
      expect(await store.dropPairing(bob, 'person', code)).toBe('gone')
      expect(await store.dropPairing(bob, 'team', id)).toBe('gone')
      expect(await store.dropPairing(bob, 'person', id)).toBe('dropped')
      expect(await store.dropPairing(bob, 'person', id)).toBe('gone')
      expect(await store.confirmPairing(ada, 'person', id, at(3))).toEqual({ kind: 'gone' })
      const last = await store.beginPairing(ada, 'person', at(4))
      expect(await store.dropPairing(ada, 'person', last.code.toLowerCase())).toBe('dropped')
    })

    test('is not given up any more once the two are one, and says so', async () => {
      const { code } = await store.beginPairing(ada, 'person', at(0))
      const entered = await store.enterCode(bob, 'person', code, at(1))
      const id = entered.kind === 'entered' ? entered.pairing.id : ''
      for (const party of [ada, bob]) await store.confirmPairing(party, 'person', id, at(2))
      expect(await store.dropPairing(ada, 'person', id)).toBe('joined')
    })

    test('of a place is given up by whoever manages one of the two', async () => {
      const place = { ...ada, platform: 'discord', placeId: '77' } as const
      const { code } = await store.beginPairing(place, 'team', at(0))
      const entered = await store.enterCode({ ...bob, placeId: '-5' }, 'team', code, at(1))
      const id = entered.kind === 'entered' ? entered.pairing.id : ''
      const learnerId = await learner('another', 'discord')
      expect(await store.dropPairing({ ...place, learnerId, placeId: '78' }, 'team', id)).toBe('gone')
      expect(await store.dropPairing({ ...place, learnerId }, 'team', id)).toBe('dropped')
      expect(await store.enterCode({ ...bob, placeId: '-5' }, 'team', code, at(2))).toMatchObject({
        reason: 'wrong',
      })
    })

    test('is refused after five wrong ones, the right one too, until ten minutes are over', async () => {
      const { code } = await store.beginPairing(ada, 'person', at(0))
      const wrong = code === '22222222' ? '33333333' : '22222222'
      for (const minute of [1, 2, 3, 4, 5]) {
        expect(await store.enterCode(bob, 'person', wrong, at(minute))).toMatchObject({ reason: 'wrong' })
      }
      for (const minute of [5, 10, 10.99]) {
        const until = { kind: 'blocked', until: at(11) }
        expect(await store.enterCode(bob, 'person', code, at(minute))).toEqual(until)
      }
      const fresh = await store.beginPairing(ada, 'person', at(11))
      expect((await store.enterCode(bob, 'person', fresh.code, at(11))).kind).toBe('entered')
    })

    test('a right one forgives no wrong ones', async () => {
      const helper = partyOn('discord', await learner('helper', 'discord'))
      for (let tries = 0; tries < 4; tries += 1) await store.enterCode(bob, 'person', '22222222', at(0))
      const own = await store.beginPairing(helper, 'person', at(0))
      expect((await store.enterCode(bob, 'person', own.code, at(1))).kind).toBe('entered')
      await store.enterCode(bob, 'person', '22222222', at(1))
      expect(await store.enterCode(bob, 'person', own.code, at(1))).toMatchObject({ kind: 'blocked' })
    })

    test('cannot be guessed: of 10,000 at once five are looked at, and none is found', async () => {
      const shown = await Promise.all(
        Array.from({ length: 50 }, async (_, index) =>
          store.beginPairing(partyOn('discord', await learner(`shows ${index}`, 'discord')), 'person', at(0)),
        ),
      )
      const guesses = Array.from({ length: 10_000 }, (_, index) => guess(index))
      // The right ones come late among them.
      guesses.splice(5000, shown.length, ...shown.map(({ code }) => code))
      const outcomes = new Map<string, number>()
      // Twenty at once, who all come before the first is counted; then many.
      for (let from = 0; from < guesses.length; from += from === 0 ? 20 : 499) {
        const some = guesses.slice(from, from + (from === 0 ? 20 : 499))
        const entered = await Promise.all(
          some.map((code) => store.enterCode(bob, 'person', code, at(from / 2000))),
        )
        for (const { kind } of entered) outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1)
      }
      expect(Object.fromEntries(outcomes)).toEqual({ refused: 5, blocked: 9995 })
    }, 180_000)
  })

  describe('joining two learners', () => {
    test('after any history leaves each card as its further-advanced log has it, and the doctor content', async () => {
      await fc.assert(
        fc
          .asyncProperty(steps, steps, steps, async (before, more, after) => {
            const played = await History.begin([store])
            for (const step of [...before, { kind: 'switchLearner' as const }, ...more])
              await played.play(step)
            const [ada, bob] = [await learner('ada'), await learner('bob')]
            for (const id of [ada, bob, bob]) await makeOwn(id)
            const expected = further(await statesOf(ada), await statesOf(bob))
            const days = union(await store.studyDays(ada, 999), await store.studyDays(bob, 999))

            await join(store, ada, bob, at(2000))
            expect(await opened.differences()).toEqual([])
            expect(await statesOf(ada)).toEqual(expected)
            expect(await store.studyDays(ada, 999)).toEqual(days)
            expect(await learner('bob')).toBe(ada)

            // Life goes on, and what stood before the transfers stays as it is.
            const same = await History.resume([store], [ada, ada])
            for (const step of after) await same.play(step)
            expect(await opened.differences()).toEqual([])

            const known = withoutCount(await statesOf(ada))
            expect(await store.unlink(ada, { platform: 'telegram', externalId: 'bob' }, at(3000))).toBe(true)
            const separate = await learner('bob')
            expect(separate).not.toBe(ada)
            expect(withoutCount(await statesOf(ada))).toEqual(known)
            expect(withoutCount(await statesOf(separate))).toEqual(
              new Map([...known].filter(([id, { dueOn, suspended }]) => isKept(id, dueOn, suspended))),
            )
            expect(await opened.differences()).toEqual([])
          })
          .beforeEach(() => opened.reset()),
        { numRuns: HISTORIES },
      )
    })

    test('keeps both logs, each as it was written, and an undo before the transfer is no more', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const [ada, bob] = [await Study.begin(store), await Study.begin(store, 'bob')]
      for (const days of [0, 1, 7]) await ada.answer('a', 4, day(days))
      await bob.answer('a', 4, DAY)
      await bob.undo('a')
      await bob.answer('a', 3, DAY)
      const last = await store.lastEntryOf(bob.learnerId, 'a')
      if (last === null) throw new Error('nothing stands')
      await store.append(regradeEntry(last, 5, 3, at(50)))
      await join(store, ada.learnerId, bob.learnerId, at(100))
      const rows = rowsIn<{ kind: string; undoes: number | null }>(
        await opened.db.execute(
          sql`select kind, undoes from reviews where learner_id = ${ada.learnerId} order by review_count`,
        ),
      )
      expect(rows.map(({ kind, undoes }) => [kind, undoes])).toEqual([
        ['scheduled', null],
        ['undo', 0],
        ['scheduled', null],
        ['scheduled', 2],
        ['transfer', null],
        ['scheduled', null],
        ['scheduled', null],
        ['scheduled', null],
      ])
      for (const expected of [7, 6, 5]) {
        expect(await store.lastEntryOf(ada.learnerId, 'a')).toMatchObject({ reviewCount: expected })
        await ada.undo('a')
      }
      expect(await store.lastEntryOf(ada.learnerId, 'a')).toBeNull()
      expect(await store.lastEntry(ada.learnerId)).toBeNull()
      expect(await opened.differences()).toEqual([])
    })

    test('adds up scores, and unites days and enrolments', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b']), makeDeck('e', ['x', 'y'])])
      const [ada, bob] = [await Study.begin(store), await Study.begin(store, 'bob')]
      await ada.answer('a', 4, DAY)
      await bob.answer('b', 4, DAY)
      await bob.answer('x', 4, day(1))
      await store.enrol(ada.learnerId, 'e', false)
      await join(store, ada.learnerId, bob.learnerId, at(100))
      expect(await store.scoreOn(ada.scope())).toMatchObject({ answers: 2, points: 2 })
      expect(await store.studyDays(ada.learnerId, 9)).toEqual([day(1), DAY])
      expect(await ada.newIds(9, ada.scope(day(2)))).toEqual(['y'])
    })

    test('puts both own decks into one, in which nothing is skipped', async () => {
      const [ada, bob] = [await Study.begin(store), await Study.begin(store, 'bob')]
      for (const { learnerId } of [ada, ada, bob, bob, bob]) await makeOwn(learnerId)
      const [first] = await bob.newIds()
      await bob.answer(first ?? '', 4)
      await join(store, ada.learnerId, bob.learnerId, at(100))
      expect(await store.deckSummaries(ada.learnerId, DAY)).toMatchObject([
        { title: 'My cards', isOwn: true, enrolled: true, cards: 5, unseen: 4 },
      ])
      expect(await ada.newIds()).toHaveLength(4)
      await makeOwn(ada.learnerId)
      expect(await ada.newIds()).toHaveLength(5)
      expect(await opened.differences()).toEqual([])
      // Separated, the cards stay with whoever they went over to.
      await store.unlink(ada.learnerId, { platform: 'terminal', externalId: 'bob' }, at(200))
      expect(await store.deckSummaries(await learner('bob', 'terminal'), DAY)).toEqual([])
      expect(await opened.differences()).toEqual([])
    })

    test('keeps one reminder: the survivor’s, unless only the other has one planned', async () => {
      const cases = [
        { mine: at(1), theirs: at(2), kept: '10' },
        { mine: null, theirs: at(2), kept: '20' },
        { mine: null, theirs: null, kept: '10' },
        { mine: undefined, theirs: at(2), kept: '20' },
        { mine: at(1), theirs: undefined, kept: '10' },
      ]
      for (const [index, { mine, theirs, kept }] of cases.entries()) {
        const [ada, bob] = [await learner(`a${index}`, 'discord'), await learner(`b${index}`)]
        if (mine !== undefined) await store.reachIn(ada, { platform: 'discord', chatId: '10' }, mine)
        if (theirs !== undefined) await store.reachIn(bob, { platform: 'telegram', chatId: '20' }, theirs)
        await store.changeSettings(bob, { reminderMinute: 60 })
        await join(store, ada, bob, at(0))
        expect(await count('reminders', sql`learner_id = ${ada} and chat_id = ${kept}`)).toBe(1)
        expect(await count('reminders')).toBe(index + 1)
        expect((await store.changeSettings(ada, {})).reminderMinute).toBe(60)
      }
    })

    test('lets the earlier answer count where both answered the same question', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
      const [ada, bob] = [await Study.begin(store), await Study.begin(store, 'bob')]
      const question = (cardId: string) => ({ cardId, choices: ['x', 'y'], right: 0 })
      const place = { platform: 'discord', chatId: '1' } as const
      const questions = ['a', 'b', 'c'].map(question)
      await store.openRound({ place, deckId: null, secondsPerQuestion: null }, questions, at(0))
      const answer = (learnerId: number, position: number, choice: number, minute: number) =>
        store.answerRound({
          roundId: 1,
          position,
          learnerId,
          name: 'x',
          choice,
          isRight: choice === 0,
          reviewCount: 0,
          answeredAt: at(minute),
          dailyKey: null,
          late: false,
        })
      await answer(ada.learnerId, 0, 0, 1)
      await answer(bob.learnerId, 0, 1, 2)
      await answer(ada.learnerId, 1, 0, 4)
      await answer(bob.learnerId, 1, 1, 3)
      await answer(bob.learnerId, 2, 1, 5)
      await join(store, ada.learnerId, bob.learnerId, at(100))
      const choices = await Promise.all([0, 1, 2].map((position) => store.answersTo(1, position)))
      expect(choices.map((given) => given.map(({ choice }) => choice))).toEqual([[0], [1], [1]])
      expect(await opened.differences()).toEqual([])
    })

    test('keeps the count of an answer to a quiz whose review is still to be written', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const [ada, bob] = [await Study.begin(store), await Study.begin(store, 'bob')]
      const place = { platform: 'discord', chatId: '1' } as const
      const question = { cardId: 'a', choices: ['x', 'y'], right: 0 }
      await store.openRound({ place, deckId: null, secondsPerQuestion: null }, [question], at(0))
      await ada.answer('a', 4)
      await bob.answer('a', 4)
      await bob.answer('a', 4, day(1))
      for (const pending of [ada, bob]) {
        const { state } = await pending.hand('a')
        await opened.db.execute(sql`delete from round_answers`)
        await store.answerRound({
          roundId: 1,
          position: 0,
          learnerId: pending.learnerId,
          name: 'x',
          choice: 0,
          isRight: true,
          reviewCount: state.reviewCount,
          answeredAt: at(1),
          dailyKey: null,
          late: false,
        })
        if (pending === ada) continue
        await join(store, ada.learnerId, bob.learnerId, at(100))
        const merged = await ada.hand('a')
        expect(merged.state.reviewCount).toBe(4)
        expect(await count('round_answers', sql`review_count = 4`)).toBe(1)
      }
    })

    test('leaves nothing of the other learner in any table that names one', async () => {
      const tables = rowsIn<{ table: string; column: string }>(
        await opened.db.execute(
          sql`select table_name as table, column_name as column from information_schema.columns
            where table_schema = 'public' and column_name like '%learner_id' order by 1, 2`,
        ),
      )
      await store.syncDecks([makeDeck('d', ['a', 'b'])])
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      for (const { learnerId } of [ada, bob]) {
        await makeOwn(learnerId)
        await store.saveDraft(learnerId, { prompt: 'p', answer: 'a', link: null }, at(0))
        await store.reportMistake(learnerId, 'a', 'wrong', at(0))
        await store.reachIn(learnerId, { platform: 'telegram', chatId: String(learnerId) }, at(0))
        await store.saveConversation({ platform: 'telegram', chatId: String(learnerId) }, learnerId, {
          messageId: null,
          input: null,
          handled: [],
        })
        await store.enterCode(partyOn('discord', learnerId), 'person', '22222222', at(0))
        await opened.db.execute(sql`insert into round_answers
          values (${learnerId}, ${learnerId}, 0, 'x', 0, true, 0, now(), null, false)`)
        await opened.db.execute(
          sql`insert into teams values (${learnerId}, 'T', 'UTC', null, null, null, now())`,
        )
        await opened.db.execute(sql`insert into team_members values (${learnerId}, ${learnerId}, 'x', true)`)
        await opened.db.execute(sql`insert into member_places
          values (${learnerId}, 'discord', ${String(learnerId)}, true, now())`)
      }
      await ada.answer('a', 4)
      for (const card of ['a', 'b']) await bob.answer(card, 4)
      await store.beginPairing(partyOn('discord', bob.learnerId), 'person', at(0))
      const { code } = await store.beginPairing(
        partyOn('discord', await learner('cy', 'discord')),
        'person',
        at(0),
      )
      await store.enterCode(partyOn('telegram', bob.learnerId), 'person', code, at(0))
      const rowsOf = (learnerId: number) =>
        Promise.all(
          tables.map(
            async ({ table, column }): Promise<[string, number]> => [
              `${table}.${column}`,
              await count(table, sql`${sql.identifier(column)} = ${learnerId}`),
            ],
          ),
        )
      // A table that is empty here would prove nothing: whoever adds one adds a row above, and to the merge.
      expect((await rowsOf(bob.learnerId)).filter(([, rows]) => rows === 0)).toEqual([])
      const boards = await count('board_scores')
      await join(store, ada.learnerId, bob.learnerId, at(100))
      expect((await rowsOf(bob.learnerId)).filter(([, rows]) => rows !== 0)).toEqual([])
      expect(await count('team_members', sql`learner_id = ${ada.learnerId}`)).toBe(2)
      expect(await count('member_places', sql`learner_id = ${ada.learnerId}`)).toBe(2)
      expect(await count('board_scores', sql`learner_id = ${ada.learnerId}`)).toBe(boards)
      expect(await count('board_scores', sql`period = 'all' and deck_id = '' and points = 3`)).toBe(2)
      expect(await count('drafts')).toBe(4)
      expect(await count('mistakes')).toBe(2)
      expect(await count('chats')).toBe(2)
    })

    test('shows nobody on a board who was hidden, from either side', async () => {
      const [ada, bob] = [await learner('ada', 'discord'), await learner('bob')]
      await store.changeSettings(bob, { hidden: true })
      await opened.db.execute(sql`insert into teams values (1, 'T', 'UTC', null, null, null, now())`)
      await opened.db.execute(sql`insert into team_members values (${ada}, 1, 'Ada', true)`)
      await join(store, ada, bob, at(0))
      expect((await store.changeSettings(ada, {})).hidden).toBe(true)
      expect(await count('team_members', sql`shown`)).toBe(0)
    })
  })

  describe('separating an identity', () => {
    const telegram = { platform: 'telegram', externalId: 'bob' } as const

    test('is possible for who has more than one, and for their own only', async () => {
      const [ada, bob] = [await learner('ada', 'discord'), await learner('bob')]
      expect(await store.unlink(bob, telegram, at(0))).toBe(false)
      await join(store, ada, bob, at(0))
      expect(await store.identitiesOf(ada)).toEqual([{ platform: 'discord', externalId: 'ada' }, telegram])
      expect(await store.unlink(ada, { platform: 'telegram', externalId: 'cy' }, at(1))).toBe(false)
      expect(await store.unlink(ada, telegram, at(1))).toBe(true)
      expect(await store.unlink(ada, telegram, at(1))).toBe(false)
      expect(await store.identitiesOf(ada)).toHaveLength(1)
      expect(await learner('ada', 'discord')).toBe(ada)
    })

    test('keeps settings, enrolments and the reminder in its own chat; log and points stay', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b']), makeDeck('e', ['x'])])
      const [ada, bob] = [await learner('ada', 'discord'), await learner('bob')]
      await store.enrol(bob, 'd', true)
      const study = new Study(store, bob)
      await study.answer('a', 4)
      await store.reachIn(bob, { platform: 'telegram', chatId: 'bob' }, at(9))
      const chat = { platform: 'telegram', chatId: 'bob' } as const
      await store.saveConversation(chat, bob, { messageId: '1', input: null, handled: [] })
      await join(store, ada, bob, at(0))
      await store.changeSettings(ada, { newPerDay: 3, timeZone: 'Asia/Kathmandu' })
      await store.unlink(ada, telegram, at(1))
      const made = await store.learner(telegram, DEFAULT_SETTINGS)
      expect(made).toMatchObject({ newPerDay: 3, timeZone: 'Asia/Kathmandu' })
      expect(await count('reminders', sql`learner_id = ${made.id}`)).toBe(1)
      expect(await count('chats', sql`learner_id = ${made.id}`)).toBe(1)
      const separate = new Study(store, made.id)
      expect(await separate.newIds()).toEqual(['b'])
      expect(await store.studyDays(made.id, 9)).toEqual([])
      expect(await store.studyDays(ada, 9)).toEqual([DAY])
      // What the transfer brought cannot be taken back, and counts on from there.
      expect(await store.lastEntry(made.id)).toBeNull()
      expect((await separate.answer('a', 4, day(1))).after.intervalDays).toBe(6)
      expect((await new Study(store, ada).hand('a')).state.intervalDays).toBe(1)
      expect(await opened.differences()).toEqual([])
    })

    test('takes along that it is in a place; the points stay, off the boards where nobody is left', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const guild = { place: { platform: 'discord', placeId: '77' }, name: 'Guild', chatId: '770' } as const
      const group = { place: { platform: 'telegram', placeId: '-5' }, name: 'Group', chatId: '-5' } as const
      const [ada, bob] = [await learner('ada', 'discord'), await learner('bob')]
      const [one, two] = [
        await store.setUpPlace(guild, 'UTC', at(0)),
        await store.setUpPlace(group, 'UTC', at(0)),
      ]
      await join(store, ada, bob, at(0))
      for (const here of [guild, group]) await store.takePart(ada, here, 'Ada', at(0))
      await new Study(store, ada).answer('a', 4)
      const top = async (teamId: number) =>
        (await store.boardTop({ teamId, period: 'all', startsOn: ALL_TIME_STARTS_ON, deckId: null }, 9)).map(
          ({ learnerId }) => learnerId,
        )
      expect([await top(one.id), await top(two.id)]).toEqual([[ada], [ada]])
      await store.unlink(ada, telegram, at(1))
      const made = (await store.learner(telegram, DEFAULT_SETTINGS)).id
      expect([await top(one.id), await top(two.id)]).toEqual([[ada], []])
      const check = (teamId: number) => store.membersToCheck(teamId, [ada, made], at(9))
      expect(await check(two.id)).toMatchObject([{ learnerId: made, externalIds: ['bob'] }])
      expect(await check(one.id)).toMatchObject([{ learnerId: ada, externalIds: ['ada'] }])
      await new Study(store, made).answer('a', 4, day(1))
      expect(await top(two.id)).toEqual([made])
      expect(await opened.differences()).toEqual([])
    })

    test('and joining again, over and over, adds nothing but transfers', async () => {
      await store.syncDecks([makeDeck('d', ['a', 'b', 'c'])])
      const [ada, bob] = [await learner('ada', 'discord'), await learner('bob')]
      await new Study(store, ada).answer('a', 4)
      await new Study(store, bob).answer('b', 4)
      await join(store, ada, bob, at(0))
      for (const round of [1, 2, 3]) {
        await store.unlink(ada, telegram, at(round * HOUR))
        await join(store, ada, await learner('bob'), at(round * HOUR))
        expect(await opened.differences()).toEqual([])
      }
      expect(await store.scoreSince(ada, DAY)).toMatchObject({ answers: 2, points: 2 })
      expect(await store.progress(ada)).toEqual({ seen: 2, learned: 0 })
    })
  })
}

/** What the two drivers call the rows of a statement. */
function rowsIn<Row>(result: unknown): Row[] {
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
}

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Some code, another one for each number. */
function guess(number: number): string {
  let rest = number * 7919 + 1
  return Array.from({ length: 8 }, () => {
    const letter = ALPHABET[rest % ALPHABET.length]
    rest = Math.floor(rest / ALPHABET.length)
    return letter
  }).join('')
}

/** What a merge must come to: of each card the state that is further advanced, with all entries counted. */
function further(
  mine: ReadonlyMap<string, CardState>,
  theirs: ReadonlyMap<string, CardState>,
): Map<string, CardState> {
  const ids = [...new Set([...mine.keys(), ...theirs.keys()])].sort()
  return new Map(
    ids.map((id): [string, CardState] => {
      const [one, other] = [mine.get(id), theirs.get(id)]
      if (one === undefined || other === undefined) return [id, (one ?? other) as CardState]
      const ahead = advance(one) >= advance(other) ? one : other
      return [id, { ...ahead, reviewCount: one.reviewCount + other.reviewCount + 1 }]
    }),
  )
}

/** Longer interval, then more repetitions, then more entries. */
function advance({ intervalDays, repetitions, reviewCount }: CardState): number {
  return (intervalDays * 10_000 + repetitions) * 10_000 + reviewCount
}

function withoutCount(states: ReadonlyMap<string, CardState>): Map<string, Omit<CardState, 'reviewCount'>> {
  return new Map([...states].map(([id, { reviewCount: _, ...schedule }]) => [id, schedule]))
}

/** What goes along with an identity that is separated. */
function isKept(cardId: string, dueOn: StudyDay | null, suspended: boolean): boolean {
  return !cardId.startsWith('own-') && (dueOn !== null || suspended)
}

function union(mine: readonly StudyDay[], theirs: readonly StudyDay[]): StudyDay[] {
  return [...new Set([...mine, ...theirs])].sort().reverse()
}
