import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deck } from '../../../src/core/card.ts'
import type { Store } from '../../../src/core/store.ts'
import { sampleCard } from '../../support/sampleDeck.ts'
import { Bench } from './harness.ts'
import { hang, serverError, tooManyRequests } from './support/faults.ts'

const HOSTILE = '*_[]()~>#+-=|{}.!<b>&\u202e\u2067 👩‍👩‍👧 @all [x](http://evil.example) `'

let bench: Bench | undefined

afterEach(async () => {
  expect(await bench?.data.differences()).toEqual([])
  await bench?.[Symbol.asyncDispose]()
})

describe('a Telegram that is in trouble', () => {
  beforeEach(async () => {
    bench = await Bench.start()
  })

  it.each([
    ['asks to wait', () => tooManyRequests(1)],
    ['fails', () => serverError()],
  ])('loses no answer when it %s', async (_, fault) => {
    if (bench === undefined) return
    const { user } = await bench.learner()
    bench.server.fault('editMessageText', fault())
    bench.server.fault('answerCallbackQuery', fault())
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    bench.server.fault('editMessageText', fault())
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    expect(await bench.answers(user)).toEqual(['flash 4'])
  })

  it('takes back one answer when an undo that could not be shown comes again, or is pressed again', async () => {
    if (bench === undefined) return
    const { user } = await bench.learner()
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    await bench.press(user, 'scheduler')
    const outcome = await bench.shown(user, /Right/)
    bench.server.fault('editMessageText', serverError(), 4)
    const { update } = user.press(outcome, 'Undo')
    await bench.shown(user, /did not work/)
    user.press(outcome, 'Undo')
    bench.server.repeat(update)
    // In line behind them.
    user.says('/help')
    await bench.shown(user, /What I can do/)
    expect(await bench.answers(user)).toEqual(['flash 4', 'pick 4', 'pick undo'])
  })

  it('holds nobody else up when it hangs for one chat, and says so when it can', async () => {
    if (bench === undefined) return
    const { user: ann } = await bench.learner('Ann')
    const { user: bob } = await bench.learner('Bob')
    const held = hang()
    bench.server.fault('editMessageText', held)
    await bench.press(ann, 'Show answer')
    await bench.server.until(
      'the call that hangs',
      () => bench?.server.callsOf('editMessageText').at(-1)?.answer === null,
    )
    await bench.press(bob, 'Show answer')
    await bench.shown(bob, /Every node/)
    held.release()
    await bench.shown(ann, /Every node/)
  })
})

describe('a database that fails', () => {
  it('is told to the person, changes nothing, and does not end the bot', async () => {
    let isDown = false
    const failing = (store: Store): Store =>
      new Proxy(store, {
        get: (target, name) => {
          if (isDown && name === 'append') {
            return () => Promise.reject(new Error('Failed query: insert into "secret words"'))
          }
          return Reflect.get(target, name)
        },
      })
    bench = await Bench.start(undefined, {}, failing)
    const { user } = await bench.learner()
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    const answer = bench.server.lastShown(user.chat)
    isDown = true
    await bench.press(user, /^Good/)
    await bench.shown(user, /Nothing is lost: please try again/)
    isDown = false
    if (answer !== undefined) await user.press(answer, /^Good/).answered()
    await bench.shown(user, /Nothing is lost/)
    await bench.server.until(
      'the next card',
      () => answer !== undefined && /Who schedules/.test(String(answer.text)),
    )
    expect(await bench.answers(user)).toEqual(['flash 4'])
    expect(bench.log.join('\n')).not.toMatch(/secret words|7000000001:/)
  })
})

describe('card texts of any kind', () => {
  it('are shown as they are written, in messages, choices and polls', async () => {
    const long = `${HOSTILE}${'word '.repeat(1000)}end`
    const deck: Deck = {
      id: 'nodes',
      title: `Nodes ${HOSTILE}`,
      cards: [
        sampleCard({
          id: 'a',
          prompt: `${HOSTILE} kubelet?`,
          answer: `Every node ${HOSTILE}`,
          explanation: long,
        }),
        sampleCard({
          id: 'b',
          kind: 'choice',
          prompt: `Which ${HOSTILE}`,
          answer: `right ${HOSTILE}`,
          wrong: ['`x`', HOSTILE, `${'y'.repeat(95)}`],
        }),
        sampleCard({ id: 'c', kind: 'choice', prompt: long, answer: 'right', wrong: ['1', '2', '3'] }),
      ],
    }
    bench = await Bench.start([deck])
    const { user } = await bench.learner('Ann *_[]<b>')
    await bench.press(user, 'Show answer')
    const answer = await bench.shown(user, /end[\s\S]*sample\.md/)
    expect(bench.server.callsOf('sendMessage').length).toBeGreaterThan(1)
    expect(answer.reply_markup).toBeDefined()
    await bench.press(user, /^Good/)
    await bench.shown(user, /Which/)
    user.says(HOSTILE)
    user.says('/quiz')
    const poll = await bench.server.untilShown(user.chat, /^1\/1/)
    user.votes(poll, 0)
    await bench.shown(user, /of 1 right/)
    expect(bench.server.refused).toEqual([])
  })
})

describe('a vote that the database does not take at once', () => {
  it.each(['learner', 'questionByExternalId', 'answerRound', 'append'] as const)(
    'is counted once, when %s fails at first',
    async (method) => {
      let failures = 0
      const failing = (store: Store): Store =>
        new Proxy(store, {
          get: (target, name, receiver) => {
            if (name !== method || failures <= 0) return Reflect.get(target, name, receiver)
            failures--
            return () => Promise.reject(new Error('the database is away'))
          },
        })
      bench = await Bench.start(undefined, {}, failing)
      const { user } = await bench.learner()
      user.says('/quiz')
      const poll = await bench.server.untilShown(user.chat, /^1\/\d/)
      failures = 2
      user.votes(poll, 0)
      await bench.server.untilShown(user.chat, /of 1 right/)
      expect(await bench.answers(user)).toHaveLength(1)
    },
  )
})
