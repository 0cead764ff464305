import type { Update } from 'grammy/types'
import { expect, it } from 'vitest'
import { inLanes, personOf } from '../../../src/adapters/telegram/lanes.ts'
import type { Turn } from '../../../src/core/turns.ts'

const message = (update_id: number, chat: number) =>
  ({ update_id, message: { chat: { id: chat } } }) as Update
const press = (update_id: number, chat: number) =>
  ({ update_id, callback_query: { from: { id: chat }, message: { chat: { id: chat } } } }) as Update
const vote = (update_id: number, user: number) =>
  ({ update_id, poll_answer: { user: { id: user } } }) as Update

async function doneOf(turn: Turn): Promise<void> {
  if (turn.kind === 'refused') throw new Error('refused')
  await turn.done
}

it('keeps updates of one person in order, presses and votes among them, and lets other people go beside them', async () => {
  const begun: number[] = []
  const held = new Map<number, () => void>()
  const handle = inLanes((update) => {
    begun.push(update.update_id)
    return new Promise<void>((resolve, reject) => {
      held.set(update.update_id, () => (update.update_id === 2 ? reject(new Error('two fails')) : resolve()))
    })
  })
  const works = [message(1, 7), press(2, 7), vote(3, 7), message(4, 8)].map((update) =>
    doneOf(handle(update)).catch((error: Error) => error.message),
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

it('refuses the sixth of one person, and nobody else, in a group too', async () => {
  const handle = inLanes(() => new Promise(() => {}))
  const inGroup = (update_id: number, from: number) =>
    ({ update_id, message: { chat: { id: -5 }, from: { id: from } } }) as Update
  const turns = [1, 2, 3, 4, 5, 6, 7].map((id) => handle(inGroup(id, 7)))
  expect(turns.map(({ kind }) => kind)).toEqual([...Array(5).fill('taken'), 'refused', 'refused'])
  expect(turns.slice(5)).toEqual([
    { kind: 'refused', isFirst: true },
    { kind: 'refused', isFirst: false },
  ])
  expect(handle(inGroup(8, 9)).kind).toBe('taken')
  // A vote is final, so it is never left out; nor is that a group has another id now.
  expect(handle(vote(10, 7)).kind).toBe('taken')
  const moved = { chat: { id: -5 }, from: { id: 7 }, migrate_to_chat_id: -6 }
  expect(handle({ update_id: 11, message: moved } as Update).kind).toBe('taken')
})

it('takes an admin who hides behind a group for that group, though Telegram gives all of them one user', () => {
  const hidden = (chat: number) =>
    ({ message: { chat: { id: chat }, from: { id: 1087968824 }, sender_chat: { id: chat } } }) as Update
  expect([personOf(hidden(-5)), personOf(hidden(-6)), personOf({ update_id: 1 })]).toEqual([
    '-5',
    '-6',
    undefined,
  ])
})
