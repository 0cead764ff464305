import { setTimeout as delay } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import { type Turn, type TurnBounds, Turns } from '../../core/turns.ts'

type Handle = (update: Update) => Promise<void>

/** Whoever presses in a hurry gets not so far ahead of the bot; and a webhook takes 40 updates at once of all people. */
const TURNS: TurnBounds = { atOnce: 1, waiting: 4, pauseMs: 250 }

/**
 * Lets updates of one person wait for each other, in the order they came, and those of different people go side by
 * side. A failure ends its own update only. Nothing is kept of a person once their updates are done.
 *
 * @returns takes an update; it is refused where too many of the person wait already
 */
export function inLanes(handle: Handle): (update: Update) => Turn {
  const turns = new Turns(TURNS, delay)
  return (update) => {
    const person = personOf(update)
    return person === undefined
      ? { kind: 'taken', done: handle(update) }
      : turns.take(person, () => handle(update), canBeRepeated(update))
  }
}

/**
 * Whether the person can simply do it again. A vote in a quiz poll is final, and there is one for each poll that the bot
 * has sent; and what became of a chat is told once.
 */
function canBeRepeated({ message, callback_query }: Update): boolean {
  return callback_query !== undefined || (message !== undefined && message.migrate_to_chat_id === undefined)
}

/**
 * Who sent an update: an admin who hides behind a group, or a channel, as that, since Telegram gives all of them the
 * same made-up user. A private chat has its person's id, so that a vote in a poll there waits for the messages before it.
 */
export function personOf({
  message,
  callback_query,
  poll_answer,
  my_chat_member,
}: Update): string | undefined {
  const sent = message ?? my_chat_member
  const id =
    message?.sender_chat?.id ??
    callback_query?.from.id ??
    poll_answer?.user?.id ??
    sent?.from?.id ??
    sent?.chat.id
  return id === undefined ? undefined : String(id)
}
