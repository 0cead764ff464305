import { afterEach, expect, it } from 'vitest'
import type { Store } from '../../../src/core/store.ts'
import { Bench } from './harness.ts'
import { textOf } from './support/channels.ts'

let bench: Bench | undefined

afterEach(async () => {
  expect(await bench?.data.differences()).toEqual([])
  await bench?.[Symbol.asyncDispose]()
  bench = undefined
})

it('works on six of fifty that one person does at once, says so once, and answers others meanwhile', async () => {
  const gate = Promise.withResolvers<void>()
  let flooder = ''
  const begun: string[] = []
  const slowForOne = (store: Store): Store => ({
    ...store,
    learner: async (identity, settings) => {
      if (identity.externalId === flooder) {
        begun.push(identity.externalId)
        await gate.promise
      }
      return store.learner(identity, settings)
    },
  })
  bench = await Bench.start(undefined, slowForOne)
  const { user: ann, card } = await bench.learner('Ann')
  const { user: mallory, channel } = await bench.learner('Mallory')
  flooder = mallory.id
  const acts = Array.from({ length: 50 }, () => mallory.slash(channel, 'stats'))
  const answer = await ann.click(card, 'Show answer').shown()
  expect(textOf(await ann.click(answer, /^Good/).shown())).toMatch(/Who schedules/)
  expect(begun).toHaveLength(2)
  gate.resolve()
  await bench.settled()
  const answered = acts.filter(({ interaction }) => interaction.kind !== null)
  const texts = answered.map(({ interaction }) => textOf(interaction.original ?? card))
  expect(texts.filter((text) => /^Not so fast/.test(text))).toHaveLength(1)
  expect(answered).toHaveLength(7)
  expect(bench.log.filter((line) => /left out, and what follows/.test(line))).toHaveLength(1)
})
