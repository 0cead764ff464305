import { sequentialize } from '@grammyjs/runner'
import type { Update } from 'grammy/types'

type Handle = (update: Update) => Promise<void>

/**
 * Lets updates of one chat wait for each other, in the order they came, and those of different chats go side by
 * side. A failure ends its own update only. Nothing is kept of a chat once its updates are done.
 */
export function inLanes(handle: Handle): Handle {
  const inOrder = sequentialize<Update>(laneOf)
  return (update) => inOrder(update, () => handle(update))
}

/**
 * What has to wait for what: the chat, or the person where there is none. A private chat has its person's id, so
 * that a vote in a poll there waits for the messages before it.
 */
function laneOf({ message, callback_query, poll_answer, my_chat_member }: Update): string | undefined {
  const chat = (message ?? callback_query?.message ?? my_chat_member)?.chat
  const id = chat?.id ?? callback_query?.from.id ?? poll_answer?.user?.id
  return id === undefined ? undefined : String(id)
}
