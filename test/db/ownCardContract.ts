import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Request } from '../../src/core/action.ts'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import type { DraftText } from '../../src/core/ownCard.ts'
import type { Screen } from '../../src/core/screen.ts'
import type { Store } from '../../src/core/store.ts'
import type { TestPlace } from './support/databases.ts'
import { at, DAY, day, makeCard, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const TWENTY = Array.from({ length: 20 }, (_, index) => index)
const LINK = 'https://discord.com/channels/1/2/3'
const TEXT: DraftText = { prompt: 'What is *this*?', answer: 'a thing\nof two lines', link: LINK }
const HOUR = 60

/**
 * What every store must do for cards that people make for themselves, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineOwnCardContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  /** Makes a card; gives its id and that of the deck it lies in. */
  async function make(
    { learnerId }: Study,
    change: Partial<DraftText> = {},
  ): Promise<{ cardId: string; deckId: string }> {
    const before = new Set(await ownCardIds(learnerId))
    const draftId = await store.saveDraft(learnerId, { ...TEXT, ...change }, at(0))
    expect(await store.keepDraft(learnerId, draftId)).toBe('kept')
    const cardId = (await ownCardIds(learnerId)).find((id) => !before.has(id)) ?? ''
    const hand = await store.card(learnerId, cardId)
    return { cardId, deckId: hand?.deckId ?? '' }
  }

  async function ownCardIds(learnerId: number): Promise<string[]> {
    const rows = await opened.db
      .select({ id: sql<string>`id` })
      .from(sql`cards`)
      .where(sql`deck_id in (select id from decks where learner_id = ${learnerId})`)
      .orderBy(sql`seq`)
    return rows.map(({ id }) => id)
  }

  const draftCount = async () => {
    const [row] = await opened.db.select({ count: sql<number>`count(*)::integer` }).from(sql`drafts`)
    return row?.count
  }

  describe('a draft', () => {
    test('is kept as it was written, for the one learner', async () => {
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      const id = await store.saveDraft(ada.learnerId, TEXT, at(0))
      expect(id).toMatch(/^[a-z0-9]{16}$/)
      expect(await store.draft(ada.learnerId, id)).toEqual({ id, ...TEXT, kept: false })
      expect(await store.draft(bob.learnerId, id)).toBeNull()
      expect(await store.draft(ada.learnerId, 'other')).toBeNull()
    })

    test('may hold text of any kind', async () => {
      const { learnerId } = await Study.begin(store)
      const hostile = { prompt: "\0'; drop table drafts; --\udfff", answer: '"a"', link: null }
      const id = await store.saveDraft(learnerId, hostile, at(0))
      expect(await store.draft(learnerId, id)).toMatchObject({ prompt: "'; drop table drafts; --\ufffd" })
    })

    test('is written anew by its learner alone, and its link stays', async () => {
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      const id = await store.saveDraft(ada.learnerId, TEXT, at(0))
      const text = { prompt: 'new?', answer: 'newer' }
      expect(await store.changeDraft(bob.learnerId, id, text, at(1))).toBe(false)
      expect(await store.changeDraft(ada.learnerId, 'other', text, at(1))).toBe(false)
      expect(await store.draft(ada.learnerId, id)).toMatchObject(TEXT)
      expect(await store.changeDraft(ada.learnerId, id, text, at(1))).toBe(true)
      expect(await store.draft(ada.learnerId, id)).toEqual({ id, ...text, link: LINK, kept: false })
    })

    test('is dropped by its learner alone, once', async () => {
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      const id = await store.saveDraft(ada.learnerId, TEXT, at(0))
      expect(await store.dropDraft(bob.learnerId, id)).toBe(false)
      expect(await store.dropDraft(ada.learnerId, id)).toBe(true)
      expect(await store.dropDraft(ada.learnerId, id)).toBe(false)
      expect(await store.draft(ada.learnerId, id)).toBeNull()
      expect(await store.keepDraft(ada.learnerId, id)).toBe('gone')
    })

    test('older than a day goes when somebody saves another one, kept or not', async () => {
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      const old = await store.saveDraft(ada.learnerId, TEXT, at(0))
      const kept = await store.saveDraft(ada.learnerId, TEXT, at(0))
      await store.keepDraft(ada.learnerId, kept)
      const changed = await store.saveDraft(ada.learnerId, TEXT, at(0))
      await store.changeDraft(ada.learnerId, changed, TEXT, at(2))
      await store.saveDraft(bob.learnerId, TEXT, at(24 * HOUR))
      expect(await draftCount()).toBe(4)
      await store.saveDraft(bob.learnerId, TEXT, at(24 * HOUR + 1))
      expect(await store.draft(ada.learnerId, old)).toBeNull()
      expect(await store.draft(ada.learnerId, changed)).not.toBeNull()
      expect(await draftCount()).toBe(3)
      expect(await ownCardIds(ada.learnerId)).toHaveLength(1)
    })

    test('saved by twenty at once are all kept, and old ones swept', async () => {
      const studies = await Promise.all(TWENTY.map((index) => Study.begin(store, `learner ${index}`)))
      for (const { learnerId } of studies) await store.saveDraft(learnerId, TEXT, at(0))
      const later = at(25 * HOUR)
      const ids = await Promise.all(studies.map(({ learnerId }) => store.saveDraft(learnerId, TEXT, later)))
      expect(new Set(ids).size).toBe(20)
      expect(await draftCount()).toBe(20)
    })

    test('of nobody is refused', async () => {
      await expect(store.saveDraft(99, TEXT, at(0))).rejects.toThrow('there is no learner 99')
      expect(await store.keepDraft(99, 'x')).toBe('gone')
    })
  })

  describe('keeping a draft', () => {
    test('makes a card in a deck of the learner’s own, which they are enrolled in', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      expect(cardId).toMatch(/^own-[a-z0-9]{16}$/)
      expect(deckId).toMatch(/^own-[a-z0-9]{16}$/)
      expect(await store.card(ada.learnerId, cardId)).toMatchObject({
        card: {
          kind: 'basic',
          prompt: 'What is \\*this\\*\\?',
          answer: 'a thing\\\nof two lines',
          source: { file: LINK, line: 0 },
        },
        deckTitle: 'My cards',
        isOwn: true,
        retired: false,
      })
      expect(await ada.newIds()).toEqual(['a', cardId])
      expect(await store.deckSummaries(ada.learnerId, DAY)).toMatchObject([
        { id: 'd', isOwn: false },
        { id: deckId, title: 'My cards', isOwn: true, enrolled: true, cards: 1, unseen: 1 },
      ])
      expect(await opened.differences()).toEqual([])
    })

    test('puts all cards of a learner into one deck, in the order they were made', async () => {
      const ada = await Study.begin(store)
      const first = await make(ada)
      const second = await make(ada, { answer: 'short' })
      expect(second.deckId).toBe(first.deckId)
      expect(await ada.newIds()).toEqual([first.cardId, second.cardId])
      expect((await ada.hand(second.cardId)).card.kind).toBe('typed')
      expect(await store.deckSummaries(ada.learnerId, DAY)).toMatchObject([{ cards: 2 }])
    })

    test('is done once, however often', async () => {
      const { learnerId } = await Study.begin(store)
      const id = await store.saveDraft(learnerId, TEXT, at(0))
      expect(await store.keepDraft(learnerId, id)).toBe('kept')
      expect(await store.keepDraft(learnerId, id)).toBe('already')
      expect(await store.draft(learnerId, id)).toMatchObject({ kept: true })
      expect(await store.changeDraft(learnerId, id, { prompt: 'x', answer: 'y' }, at(1))).toBe(false)
      expect(await store.dropDraft(learnerId, id)).toBe(false)
      expect(await ownCardIds(learnerId)).toHaveLength(1)
    })

    test('twenty times at once makes one card', async () => {
      const { learnerId } = await Study.begin(store)
      const id = await store.saveDraft(learnerId, TEXT, at(0))
      const keepings = await Promise.all(TWENTY.map(() => store.keepDraft(learnerId, id)))
      expect(keepings.filter((keeping) => keeping === 'kept')).toHaveLength(1)
      expect(keepings.filter((keeping) => keeping === 'already')).toHaveLength(19)
      expect(await ownCardIds(learnerId)).toHaveLength(1)
      expect(await opened.differences()).toEqual([])
    })

    test('of twenty drafts at once makes twenty cards in one deck', async () => {
      const { learnerId } = await Study.begin(store)
      const ids = await Promise.all(TWENTY.map(() => store.saveDraft(learnerId, TEXT, at(0))))
      await Promise.all(ids.map((id) => store.keepDraft(learnerId, id)))
      expect(await ownCardIds(learnerId)).toHaveLength(20)
      expect(await store.deckSummaries(learnerId, DAY)).toMatchObject([{ cards: 20, unseen: 20 }])
      expect(await opened.differences()).toEqual([])
    })

    test('of somebody else does nothing', async () => {
      const ada = await Study.begin(store)
      const bob = await Study.begin(store, 'bob')
      const id = await store.saveDraft(ada.learnerId, TEXT, at(0))
      expect(await store.keepDraft(bob.learnerId, id)).toBe('gone')
      expect(await ownCardIds(bob.learnerId)).toEqual([])
      expect(await store.keepDraft(ada.learnerId, id)).toBe('kept')
    })

    test('with something missing changes nothing', async () => {
      const { learnerId } = await Study.begin(store)
      const id = await store.saveDraft(learnerId, { ...TEXT, answer: '' }, at(0))
      expect(await store.keepDraft(learnerId, id)).toBe('incomplete')
      expect(await store.draft(learnerId, id)).toMatchObject({ kept: false })
      expect(await store.deckSummaries(learnerId, DAY)).toEqual([])
    })

    test('joins the own deck again where the learner had left it', async () => {
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      await store.enrol(ada.learnerId, deckId, false)
      expect(await store.enrolInNewDecks(ada.learnerId)).toBe(0)
      expect(await ada.newIds()).toEqual([])
      const next = await make(ada)
      expect(await ada.newIds()).toEqual([cardId, next.cardId])
    })

    test('while the learner is being forgotten leaves nothing', async () => {
      for (const round of TWENTY.slice(0, 5)) {
        const { learnerId } = await Study.begin(store, `learner ${round}`)
        const ids = await Promise.all(TWENTY.map(() => store.saveDraft(learnerId, TEXT, at(0))))
        const half = ids.length / 2
        const saved = [1, 2].map(() => store.saveDraft(learnerId, TEXT, at(25 * HOUR)).catch(() => null))
        await Promise.all([
          ...ids.slice(0, half).map((id) => store.keepDraft(learnerId, id)),
          store.forget(learnerId),
          ...ids.slice(half).map((id) => store.keepDraft(learnerId, id)),
          ...saved,
        ])
        expect(await ownCardIds(learnerId)).toEqual([])
      }
      expect(await draftCount()).toBe(0)
      expect(await opened.differences()).toEqual([])
    })
  })

  describe('own cards', () => {
    test('are scheduled, suspended and taken back as others are', async () => {
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      await ada.answer(cardId, 4)
      expect(await store.dueForecast(ada.learnerId, DAY, 2)).toEqual([0, 1])
      expect(await store.dueCount(ada.scope(day(1), deckId))).toBe(1)
      expect((await store.nextDue(ada.scope(day(1))))?.card.id).toBe(cardId)
      await ada.answer(cardId, 1, day(1))
      expect(await store.drills(ada.scope(day(1)))).toEqual([cardId])
      await ada.suspend(cardId)
      await ada.undo(cardId)
      await ada.undo(cardId)
      await ada.undo(cardId)
      expect(await ada.newIds()).toEqual([cardId])
      expect(await opened.differences()).toEqual([])
    })

    test('and their deck are not there for anybody else', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      const bob = await Study.begin(store, 'bob')
      const { learnerId } = bob
      expect((await store.deckSummaries(learnerId, DAY)).map(({ id }) => id)).toEqual(['d'])
      expect(await store.enrolInNewDecks(learnerId)).toBe(0)
      expect(await store.enrol(learnerId, deckId, true)).toBe(false)
      expect(await store.enrol(learnerId, deckId, false)).toBe(false)
      expect(await store.card(learnerId, cardId)).toBeNull()
      // Many at once go as one statement.
      expect(await Promise.all(TWENTY.map(() => store.card(learnerId, cardId)))).toEqual(
        TWENTY.map(() => null),
      )
      const [adas, bobs, notes] = await Promise.all([
        ...[ada, bob].map((study) => store.card(study.learnerId, cardId)),
        store.card(learnerId, 'a'),
      ])
      expect([adas?.card.id, bobs, notes?.card.id]).toEqual([cardId, null, 'a'])
      expect(await store.card(0, cardId)).toBeNull()
      expect(await bob.newIds()).toEqual(['a'])
      expect(await bob.newIds(9, bob.scope(DAY, deckId))).toEqual([])
      expect(await ada.newIds(9, ada.scope(DAY, deckId))).toEqual([cardId])
    })

    test('are asked nobody in a quiz, and do not narrow what is', async () => {
      await store.syncDecks([{ id: 'd', title: 'd', cards: [makeCard('a', { wrong: ['1', '2', '3'] })] }])
      const { id: learnerId } = await store.learner(
        { platform: 'discord', externalId: '1' },
        DEFAULT_SETTINGS,
      )
      const { cardId, deckId } = await make(new Study(store, learnerId))
      await opened.db.execute(sql`update cards set wrong = '["x", "y", "z"]' where id = ${cardId}`)
      const asked = async (deck: string | null) =>
        (await store.quizCards(learnerId, deck, DAY, 'x', 9)).map(({ card }) => card.id)
      expect(await asked(null)).toEqual(['a'])
      expect(await asked(deckId)).toEqual([])
      await store.enrol(learnerId, 'd', true)
      expect(await asked(null)).toEqual(['a'])
    })

    test('stay as they are through syncs, with decks and without', async () => {
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      const hand = await ada.hand(cardId)
      const summary = async () =>
        (await store.deckSummaries(ada.learnerId, DAY)).find(({ id }) => id === deckId)
      const before = await summary()
      for (const decks of [[makeDeck('d', ['a', 'b'])], [makeDeck('d', ['b'])], []]) {
        await store.syncDecks(decks)
        expect(await store.syncDecks(decks)).toEqual({ added: 0, changed: 0, retired: 0 })
        expect(await ada.hand(cardId)).toEqual(hand)
        expect(await summary()).toEqual(before)
      }
      const next = await make(ada)
      expect(await ada.newIds()).toEqual([cardId, next.cardId])
      expect(await opened.differences()).toEqual([])
    })

    test('cannot be taken over by notes that carry their ids', async () => {
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      await expect(store.syncDecks([makeDeck('d', [cardId])])).rejects.toThrow(`"${cardId}" is the id of`)
      await expect(store.syncDecks([makeDeck(deckId, ['a'])])).rejects.toThrow(`"${deckId}" is the id of`)
      expect(await store.syncDecks([makeDeck('own-notes', ['own-note'])])).toMatchObject({ added: 1 })
      expect(await ada.hand(cardId)).toMatchObject({ isOwn: true, deckId })
    })

    test('are made and synced at once without waiting for ever', async () => {
      const ada = await Study.begin(store)
      const decks = TWENTY.map((index) => makeDeck(`d${index}`, [`c${index}`]))
      await Promise.all([
        ...decks.map((_, index) => store.syncDecks(decks.slice(0, index + 1))),
        ...TWENTY.map(() =>
          store.saveDraft(ada.learnerId, TEXT, at(0)).then((id) => store.keepDraft(ada.learnerId, id)),
        ),
      ])
      expect(await ownCardIds(ada.learnerId)).toHaveLength(20)
      expect(await opened.differences()).toEqual([])
    })

    test('that somebody else has to do with are found by the doctor', async () => {
      const ada = await Study.begin(store)
      const { cardId, deckId } = await make(ada)
      const { learnerId: bob } = await Study.begin(store, 'bob')
      await opened.db.execute(sql`insert into enrolments values (${bob}, ${deckId}, true, 0)`)
      await opened.db.execute(sql`insert into mistakes values (${bob}, 1, ${cardId}, now(), 'x')`)
      await opened.db.execute(sql`insert into drafts values (${bob}, 'x', 'p', 'a', null, now(), 'nothing')`)
      await store.openRound(
        { place: { platform: 'discord', chatId: '1' }, deckId: null, secondsPerQuestion: null },
        [{ cardId, choices: ['x'], right: 0 }],
        at(0),
      )
      expect(await opened.differences()).toEqual([
        `round 1, question 0: card ${cardId} is a learner's own`,
        `learner ${bob}, deck ${deckId}: it is somebody else's own`,
        `learner ${bob}, card ${cardId}: it is somebody else's own`,
        `learner ${bob}, draft x: there is no card nothing`,
      ])
    })
  })

  describe('making a card', () => {
    const ask = (request: Request, externalId = 'ada', minutes = 0): Promise<Screen> =>
      handle(
        store,
        {
          identity: { platform: 'discord', externalId },
          initialSettings: DEFAULT_SETTINGS,
          now: at(minutes),
        },
        request,
      )
    const write = (prompt: string, answer: string, draftId?: string) =>
      ask({ kind: 'draftCard', prompt, answer, link: LINK, ...(draftId === undefined ? {} : { draftId }) })
    const said = (screen: Screen) =>
      [screen.notice, ...screen.blocks.map((block) => ('text' in block ? block.text : ''))]
        .filter(Boolean)
        .join('\n')
    const labels = (screen: Screen) => screen.buttons.flat().map(({ label }) => label)

    function actionOn(screen: Screen, label: string) {
      const button = screen.buttons.flat().find((one) => one.label.startsWith(label))
      if (button === undefined) throw new Error(`no button "${label}" among ${labels(screen)}`)
      return button.action
    }
    const press = (screen: Screen, label: string, externalId?: string) =>
      ask(actionOn(screen, label), externalId)

    /** Keeps a card, and asks it alone. */
    async function study(answer: string): Promise<Screen> {
      await press(await write('What is *this*?', answer), 'Keep')
      return ask({ kind: 'study', deckId: null })
    }

    test('shows the card as it will look, and keeps it when told to', async () => {
      const preview = await write(' What is *this*? ', 'a thing\r\nof two lines')
      expect(preview.blocks.slice(1, 3)).toEqual([
        { kind: 'markdown', markdown: 'What is \\*this\\*\\?' },
        { kind: 'answer', markdown: 'a thing\\\nof two lines' },
      ])
      expect(labels(preview)).toEqual(['Keep', 'Edit', 'Discard'])
      expect(preview.links).toEqual([{ label: 'Source', url: LINK }])
      expect(preview.visibility).toBe('private')
      const kept = await press(preview, 'Keep')
      expect(kept.notice).toBeNull()
      expect(said(kept)).toContain('It is asked with your next new cards.')
      const again = await press(preview, 'Keep')
      expect(again.notice).toBe('It is there already.')
      const question = await press(kept, 'Study')
      expect(question.blocks).toContainEqual(preview.blocks[1])
      const answer = await press(question, 'Show answer')
      expect(answer.blocks).toContainEqual(preview.blocks[2])
      expect(said(answer)).toContain('One of your own cards')
    })

    test('kept twenty times at once makes one card', async () => {
      const preview = await write('p', 'an answer')
      const screens = await Promise.all(TWENTY.map(() => press(preview, 'Keep')))
      expect(screens.filter(({ notice }) => notice === null)).toHaveLength(1)
      const summaries = await store.deckSummaries(1, DAY)
      expect(summaries).toMatchObject([{ title: 'My cards', cards: 1 }])
    })

    test('says what is missing, and keeps what is there', async () => {
      const empty = await write('', ' \n ')
      expect(said(empty)).toContain('The prompt is missing. The answer is missing.')
      expect(labels(empty)).toEqual(['Edit', 'Discard'])
      const long = await write('p'.repeat(600), 'a')
      expect(said(long)).toContain('The prompt has 600 characters: at most 500 are possible.')
      const edit = await press(long, 'Edit')
      expect(edit.input).toMatchObject({ kind: 'ownCard', prompt: 'p'.repeat(600), answer: 'a' })
      const draftId = edit.input?.kind === 'ownCard' ? edit.input.draftId : ''
      expect(said(await ask({ kind: 'keepDraft', draftId }))).toContain('The prompt has 600 characters')
      const preview = await write('p', 'a', draftId)
      expect(labels(preview)).toContain('Keep')
    })

    test('an edited draft stays one draft, and keeps its link', async () => {
      const edit = await press(await write('old?', 'old'), 'Edit')
      const draftId = edit.input?.kind === 'ownCard' ? edit.input.draftId : ''
      const preview = await ask({ kind: 'draftCard', prompt: 'new', answer: 'newer', link: null, draftId })
      expect(preview.links).toEqual([{ label: 'Source', url: LINK }])
      expect(actionOn(preview, 'Keep')).toEqual({ kind: 'keepDraft', draftId })
      expect(await draftCount()).toBe(1)
    })

    test('an edit that comes after the card was kept changes nothing; after it is gone, it is not lost', async () => {
      const preview = await write('old?', 'old')
      const action = actionOn(preview, 'Keep')
      const draftId = action.kind === 'keepDraft' ? action.draftId : ''
      await press(preview, 'Keep')
      const late = await write('new', 'newer', draftId)
      expect(late.notice).toBe('It was kept before: your change was not made.')
      expect((await press(preview, 'Edit')).notice).toBe('It is there already.')
      expect((await press(preview, 'Discard')).notice).toBe('It is there already.')
      const another = await write('new', 'newer', 'gone')
      expect(labels(another)).toContain('Keep')
    })

    test('a discarded draft is gone for every later press', async () => {
      const preview = await write('p', 'a')
      expect(said(await press(preview, 'Discard'))).toBe('Discarded: no card was made.')
      for (const label of ['Keep', 'Edit', 'Discard']) {
        expect(said(await press(preview, label))).toBe('That draft is gone: drafts are kept for 24 hours.')
      }
    })

    test('a draft of somebody else is not there', async () => {
      const preview = await write('p', 'secret')
      for (const label of ['Edit', 'Discard', 'Keep']) {
        const screen = await press(preview, label, 'bob')
        expect(said(screen)).toBe('That draft is gone: drafts are kept for 24 hours.')
        expect(JSON.stringify(screen)).not.toContain('secret')
      }
      const action = actionOn(preview, 'Keep')
      const draftId = action.kind === 'keepDraft' ? action.draftId : ''
      await ask({ kind: 'draftCard', prompt: 'x', answer: 'y', link: null, draftId }, 'bob')
      expect(await store.draft(1, draftId)).toMatchObject({ answer: 'secret' })
    })

    test('a short word is asked to be typed, and the answer leads to where it comes from', async () => {
      const question = await study('__init__')
      if (question.input?.kind !== 'answer') throw new Error('the question takes no answer')
      const outcome = await ask({ kind: 'type', ref: question.input.ref, text: '__init__' })
      expect(said(outcome)).toContain('Right')
      expect(outcome.links).toEqual([{ label: 'Source', url: LINK }])
    })

    test('nobody is told of a mistake in an own card', async () => {
      const answer = await press(await study('an answer'), 'Show answer')
      expect(labels(answer)).not.toContain('Report a mistake')
      const action = actionOn(answer, 'Good')
      if (action.kind !== 'grade') throw new Error('this is no grade')
      for (const kind of ['askReport', 'report'] as const) {
        const screen = await ask({ kind, ref: action.ref, text: 'x' })
        expect(screen.notice).toBe('That card is your own: nobody else sees it.')
      }
      expect(await store.mistakeReports(9)).toEqual([])
    })

    test('somebody else’s card and deck are gone for every forged button', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const question = await study('secret answer')
      const hand = await store.newCards({ learnerId: 1, deckId: null, studyDay: DAY }, 9)
      const own = hand.find(({ isOwn }) => isOwn)
      const ref = { cardId: own?.card.id ?? '', reviewCount: 0, onlyDeck: true }
      const deckId = own?.deckId ?? ''
      expect(JSON.stringify(question)).toContain('this')
      const forged: Request[] = [
        ...(['show', 'why', 'suspend', 'resume', 'askReport'] as const).map((kind) => ({ kind, ref })),
        { kind: 'grade', ref, grade: 'good' },
        { kind: 'regrade', ref, grade: 'good' },
        { kind: 'choose', ref, choice: 'abc' },
        { kind: 'type', ref, text: 'secret answer' },
        { kind: 'report', ref, text: 'x' },
        ...(['study', 'begin', 'enrol', 'leave', 'welcome'] as const).map((kind) => ({ kind, deckId })),
      ]
      for (const request of forged) {
        const screen = JSON.stringify(await ask(request, 'bob'))
        expect(screen).not.toContain('secret')
        expect(screen).not.toContain('this')
        expect(screen).not.toContain('My cards')
        expect(screen).not.toContain(own?.card.id)
      }
      expect(await opened.differences()).toEqual([])
    })

    test('somebody who only made a card is still greeted as new, until they study it', async () => {
      await store.syncDecks([makeDeck('d', ['a'])])
      const question = await study('an answer')
      const welcome = () => ask({ kind: 'welcome', deckId: null })
      expect(said(await welcome())).toContain('Welcome to Deckhand')
      await press(await press(question, 'Show answer'), 'Good')
      expect(said(await welcome())).toContain('Welcome back')
    })
  })
}
