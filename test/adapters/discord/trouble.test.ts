import { afterEach, describe, expect, it } from 'vitest'
import type { Deck } from '../../../src/core/card.ts'
import type { Store } from '../../../src/core/store.ts'
import { sampleCard } from '../../support/sampleDeck.ts'
import { Bench } from './harness.ts'
import { isEphemeral, textOf } from './support/channels.ts'
import { serverError, tooManyRequests } from './support/faults.ts'

const HOSTILE =
  '*_[]()~>#+-=|{}.!<b>& @everyone <@123> [x](http://evil.example) ||s|| ``` \u202e\u2067 👩‍👩‍👧'

let bench: Bench | undefined

afterEach(async () => {
  expect(await bench?.data.differences()).toEqual([])
  await bench?.[Symbol.asyncDispose]()
  bench = undefined
})

describe('a Discord that is in trouble', () => {
  it.each([
    ['asks to wait', () => tooManyRequests(0.05)],
    ['fails', () => serverError()],
  ])('loses no answer when it %s', async (_, fault) => {
    bench = await Bench.start()
    const { user, card } = await bench.learner()
    bench.server.fault(/callback$/, fault())
    const answer = await user.click(card, 'Show answer').shown()
    bench.server.fault(/callback$/, fault())
    expect(textOf(await user.click(answer, /^Good/).shown())).toMatch(/Who schedules/)
    expect(await bench.answers(user)).toEqual(['flash 4'])
  })

  it('goes on when the gateway drops the connection', async () => {
    bench = await Bench.start()
    const { user, card } = await bench.learner()
    bench.server.gateway.drop()
    await bench.server.untilConnected()
    expect(textOf(await user.click(card, 'Show answer').shown())).toMatch(/Every node/)
  })
})

describe('a database in trouble', () => {
  it('is told to the person, who may try again; nothing is half-done', async () => {
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
    bench = await Bench.start(undefined, failing)
    const { user, card } = await bench.learner()
    const answer = await user.click(card, 'Show answer').shown()
    isDown = true
    const sorry = await user.click(answer, /^Good/).shown()
    expect(textOf(sorry)).toMatch(/Nothing is lost: please try again/)
    expect(isEphemeral(sorry)).toBe(true)
    isDown = false
    expect(textOf(await user.click(answer, /^Good/).shown())).toMatch(/Who schedules/)
    expect(await bench.answers(user)).toEqual(['flash 4'])
    expect(bench.log.join('\n')).not.toMatch(/secret words|loopback-only/)
  })

  it('that hangs leaves nobody waiting', async () => {
    const hanging = Promise.withResolvers<void>()
    let isHanging = false
    const slow = (store: Store): Store =>
      new Proxy(store, {
        get: (target, name) => {
          const value = Reflect.get(target, name)
          if (!isHanging || typeof value !== 'function') return value
          return async (...given: unknown[]) => {
            await hanging.promise
            return value.apply(target, given)
          }
        },
      })
    bench = await Bench.start(undefined, slow, 50)
    const { user, channel } = await bench.learner()
    isHanging = true
    expect(textOf(await user.slash(channel, 'review').shown())).toMatch(/try again/)
    isHanging = false
    hanging.resolve()
    expect(textOf(await user.slash(channel, 'review').shown())).toMatch(/kubelet/)
  })
})

describe('someone else’s message and hostile texts', () => {
  it('answers politely who presses what belongs to somebody else', async () => {
    bench = await Bench.start()
    const { card, channel } = await bench.learner('Ann')
    const bob = bench.server.user({ name: 'Bob' })
    const somebody = { id: '1', username: 'somebody', discriminator: '0', avatar: null, global_name: null }
    const by = { id: '2', type: 2, user: somebody, authorizing_integration_owners: {} }
    const metadata = { ...card, interaction_metadata: by }
    const act = bench.server.interact(
      bob,
      channel,
      3,
      { component_type: 2, custom_id: 'v:flash:0:0' },
      metadata as never,
    )
    await bench.server.until('a response', () => act.kind !== null)
    expect(textOf(act.original ?? card)).toMatch(/somebody else/)
    expect(await bench.answers(bob)).toEqual([])
  })

  it('shows cards as they are written, and pings nobody', async () => {
    const deck: Deck = {
      id: 'nodes',
      title: 'Nodes',
      cards: [
        sampleCard({
          id: 'a',
          prompt: `${HOSTILE} kubelet?`,
          answer: `Every node ${HOSTILE}`,
          explanation: `${HOSTILE}${'word '.repeat(1000)}end`,
        }),
        sampleCard({
          id: 'b',
          kind: 'choice',
          prompt: `Which ${HOSTILE}`,
          answer: 'right',
          wrong: ['`x`', HOSTILE, 'y'.repeat(95)],
        }),
      ],
    }
    bench = await Bench.start([deck])
    const { user, card, channel } = await bench.learner()
    await user.click(card, 'Show answer').shown()
    await bench.settled()
    const last = user.lastSeen(channel)
    expect(last).toBeDefined()
    expect(bench.server.refused).toEqual([])
    for (const { body } of bench.server.calls) {
      const sent = (body as { data?: { allowed_mentions?: object }; allowed_mentions?: object } | null) ?? {}
      const mentions = sent.data?.allowed_mentions ?? sent.allowed_mentions
      if (mentions !== undefined) expect(mentions).toEqual({ parse: [] })
    }
  })
})
