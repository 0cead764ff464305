import type { Api, Context } from 'grammy'
import { privateScreen, type Screen } from '../../core/screen.ts'
import { helpScreen } from './commands.ts'
import { send } from './deliver.ts'
import type { Quizzes } from './quiz.ts'

/** A group: quizzes for everybody, and the way into the private chat. Nobody's own cards are shown here. */
export class GroupChat {
  readonly #api: Api
  readonly #quizzes: Quizzes

  constructor(api: Api, quizzes: Quizzes) {
    this.#api = api
    this.#quizzes = quizzes
  }

  /** A command; privacy mode keeps all else away, and it is none of the bot's business where it does not. */
  async command(ctx: Context): Promise<void> {
    const { message } = ctx
    const parsed = /^\/([a-z0-9_]+)(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(message?.text ?? '')
    if (message === undefined || message.from.is_bot || parsed === null) return
    const [, name = '', addressed, words = ''] = parsed
    if (addressed !== undefined && addressed.toLowerCase() !== ctx.me.username.toLowerCase()) return
    const chatId = message.chat.id
    switch (name.toLowerCase()) {
      case 'quiz':
        return this.#quizzes.open(chatId, true, message.from, words)
      case 'stop':
        return this.#stop(ctx, chatId, message.from.id)
      case 'help':
        await send(this.#api, chatId, helpScreen('group'))
        return
      case 'start':
      case 'review':
      case 'decks':
      case 'stats':
      case 'settings':
      case 'undo':
      case 'export':
      case 'forget':
        await send(this.#api, chatId, inPrivate(ctx.me.username))
        return
      default:
        // Other bots in the group have commands too: only what names this one is meant for it.
        if (addressed !== undefined)
          await send(this.#api, chatId, line(`I know no command /${name.slice(0, 32)}. /help lists them.`))
    }
  }

  async #stop(ctx: Context, chatId: number, userId: number): Promise<void> {
    if (!(await this.#isAdmin(ctx, chatId, userId))) {
      await send(this.#api, chatId, line('Only an admin of this group can end a quiz.'))
    } else if (!(await this.#quizzes.stop(chatId))) {
      await send(this.#api, chatId, line('No quiz is going on.'))
    }
  }

  /** Asked at the moment of use: rights may have changed since. */
  async #isAdmin(ctx: Context, chatId: number, userId: number): Promise<boolean> {
    // An admin who hides behind the group writes in its name.
    if (ctx.message?.sender_chat?.id === chatId) return true
    const { status } = await this.#api.getChatMember(chatId, userId)
    return status === 'creator' || status === 'administrator'
  }
}

function line(text: string): Screen {
  return { ...privateScreen({ blocks: [{ kind: 'plain', text }] }), visibility: 'everyone' }
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
