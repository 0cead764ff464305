import type { InlineKeyboardButton, Message, Update, User } from 'grammy/types'
import { addMessage, type TestChat } from './chats.ts'
import type { Toast } from './queries.ts'
import type { TelegramServer } from './server.ts'

/** A press that has been sent to the bot. */
export interface Press {
  readonly update: Update
  /** Waits for the bot's answer to it. @throws Error after 4 s */
  answered(): Promise<Toast>
}

/** Which button: by its label, or by data that a client made up. */
export type ButtonChoice = string | RegExp | { readonly data: string }

/** Whom Telegram names in place of an admin who writes as the group; the same in every group. */
const ANONYMOUS: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
}

let nextQueryId = 9_000_000_000_001

/** A person in a test. What they do reaches the bot as updates. */
export class TestUser {
  readonly info: User
  /** Their private chat with the bot. */
  readonly chat: TestChat
  readonly #server: TelegramServer

  constructor(server: TelegramServer, info: User, chat: TestChat) {
    this.#server = server
    this.info = info
    this.chat = chat
    chat.members.set(info.id, info)
  }

  get id(): number {
    return this.info.id
  }

  /**
   * Writes to the bot, or into a group: there a bot in privacy mode gets commands, mentions of it and replies to
   * it only. An admin may write as the group itself.
   *
   * @returns the message, and the update that the bot gets of it
   */
  says(
    text: string,
    {
      in: chat = this.chat,
      replyTo,
      isAnonymous = false,
    }: { in?: TestChat; replyTo?: Message; isAnonymous?: boolean } = {},
  ): { message: Message; update: Update | null } {
    if (chat === this.chat && chat.bot !== 'member') this.unblocks()
    const entities = entitiesIn(text)
    const message = addMessage(chat, isAnonymous ? ANONYMOUS : this.info, {
      text,
      ...(isAnonymous && { sender_chat: chat.info }),
      ...(entities.length > 0 && { entities }),
      ...(replyTo && { reply_to_message: { ...replyTo, reply_to_message: undefined } as never }),
    })
    const reachesBot = chat === this.chat || this.#isForBot(text, chat, replyTo)
    return { message, update: reachesBot ? this.#server.push('message', message as never) : null }
  }

  /** Presses a button of a message, as it is shown now. @throws Error when it has no such button */
  press(message: Message, choice: ButtonChoice, { accessible = true } = {}): Press {
    const id = String(nextQueryId++)
    this.#server.queries.open(id)
    const { message_id, chat } = message
    const update = this.#server.push('callback_query', {
      id,
      from: this.info,
      // Telegram keeps old messages from bots: date 0 says so.
      message: accessible ? message : ({ message_id, chat, date: 0 } as never),
      chat_instance: String(chat.id),
      data: dataOf(message, choice),
    })
    if (update === null) throw new Error('The bot has not asked for callback_query updates')
    const answered = () =>
      this.#server.until(`an answer to the press of ${JSON.stringify(choice)}`, () =>
        this.#server.queries.answerTo(id),
      )
    return { update, answered }
  }

  /**
   * Votes in a poll, by an option's text or index.
   *
   * @returns the update that the bot gets of it; null when the poll is anonymous
   */
  votes(message: Message, option: string | number): Update | null {
    const known = this.#server.polls.get(message.poll?.id ?? '')
    if (known === undefined) throw new Error('This message is no poll of this server')
    const { poll, votes } = known
    const index = typeof option === 'number' ? option : poll.options.findIndex(({ text }) => text === option)
    const chosen = poll.options[index]
    if (chosen === undefined) throw new Error(`No option ${option} among ${JSON.stringify(poll.options)}`)
    if (poll.is_closed) throw new Error('The poll is closed')
    if (votes.has(this.id) && !poll.allows_revoting) throw new Error('This poll takes one vote of each')
    votes.set(this.id, [index])
    chosen.voter_count++
    poll.total_voter_count = votes.size
    if (poll.is_anonymous) return null
    return this.#server.push('poll_answer', {
      poll_id: poll.id,
      user: this.info,
      option_ids: [index],
      option_persistent_ids: [chosen.persistent_id],
    })
  }

  /** Takes a vote back, where the poll allows it. */
  retracts(message: Message): Update | null {
    const known = this.#server.polls.get(message.poll?.id ?? '')
    if (known === undefined) throw new Error('This message is no poll of this server')
    known.votes.delete(this.id)
    const { id } = known.poll
    return this.#server.push('poll_answer', {
      poll_id: id,
      user: this.info,
      option_ids: [],
      option_persistent_ids: [],
    })
  }

  /** Is no member of a group any more, nor its admin. */
  leaves(chat: TestChat): void {
    chat.members.delete(this.id)
    chat.administrators.delete(this.id)
    chat.former.set(this.id, this.info)
  }

  /** Blocks the bot in the private chat. */
  blocks(): void {
    this.#changeBot(this.chat, 'blocked')
  }

  /** Starts the bot, or lets it write again. */
  unblocks(): void {
    this.#changeBot(this.chat, 'member')
  }

  addsBot(chat: TestChat): void {
    this.#changeBot(chat, 'member')
  }

  removesBot(chat: TestChat): void {
    this.#changeBot(chat, 'kicked')
  }

  #changeBot(chat: TestChat, next: 'member' | 'blocked' | 'kicked'): void {
    const was = chat.bot
    chat.bot = next
    // The first /start of a person is no change of membership.
    if (was === 'not started') return
    const before = was === 'member' || was === 'administrator' ? was : chat === this.chat ? 'kicked' : 'left'
    this.#server.push('my_chat_member', {
      chat: chat.info,
      from: this.info,
      date: Math.floor(Date.now() / 1000),
      old_chat_member: this.#server.membership(before),
      new_chat_member: this.#server.membership(next === 'blocked' ? 'kicked' : next),
    })
  }

  #isForBot(text: string, chat: TestChat, replyTo: Message | undefined): boolean {
    const { me } = this.#server
    if (chat.bot !== 'member' && chat.bot !== 'administrator') return false
    if (chat.bot === 'administrator' || replyTo?.from?.id === me.id) return true
    const command = /^\/\w+(@\w+)?/.exec(text)
    const isMentioned = text.includes(`@${me.username}`)
    return isMentioned || (command !== null && command[1] === undefined)
  }
}

function dataOf(message: Message, choice: ButtonChoice): string {
  if (typeof choice === 'object' && 'data' in choice) return choice.data
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat()
  const button = buttons.find(({ text }) =>
    typeof choice === 'string' ? text === choice : choice.test(text),
  )
  const data = (button as InlineKeyboardButton.CallbackButton | undefined)?.callback_data
  if (data === undefined) {
    throw new Error(`No button ${choice} to press among ${JSON.stringify(buttons.map(({ text }) => text))}`)
  }
  return data
}

/** What Telegram marks in any text: commands at the start of a word, mentions. */
function entitiesIn(text: string): NonNullable<Message['entities']> {
  return [...text.matchAll(/(?<![\w/])(\/\w{1,64}(?:@\w{3,32})?|@\w{3,32})/g)].map(({ index, 0: found }) => ({
    type: found.startsWith('/') ? 'bot_command' : 'mention',
    offset: index,
    length: found.length,
  }))
}
