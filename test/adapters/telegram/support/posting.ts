import type { Message } from 'grammy/types'
import { addMessage, findMessage, type TestChat } from './chats.ts'
import { checkedKeyboard } from './limits.ts'
import type { World } from './methods.ts'
import { badRequest } from './refusal.ts'

interface Posted {
  readonly reply_markup?: unknown
  readonly reply_parameters?: { readonly message_id?: number }
}

/** What an edit can change. */
type Shown = { [K in 'text' | 'entities' | 'reply_markup']?: Message[K] | undefined }

/** Puts a message of the bot's into a chat, with the buttons of the payload. */
export function post({ me }: World, chat: TestChat, payload: Posted, parts: Partial<Message>): Message {
  const keyboard = keyboardPart(payload)
  const repliesTo = payload.reply_parameters?.message_id
  if (repliesTo !== undefined) findMessage(chat, repliesTo, 'be replied')
  return addMessage(chat, me, { ...parts, ...keyboard })
}

/** Changes text, entities and buttons of a message of the bot's to exactly `next`. */
export function edit(message: Message, botId: number, next: Shown): Message {
  if (message.from?.id !== botId) throw badRequest("message can't be edited")
  if (fingerprint(message) === fingerprint(next)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  delete message.entities
  delete message.reply_markup
  return Object.assign(message, next, { edit_date: message.date })
}

export function textPart({ text, entities }: Omit<Shown, 'reply_markup'>): Partial<Message> {
  return { ...(text && { text }), ...(entities && entities.length > 0 && { entities }) }
}

export function keyboardPart({ reply_markup }: { readonly reply_markup?: unknown }): Partial<Message> {
  const keyboard = checkedKeyboard(reply_markup)
  return keyboard === undefined ? {} : { reply_markup: keyboard }
}

function fingerprint({ text, entities, reply_markup }: Shown): string {
  return JSON.stringify([text, entities, reply_markup])
}
