import { type Api, type Context, InputFile } from 'grammy'
import type { Message, User } from 'grammy/types'
import type { Request } from '../../core/action.ts'
import { decodeAction } from '../../core/actionCodec.ts'
import type { ChatKey, Conversation } from '../../core/chatStore.ts'
import { handle } from '../../core/handle.ts'
import { nextReminderAt } from '../../core/personalRequests.ts'
import { privateScreen, requestOf, type Screen } from '../../core/screen.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { askingOfUser } from './asker.ts'
import { helpScreen } from './commands.ts'
import { CATCH_UP } from './daily.ts'
import { replace, send, withoutButtons } from './deliver.ts'
import type { Quizzes } from './quiz.ts'

const DECK_LINK = /^deck-([a-z0-9-]{1,32})$/
const CATCH_UP_LINK = new RegExp(`^${CATCH_UP}(\\d{1,15})$`)

/** What a command asks of the core; the others are dealt with by themselves. */
const REQUESTS: Readonly<Record<string, Request>> = {
  review: { kind: 'study', deckId: null },
  decks: { kind: 'decks' },
  stats: { kind: 'stats' },
  settings: { kind: 'settings' },
  undo: { kind: 'undo', ref: null },
  unlink: { kind: 'askUnlink' },
  forget: { kind: 'askForget' },
}

/** One person's chat with the bot: one message with the screen, edited in place, and what they write. */
export class PrivateChat {
  readonly #api: Api
  readonly #surroundings: Surroundings
  readonly #quizzes: Quizzes

  constructor(api: Api, surroundings: Surroundings, quizzes: Quizzes) {
    this.#api = api
    this.#surroundings = surroundings
    this.#quizzes = quizzes
  }

  /** A press on a button; the query has been answered already. */
  async press(ctx: Context): Promise<void> {
    const query = ctx.callbackQuery
    const action = decodeAction(query?.data ?? '')
    if (query === undefined || action === null) return
    const work = async (conversation: Conversation, chatId: number) => {
      const messageId = query.message?.message_id ?? null
      return this.#show(query.from, chatId, action, messageId, conversation)
    }
    await this.#once(ctx, query.from, work, action.kind === 'undo' && action.ref === null)
  }

