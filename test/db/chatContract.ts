import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChatKey, type Conversation, HANDLED_KEPT } from '../../src/core/chatStore.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import type { Input } from '../../src/core/screen.ts'
import type { Store } from '../../src/core/store.ts'
import type { TestPlace } from './support/databases.ts'
import { at } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const DAY_MINUTES = 24 * 60
const CHAT: ChatKey = { platform: 'telegram', chatId: '-100123' }
const NOTHING: Conversation = { messageId: null, input: null, handled: [] }
const ANSWER = {
  kind: 'answer' as const,
  ref: { cardId: 'pod', reviewCount: 3, onlyDeck: true },
  label: 'Your answer',
}

/**
 * What every store must know of chats, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineChatContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let store: Store

  beforeAll(async () => {
    opened = await openTestStore(await makePlace())
    store = opened.store
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  async function someone(name: string): Promise<number> {
    const learner = await store.learner({ platform: 'telegram', externalId: name }, DEFAULT_SETTINGS)
    return learner.id
  }

  const chatOf = (name: string): ChatKey => ({ platform: 'telegram', chatId: name })

  describe('conversations', () => {
    test('nothing is known of a new chat', async () => {
      expect(await store.conversation(CHAT)).toEqual(NOTHING)
    })

    const inputs: readonly Input[] = [
      ANSWER,
      { ...ANSWER, kind: 'report' },
      { kind: 'setting', name: 'timeZone', label: 'Time zone', first: true },
    ]
    test.each(inputs)('what is saved is what is known then: $kind', async (input) => {
      const conversation = { messageId: '17', input, handled: ['1', '2'] }
      await store.saveConversation(CHAT, await someone('ada'), conversation)
      expect(await store.conversation(CHAT)).toEqual(conversation)
    })

    test('what is saved later replaces it', async () => {
      await store.saveConversation(CHAT, await someone('ada'), {
        messageId: '17',
        input: ANSWER,
        handled: ['1'],
      })
      await store.saveConversation(CHAT, null, NOTHING)
      expect(await store.conversation(CHAT)).toEqual(NOTHING)
    })

    test('chats with the same id on two platforms are two', async () => {
      await store.saveConversation(CHAT, null, { ...NOTHING, messageId: '17' })
      expect(await store.conversation({ ...CHAT, platform: 'discord' })).toEqual(NOTHING)
    })

    test('of the updates handled the latest are kept, in order', async () => {
      const handled = Array.from({ length: HANDLED_KEPT + 7 }, (_, index) => String(index))
      await store.saveConversation(CHAT, null, { ...NOTHING, handled })
      expect((await store.conversation(CHAT)).handled).toEqual(handled.slice(7))
    })

    test('an input that this version does not know is none', async () => {
      await store.saveConversation(CHAT, null, { messageId: '17', input: ANSWER, handled: ['1'] })
      for (const spoilt of [
        sql`'{"kind":"dance"}'::jsonb`,
        sql`input || '{"ref":{"cardId":"pod","reviewCount":-1,"onlyDeck":true}}'`,
        sql`'{"kind":"setting","name":"colour","label":"","first":true}'::jsonb`,
        sql`'[]'::jsonb`,
        sql`'null'::jsonb`,
      ]) {
        await opened.db.execute(sql`update chats set input = ${spoilt}`)
        expect(await store.conversation(CHAT)).toEqual({ messageId: '17', input: null, handled: ['1'] })
      }
    })

    test('text of any kind can be stored; NUL is left out, and half a character replaced', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(0xffff)), async (units) => {
          const label = `\0\ud800'"\\ ${String.fromCharCode(...units)} \udc00`
          await store.saveConversation(CHAT, null, { ...NOTHING, input: { ...ANSWER, label } })
          const stored = label.replaceAll('\0', '').toWellFormed()
          expect((await store.conversation(CHAT)).input).toEqual({ ...ANSWER, label: stored })
        }),
      )
    })

    test('the chat of a learner who was forgotten is not stored again', async () => {
      const learnerId = await someone('ada')
      await store.forget(learnerId)
      await store.saveConversation(CHAT, learnerId, { ...NOTHING, messageId: '17' })
      expect(await store.conversation(CHAT)).toEqual(NOTHING)
    })
  })

  describe('reminders', () => {
    test('are taken when their time has come, earliest first, with chat and learner', async () => {
      const [late, early, never, later] = await Promise.all(['l', 'e', 'n', 'x'].map(someone))
      await store.reachIn(late ?? 0, chatOf('late'), at(9))
      await store.reachIn(early ?? 0, chatOf('early'), at(3))
      await store.reachIn(never ?? 0, chatOf('never'), null)
      await store.reachIn(later ?? 0, chatOf('later'), at(11))
      expect(await store.takeReminders('telegram', at(2), 9)).toEqual([])
      expect(await store.takeReminders('telegram', at(10), 9)).toEqual([
        { chat: chatOf('early'), learner: { id: early, ...DEFAULT_SETTINGS }, plannedFor: at(3) },
        { chat: chatOf('late'), learner: { id: late, ...DEFAULT_SETTINGS }, plannedFor: at(9) },
      ])
    })

    test('no more are taken than asked for; the others stay', async () => {
      for (const [index, name] of ['a', 'b', 'c'].entries()) {
        await store.reachIn(await someone(name), chatOf(name), at(index))
      }
      const taken = async () =>
        (await store.takeReminders('telegram', at(9), 2)).map(({ chat }) => chat.chatId)
      expect([await taken(), await taken(), await taken()]).toEqual([['a', 'b'], ['c'], []])
    })

    test('one that is taken comes a day later, however late it was', async () => {
      await store.reachIn(await someone('ada'), CHAT, at(-9 * DAY_MINUTES))
      expect(await store.takeReminders('telegram', at(0), 9)).toHaveLength(1)
      expect(await store.takeReminders('telegram', at(DAY_MINUTES - 1), 9)).toEqual([])
      expect(await store.takeReminders('telegram', at(DAY_MINUTES), 9)).toHaveLength(1)
    })

    test('can be moved and called off', async () => {
      const learnerId = await someone('ada')
      await store.reachIn(learnerId, CHAT, at(0))
      await store.planReminder(learnerId, at(5))
      expect(await store.takeReminders('telegram', at(4), 9)).toEqual([])
      expect(await store.takeReminders('telegram', at(5), 9)).toHaveLength(1)
      await store.planReminder(learnerId, null)
      expect(await store.takeReminders('telegram', at(9 * DAY_MINUTES), 9)).toEqual([])
    })

    test('go to the chat where the learner was met last', async () => {
      const learnerId = await someone('ada')
      await store.reachIn(learnerId, chatOf('first'), at(0))
      await store.reachIn(learnerId, chatOf('second'), at(1))
      expect(await store.takeReminders('telegram', at(9), 9)).toMatchObject([{ chat: chatOf('second') }])
    })

    test('nothing is planned for a learner who cannot be reached, until they are met again', async () => {
      const learnerId = await someone('ada')
      await store.planReminder(learnerId, at(0))
      expect(await store.takeReminders('telegram', at(9), 9)).toEqual([])
      await store.reachIn(learnerId, CHAT, at(0))
      await store.unreachable(learnerId)
      await store.planReminder(learnerId, at(0))
      expect(await store.takeReminders('telegram', at(9), 9)).toEqual([])
      await store.reachIn(learnerId, CHAT, at(0))
      expect(await store.takeReminders('telegram', at(9), 9)).toHaveLength(1)
    })

    test('a learner who was forgotten is not reached again', async () => {
      const learnerId = await someone('ada')
      await store.forget(learnerId)
      await store.reachIn(learnerId, CHAT, at(0))
      expect(await store.takeReminders('telegram', at(9), 9)).toEqual([])
    })

    test('ten callers at once get each reminder once', async () => {
      const names = Array.from({ length: 60 }, (_, index) => `learner-${index}`)
      const ids = await Promise.all(names.map(someone))
      await Promise.all(ids.map((id, index) => store.reachIn(id, chatOf(`${id}`), at(index % 7))))
      const taken: number[] = []
      const caller = async () => {
        for (;;) {
          const reminders = await store.takeReminders('telegram', at(9), 4)
          if (reminders.length === 0) return
          taken.push(...reminders.map(({ learner }) => learner.id))
        }
      }
      await Promise.all(Array.from({ length: 10 }, caller))
      // What was locked by others while a caller looked was skipped, and taken by them.
      expect(taken.sort((a, b) => a - b)).toEqual(ids.sort((a, b) => a - b))
    })
  })
}
