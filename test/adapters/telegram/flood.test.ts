import { afterEach, expect, it } from 'vitest'
import type { Store } from '../../../src/core/store.ts'
import { Bench } from './harness.ts'

let bench: Bench | undefined

afterEach(async () => {
  expect(await bench?.data.differences()).toEqual([])
  await bench?.[Symbol.asyncDispose]()
  bench = undefined
})

it('works on five of fifty that one person sends at once, says so once, and answers others meanwhile', async () => {
  const gate = Promise.withResolvers<void>()
  let flooder = ''
  let begun = 0
  const slowForOne = (store: Store): Store => ({
    ...store,
    conversation: async (chat) => {
      if (chat.chatId === flooder) {
        begun++
        await gate.promise
      }
      return store.conversation(chat)
    },
  })
  bench = await Bench.start(undefined, {}, slowForOne)
  const { server } = bench
  const { user: ann } = await bench.learner('Ann')
  const { user: mallory } = await bench.learner('Mallory')
  flooder = String(mallory.id)
  for (let time = 0; time < 50; time++) mallory.says('/stats')
  await bench.press(ann, 'Show answer')
  await bench.shown(ann, /Every node/)
  await bench.press(ann, /^Good/)
  await bench.shown(ann, /Who schedules/)
  expect(begun).toBe(1)
  gate.resolve()
  await server.untilHandled()
  expect(begun).toBe(5)
  const toMallory = server
    .callsOf('sendMessage')
    .filter(({ payload }) => String((payload as { chat_id: number }).chat_id) === flooder)
    .map(({ payload }) => String((payload as { text: string }).text))
  expect(toMallory.filter((text) => /^Not so fast/.test(text))).toHaveLength(1)
  expect(bench.log.filter((line) => /left out, and what follows/.test(line))).toHaveLength(1)
  // Once the line is empty it is as before.
  mallory.says('/help')
  await bench.shown(mallory, /What I can do/)
})