  /** Anything a person sends. */
  async message(ctx: Context): Promise<void> {
    const { message } = ctx
    if (message === undefined) return
    const command = commandOf(message)
    const work = async (conversation: Conversation, chatId: number) => {
      if (command !== null) return this.#command(message.from, chatId, command, conversation)
      const { input } = conversation
      if (message.text === undefined || input === null) {
        await send(this.#api, chatId, note(input === null ? LOST : TEXT_ONLY))
        return conversation
      }
      return this.#show(message.from, chatId, requestOf(input, message.text), null, conversation)
    }
    await this.#once(ctx, message.from, work, command?.name === 'undo')
  }

  async #command(
    from: User,
    chatId: number,
    { name, words }: Command,
    conversation: Conversation,
  ): Promise<Conversation | null> {
    const request = requestOfCommand(name, words)
    if (request !== undefined) {
      if (name === 'start') await this.#reach(from, chatId)
      return this.#show(from, chatId, request, null, conversation)
    }
    if (name === 'quiz') {
      await this.#quizzes.open(chatId, false, askingOfUser(this.#surroundings, from), words)
    } else if (IN_GROUPS.includes(name)) await send(this.#api, chatId, note(GROUPS_ONLY))
    else if (name === 'export') await this.#export(from, chatId)
    else if (name === 'help') await send(this.#api, chatId, helpScreen('private'))
    else await send(this.#api, chatId, note(`I know no command /${name.slice(0, 32)}. /help lists them.`))
    return conversation
  }

  /**
   * Asks the core and shows what it answers.
   *
   * @param pressed the message whose button was pressed; null: the answer goes below what the person wrote
   */
  async #show(
    from: User,
    chatId: number,
    request: Request,
    pressed: number | null,
    conversation: Conversation,
  ): Promise<Conversation | null> {
    const screen = await handle(this.#surroundings.store, askingOfUser(this.#surroundings, from), request)
    if (pressed !== null) {
      const messageId = await replace(this.#api, chatId, pressed, screen)
      // Whoever wanted to be forgotten leaves no trace here either.
      if (request.kind === 'forget') return null
      return { ...conversation, messageId: String(messageId), input: screen.input }
    }
    const messageId = await send(this.#api, chatId, screen)
    if (conversation.messageId !== null) {
      await withoutButtons(this.#api, chatId, Number(conversation.messageId))
    }
    return { ...conversation, messageId: String(messageId), input: screen.input }
  }

  async #export(from: User, chatId: number): Promise<void> {
    const { store, now } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, from)
    const learner = await store.learner(asking.identity, asking.initialSettings)
    const data = JSON.stringify(await store.exportLearner(learner.id), null, 2)
    const file = new InputFile(Buffer.from(data), `deckhand-${now().toISOString().slice(0, 10)}.json`)
    await this.#api.sendDocument(chatId, file, { caption: 'Everything I know about you, as JSON.' })
  }

  /** The person can be written to again, and is reminded if they wish so. */
  async #reach(from: User, chatId: number): Promise<void> {
    const { store } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, from)
    const learner = await store.learner(asking.identity, asking.initialSettings)
    await store.reachIn(learner.id, chatKey(chatId), nextReminderAt(learner, asking.now))
  }

  /**
   * Deals with an update unless that was done before; what is to be known of the chat afterwards is kept.
   *
   * @param isUndo an answer that comes once more finds its card answered; an undo of the latest would take back one more, so
   *   it is not tried again, even where the first try failed
   */
  async #once(
    ctx: Context,
    from: User,
    work: (conversation: Conversation, chatId: number) => Promise<Conversation | null>,
    isUndo: boolean,
  ): Promise<void> {
    const chatId = ctx.chatId ?? from.id
    const { store } = this.#surroundings
    const updateId = String(ctx.update.update_id)
    const conversation = await store.conversation(chatKey(chatId))
    if (conversation.handled.includes(updateId)) return
    const keep = async (kept: Conversation) => {
      const asking = askingOfUser(this.#surroundings, from)
      const learner = await store.learner(asking.identity, asking.initialSettings)
      const handled = [...conversation.handled, updateId]
      await store.saveConversation(chatKey(chatId), learner.id, { ...kept, handled })
    }
    if (isUndo) await keep(conversation)
    const after = await work(conversation, chatId)
    if (after !== null) await keep(after)
  }
}

const LOST =
  'I did not ask for anything to be written here. /review asks your next card, /help lists the rest.'
const IN_GROUPS = ['daily', 'team', 'leaderboard', 'stop']
const GROUPS_ONLY = 'That is for groups: add me to the one you learn in, and write it there.'
const TEXT_ONLY = 'I can only read text. Please write your answer.'

function note(text: string): Screen {
  return privateScreen({ blocks: [{ kind: 'plain', text }] })
}

interface Command {
  readonly name: string
  readonly words: string
}

function commandOf({ text }: Message): Command | null {
  const [, name, words = ''] = /^\/([a-z0-9_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text ?? '') ?? []
  return name === undefined ? null : { name: name.toLowerCase(), words }
}

/** Undefined for what is no request of the core. */
function requestOfCommand(name: string, words: string): Request | undefined {
  if (name === 'start') return openingOf(words.trim())
  if (name === 'link') return { kind: 'link', code: words.trim() === '' ? null : words.trim() }
  return Object.hasOwn(REQUESTS, name) ? REQUESTS[name] : undefined
}

/** What a link into this chat is about. */
function openingOf(words: string): Request {
  if (words === 'review') return { kind: 'study', deckId: null }
  const roundId = CATCH_UP_LINK.exec(words)?.[1]
  if (roundId !== undefined) return { kind: 'catchUp', roundId: Number(roundId) }
  return { kind: 'welcome', deckId: DECK_LINK.exec(words)?.[1] ?? null }
}

function chatKey(chatId: number): ChatKey {
  return { platform: 'telegram', chatId: String(chatId) }
}
