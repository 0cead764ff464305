import type { ApiMethods, ChatMember, Message } from 'grammy/types'
import { type Chats, findMessage, type TestChat } from './chats.ts'
import { CAPTION_MAX_CHARACTERS, checkText, refuseParseModes, TEXT_MAX_CHARACTERS } from './limits.ts'
import type { SentFile } from './multipart.ts'
import { POLL_METHODS, type Polls } from './polls.ts'
import { edit, keyboardPart, post, textPart } from './posting.ts'
import type { Queries } from './queries.ts'
import { badRequest } from './refusal.ts'
import type { UpdateQueue } from './updateQueue.ts'

/** All that the bot's methods act on. */
export interface World {
  readonly me: ReturnType<ApiMethods['getMe']>
  readonly chats: Chats
  readonly polls: Polls
  readonly queries: Queries
  readonly updates: UpdateQueue
  setWebhook(url: string, secret: string | undefined): void
}

export type Payload<M extends keyof ApiMethods> = Parameters<ApiMethods[M]>[0]

export type Methods = {
  readonly [M in keyof ApiMethods]?: (
    world: World,
    payload: Payload<M>,
    context: { readonly files: readonly SentFile[]; readonly gone: AbortSignal },
  ) => unknown
}

const SAY_YES = () => true

/** What the bot may call. */
export const METHODS: Methods = {
  ...POLL_METHODS,

  getMe: ({ me }) => me,
  setMyCommands: SAY_YES,
  deleteMyCommands: SAY_YES,
  setMyDescription: SAY_YES,
  setMyShortDescription: SAY_YES,
  setChatMenuButton: SAY_YES,

  getUpdates: ({ updates }, payload, { gone }) => {
    if (payload?.allowed_updates !== undefined) allow(updates, payload.allowed_updates)
    return updates.take(payload ?? {}, gone)
  },

  setWebhook: ({ updates, setWebhook }, { url, secret_token, allowed_updates }) => {
    if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(secret_token)) {
      throw badRequest('secret token contains unallowed characters')
    }
    if (allowed_updates !== undefined) allow(updates, allowed_updates)
    setWebhook(url, secret_token)
    return true
  },

  deleteWebhook: ({ updates, setWebhook }, payload) => {
    if (payload?.drop_pending_updates) updates.confirm(() => true)
    setWebhook('', undefined)
    return true
  },

  sendChatAction: ({ chats }, { chat_id }) => {
    chats.forBot(chat_id)
    return true
  },

  sendMessage: (world, payload) => {
    const chat = world.chats.forBot(payload.chat_id)
    checkMessageText(payload, 'message is too long')
    return post(world, chat, payload, textPart(payload))
  },

  sendDocument: (world, payload, { files }) => {
    const chat = world.chats.forBot(payload.chat_id)
    refuseParseModes(payload)
    const part = String(payload.document).replace('attach://', '')
    const file = files.find((sent) => sent.part === part)
    if (file === undefined) throw badRequest('wrong file identifier/HTTP URL specified')
    if (file.content.length === 0) throw badRequest('file must be non-empty')
    checkText(payload.caption ?? '', payload.caption_entities, {
      maxCharacters: CAPTION_MAX_CHARACTERS,
      tooLong: 'message caption is too long',
    })
    return post(world, chat, payload, {
      document: { file_id: part, file_unique_id: part, file_name: file.name, file_size: file.content.length },
      ...(payload.caption && { caption: payload.caption }),
    })
  },

  editMessageText: ({ chats, me }, payload) => {
    const message = findMessage(chats.forBot(payload.chat_id), payload.message_id, 'edit')
    if (message.text === undefined) throw badRequest('there is no text in the message to edit')
    checkMessageText(payload, 'MESSAGE_TOO_LONG')
    return edit(message, me.id, { ...textPart(payload), ...keyboardPart(payload) })
  },

  editMessageReplyMarkup: ({ chats, me }, payload) => {
    const message = findMessage(chats.forBot(payload.chat_id), payload.message_id, 'edit')
    return edit(message, me.id, {
      ...(message.text !== undefined && textPart({ text: message.text, entities: message.entities })),
      ...keyboardPart(payload),
    })
  },

  deleteMessage: ({ chats, me }, { chat_id, message_id }) => {
    const chat = chats.forBot(chat_id)
    const message = findMessage(chat, message_id, 'delete')
    const mayDelete = message.from?.id === me.id || chat.info.type === 'private'
    if (!mayDelete && chat.bot !== 'administrator') throw badRequest("message can't be deleted")
    chat.messages.splice(chat.messages.indexOf(message), 1)
    return true
  },

  answerCallbackQuery: ({ queries }, { callback_query_id, text = '', show_alert = false }) => {
    if ([...text].length > 200) throw badRequest('MESSAGE_TOO_LONG')
    queries.answer(callback_query_id, { text, showAlert: show_alert })
    return true
  },

  getChatMember: ({ chats, me }, { chat_id, user_id }) => memberOf(chats.forBot(chat_id), user_id, me),

  getChatAdministrators: ({ chats, me }, { chat_id }) => {
    const chat = chats.forBot(chat_id)
    return [...chat.administrators].map((id) => memberOf(chat, id, me))
  },
}

function checkMessageText(
  payload: { text?: string; entities?: Message['entities']; reply_markup?: unknown },
  tooLong: string,
): void {
  refuseParseModes(payload)
  if (typeof payload.text !== 'string' || payload.text.trim() === '') {
    throw badRequest('message text is empty')
  }
  checkText(payload.text, payload.entities, { maxCharacters: TEXT_MAX_CHARACTERS, tooLong })
}

function allow(updates: UpdateQueue, kinds: readonly string[]): void {
  updates.allowed = kinds.length > 0 ? kinds : null
}

function memberOf(chat: TestChat, userId: number, me: World['me']): ChatMember {
  const former = chat.former.get(userId)
  if (former !== undefined && !chat.members.has(userId)) return { status: 'left', user: former }
  const user = userId === me.id ? me : chat.members.get(userId)
  if (user === undefined) throw badRequest('user not found')
  const isAdministrator = userId === me.id ? chat.bot === 'administrator' : chat.administrators.has(userId)
  return { status: isAdministrator ? 'administrator' : 'member', user } as ChatMember
}
