import type { Api, Context } from 'grammy'
import type { Message } from 'grammy/types'
import { decodeAction } from '../../core/actionCodec.ts'
import { pauseDaily } from '../../core/daily/dailyRequests.ts'
import { privateScreen, type Screen } from '../../core/screen.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { confirmTeam, dropTeam } from '../../core/team/placeRequests.ts'
import { askingOfSender, askingOfUser, isFromGroup } from './asker.ts'
import { helpScreen } from './commands.ts'
import { replace, send } from './deliver.ts'
import { type GroupAction, groupLine, isForGroups, screenForGroup } from './groupScreen.ts'
import { hereOf, placeOf } from './here.ts'
import { movedBy } from './moved.ts'
import type { Quizzes } from './quiz.ts'
import { isAdmin, wroteAsAdmin } from './rights.ts'
import { type TeamCommand, teamCommandOf } from './teamCommands.ts'
import { isBlocked, isQueryTooOld } from './transport/failures.ts'

const ADMINS_ONLY = 'Only an admin of this group can do that.'

/** A group: quizzes and boards for everybody, and the way into the private chat. Nobody's own cards are shown here. */
export class GroupChat {
  readonly #api: Api
  readonly #surroundings: Surroundings
  readonly #quizzes: Quizzes

  constructor(api: Api, surroundings: Surroundings, quizzes: Quizzes) {
    this.#api = api
    this.#surroundings = surroundings
    this.#quizzes = quizzes
  }

  /** A command; privacy mode keeps all else away, and it is none of the bot's business where it does not. */
  async command(ctx: Context): Promise<void> {
    const { message } = ctx
    const parsed = /^\/([a-z0-9_]+)(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(message?.text ?? '')
    if (message === undefined || parsed === null || isFromBot(message)) return
    const [, name = '', addressed, words = ''] = parsed
    if (addressed !== undefined && addressed.toLowerCase() !== ctx.me.username.toLowerCase()) return
    const chatId = message.chat.id
    const team = teamCommandOf(name.toLowerCase(), words, this.#surroundings)
    if (team !== null) return this.#team(message, team)
    switch (name.toLowerCase()) {
      case 'quiz':
        return this.#quizzes.open(chatId, true, askingOfSender(this.#surroundings, message), words)
      case 'stop':
        return this.#stop(message)
      case 'help':
        await send(this.#api, chatId, helpScreen('group'))
        return
      case 'start':
      case 'review':
      case 'decks':
      case 'stats':
      case 'settings':
      case 'undo':
      case 'link':
      case 'unlink':
      case 'export':
      case 'forget':
        await send(this.#api, chatId, inPrivate(ctx.me.username))
        return
      default:
        // Other bots in the group have commands too: only what names this one is meant for it.
        if (addressed !== undefined)
          await send(
            this.#api,
            chatId,
            groupLine(`I know no command /${name.slice(0, 32)}. /help lists them.`),
          )
    }
  }

  /** A press on one of the few buttons for groups; it is answered here, with a word to who may not press it. */
  async press(ctx: Context): Promise<void> {
    const { callbackQuery: query, chat } = ctx
    const action = decodeAction(query?.data ?? '')
    if (query?.message === undefined || chat === undefined || !isForGroups(action)) return
    const isAllowed = await isAdmin(this.#api, chat.id, query.from.id)
    await this.#api
      .answerCallbackQuery(query.id, isAllowed ? {} : { text: ADMINS_ONLY })
      .catch((error: unknown) => {
        if (!isQueryTooOld(error)) throw error
      })
    if (!isAllowed) return
    const screen = await this.#pressed(ctx, action)
    await replace(this.#api, chat.id, query.message.message_id, screenForGroup(screen))
  }

  /** The bot has been added or thrown out: a daily quiz waits until somebody resumes it. */
  async membership({ myChatMember: change, chat }: Context): Promise<void> {
    if (change === undefined || chat === undefined) return
    if (!['left', 'kicked'].includes(change.new_chat_member.status)) return
    const { store } = this.#surroundings
    try {
      // It may be back by now; and whether a group has become another one only a call tells.
      await this.#api.sendChatAction(chat.id, 'typing')
      return
    } catch (error) {
      if ((await movedBy(error, String(chat.id), store)) !== null) return
      if (!isBlocked(error)) throw error
    }
    const asking = askingOfUser(this.#surroundings, change.from)
    await pauseDaily(store, asking, hereOf(chat))
  }

  /** The group has become a supergroup, which Telegram gives another id. */
  async moved({ message }: Context): Promise<void> {
    if (message?.migrate_to_chat_id === undefined) return
    await this.#surroundings.store.movePlace(placeOf(message.chat.id), String(message.migrate_to_chat_id))
  }

  async #pressed({ callbackQuery, chat }: Context, action: GroupAction): Promise<Screen> {
    if (callbackQuery === undefined || chat === undefined) throw new Error('no press, or in no chat')
    const { store } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, callbackQuery.from)
    const work = action.kind === 'confirmTeam' ? confirmTeam : dropTeam
    return work(store, asking, hereOf(chat), action.pairingId)
  }

  async #team(message: Message, { isForAll, run }: TeamCommand): Promise<void> {
    const chatId = message.chat.id
    if (!isForAll && !(await wroteAsAdmin(this.#api, message))) {
      await send(this.#api, chatId, groupLine(ADMINS_ONLY))
      return
    }
    const asking = askingOfSender(this.#surroundings, message)
    const screen = await run(this.#surroundings.store, asking, hereOf(message.chat))
    await send(this.#api, chatId, screenForGroup(screen))
  }

  async #stop(message: Message): Promise<void> {
    const chatId = message.chat.id
    if (!(await wroteAsAdmin(this.#api, message))) {
      await send(this.#api, chatId, groupLine('Only an admin of this group can end a quiz.'))
    } else if (!(await this.#quizzes.stop(chatId))) {
      await send(this.#api, chatId, groupLine('No quiz is going on.'))
    }
  }
}

/** An admin who hides behind the group looks like a bot. */
function isFromBot(message: Message): boolean {
  return message.from?.is_bot === true && !isFromGroup(message)
}

function inPrivate(username: string): Screen {
  return {
    ...privateScreen({
      blocks: [{ kind: 'plain', text: 'Your cards are yours: I ask them in our private chat.' }],
      links: [{ label: 'Open private chat', url: `https://t.me/${username}?start=review` }],
    }),
    visibility: 'everyone',
  }
}
