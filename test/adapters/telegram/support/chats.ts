import type { Chat, Message, User } from 'grammy/types'
import { badRequest, Refusal } from './refusal.ts'

/** What the bot may do in a chat. */
export type BotStanding = 'not started' | 'blocked' | 'deactivated' | 'kicked' | 'member' | 'administrator'

/** A chat as it is now: edits change its messages, deleted ones are gone. */
export interface TestChat {
  readonly info: Chat
  readonly messages: Message[]
  readonly members: Map<number, User>
  readonly administrators: Set<number>
  /** Who was a member once. */
  readonly former: Map<number, User>
  bot: BotStanding
  lastMessageId: number
  /** The supergroup that this group has become. */
  migratedTo: number | null
}

export class Chats {
  readonly #chats = new Map<number, TestChat>()

  add(info: Chat, bot: BotStanding): TestChat {
    const chat: TestChat = {
      info,
      messages: [],
      members: new Map(),
      administrators: new Set(),
      former: new Map(),
      bot,
      lastMessageId: 0,
      migratedTo: null,
    }
    this.#chats.set(info.id, chat)
    return chat
  }

  /**
   * A chat that the bot wants to do something in.
   *
   * @throws Refusal in Telegram's words when it may not
   */
  forBot(chatId: unknown): TestChat {
    const chat = this.#chats.get(Number(chatId))
    if (chat === undefined) throw badRequest('chat not found')
    if (chat.migratedTo !== null) {
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.migratedTo,
      })
    }
    switch (chat.bot) {
      case 'not started':
        throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user")
      case 'blocked':
        throw new Refusal(403, 'Forbidden: bot was blocked by the user')
      case 'deactivated':
        throw new Refusal(403, 'Forbidden: user is deactivated')
      case 'kicked':
        throw new Refusal(403, `Forbidden: bot was kicked from the ${chat.info.type} chat`)
      case 'member':
      case 'administrator':
        return chat
    }
  }
}

/** Puts a message at the end of a chat. */
export function addMessage(chat: TestChat, from: User, parts: Partial<Message>): Message {
  const message = {
    message_id: ++chat.lastMessageId,
    from,
    chat: chat.info,
    date: Math.floor(Date.now() / 1000),
    ...parts,
  } as Message
  chat.messages.push(message)
  return message
}

/** @throws Refusal "message to {what} not found" */
export function findMessage(chat: TestChat, messageId: unknown, what: string): Message {
  const message = chat.messages.find(({ message_id }) => message_id === Number(messageId))
  if (message === undefined) throw badRequest(`message to ${what} not found`)
  return message
}
