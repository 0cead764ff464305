import type { Update } from 'grammy/types'
import { expect, it } from 'vitest'
import { inLanes } from '../../../src/adapters/telegram/lanes.ts'

const message = (update_id: number, chat: number) =>
  ({ update_id, message: { chat: { id: chat } } }) as Update
const press = (update_id: number, chat: number) =>
  ({ update_id, callback_query: { from: { id: chat }, message: { chat: { id: chat } } } }) as Update
const vote = (update_id: number, user: number) =>
  ({ update_id, poll_answer: { user: { id: user } } }) as Update

it('keeps updates of one chat in order, presses and votes among them, and lets other chats go beside it', async () => {
  const begun: number[] = []
  const held = new Map<number, () => void>()
  const handle = inLanes((update) => {
    begun.push(update.update_id)
    return new Promise<void>((resolve, reject) => {
      held.set(update.update_id, () => (update.update_id === 2 ? reject(new Error('two fails')) : resolve()))
    })
  })
  const works = [message(1, 7), press(2, 7), vote(3, 7), message(4, 8)].map((update) =>
    handle(update).catch((error: Error) => error.message),
  )
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  await turn()
  expect(begun).toEqual([1, 4])
  for (const [id, after] of [
    [1, [1, 4, 2]],
    [2, [1, 4, 2, 3]],
  ] as const) {
    held.get(id)?.()
    await turn()
    expect(begun).toEqual(after)
  }
  held.get(3)?.()
  held.get(4)?.()
  expect(await Promise.all(works)).toEqual([undefined, 'two fails', undefined, undefined])
})
