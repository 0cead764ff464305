import { Api, type ApiClientOptions, Bot, type Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { decodeAction } from '../../core/actionCodec.ts'
import { privateScreen } from '../../core/screen.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { UNWATCHED } from '../../core/watch.ts'
import { askingOfUser } from './asker.ts'
import { setCommands } from './commands.ts'
import { send } from './deliver.ts'
import { GroupChat } from './groupChat.ts'
import { isForGroups } from './groupScreen.ts'
import { createHands } from './hands.ts'
import { inLanes } from './lanes.ts'
import { PrivateChat } from './privateChat.ts'
import { Quizzes } from './quiz.ts'
import { sendReminders } from './reminders.ts'
import { type ApiOptions, configureApi } from './transport/api.ts'
import { describeFailure, isBlocked, isQueryTooOld } from './transport/failures.ts'
import { Pace } from './transport/pace.ts'
import { countVote, voteOf } from './votes.ts'

/** The kinds of updates the bot asks Telegram for. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'poll_answer', 'my_chat_member'] as const

const VOTE_PAUSE_MS = 500

const OLD_BUTTON = 'That button no longer works. /review shows your next card.'
const PRIVATE_BUTTON = 'That button only works in our private chat.'
const TOO_FAST = 'Not so fast: I have left out what you did just now. Please try it again in a moment.'
const TROUBLE = 'That did not work just now. Nothing is lost: please try again in a moment.'

/** Another process may have left a quiz between two questions; so often it is looked for. */
const TICKS_BETWEEN_RESUMES = 20

/** The bot, and what it does by the clock. */
export interface TelegramBot {
  readonly bot: Bot
  /** Deals with an update; those of one person in the order they come. Never fails. */
  handle(update: Update): Promise<void>
  /** Tells Telegram the commands, and goes on with quizzes that were interrupted. Call it before the first tick. */
  begin(): Promise<void>
  /** Closes questions, goes on with interrupted quizzes and sends reminders whose time has come. Call it every second; calls do not overlap. */
  tick(): Promise<void>
}

/**
 * The bot on grammY; it neither polls nor listens by itself.
 *
 * @param apiRoot of a Bot API server; null: Telegram's own
 * @param botInfo as getMe gives it; without it, call `bot.init()` first
 */
export function createBot(
  options: {
    readonly token: string
    readonly apiRoot: string | null
    readonly botInfo?: UserFromGetMe
    readonly api: ApiOptions
  },
  surroundings: Surroundings,
): TelegramBot {
  const client: ApiClientOptions = options.apiRoot === null ? {} : { apiRoot: options.apiRoot }
  const bot = new Bot(options.token, { client, ...(options.botInfo ? { botInfo: options.botInfo } : {}) })
  const pace = new Pace()
  configureApi(bot.api, { pace, ...options.api })
  // For what nobody waits for: it has the time that Telegram's limits take.
  const byClock = new Api(options.token, client)
  configureApi(byClock, { pace, ...options.api, isByClock: true })
  const quizzes = new Quizzes(bot.api, byClock, surroundings)
  const privateChat = new PrivateChat(bot.api, surroundings, quizzes)
  const groupChat = new GroupChat(bot.api, surroundings, quizzes)
  surroundings.platforms.join(
    'telegram',
    createHands(byClock, surroundings, () => bot.botInfo.username),
  )

  bot.use(async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      await apologise(ctx, error, surroundings)
    }
  })
  bot.on('callback_query:data', (ctx) => (isPrivate(ctx) ? privateChat.press(ctx) : groupChat.press(ctx)))
  bot.on('poll_answer', async (ctx) => {
    const vote = voteOf(ctx.pollAnswer)
    if (vote === null) return
    const asking = askingOfUser(surroundings, vote.user)
    const firstPauseMs = options.api.pauseMs ?? VOTE_PAUSE_MS
    await countVote(() => quizzes.answer(vote, asking), { log: surroundings.log, firstPauseMs })
  })
  bot.on('my_chat_member', async (ctx) => {
    if (!isPrivate(ctx)) return groupChat.membership(ctx)
    if (ctx.myChatMember.new_chat_member.status !== 'kicked') return
    const { identity, initialSettings } = askingOfUser(surroundings, ctx.myChatMember.from)
    const learner = await surroundings.store.learner(identity, initialSettings)
    await surroundings.store.unreachable(learner.id)
  })
  bot.on('message:migrate_to_chat_id', (ctx) => groupChat.moved(ctx))
  bot.on('message', (ctx) => (isPrivate(ctx) ? privateChat.message(ctx) : groupChat.command(ctx)))

  const takeInLane = inLanes(async (update) => {
    // All that came together is acknowledged before any of it is dealt with.
    await new Promise((resolve) => setImmediate(resolve))
    await bot.handleUpdate(update)
  })
  const { watch = UNWATCHED } = surroundings
  const closeDue = oneAtATime(() => quizzes.closeDue(surroundings.now()))
  const resume = oneAtATime(() => quizzes.resume())
  const remind = oneAtATime(() => sendReminders(byClock, surroundings, surroundings.now()))
  let ticks = 0
  return {
    bot,
    handle: (update) =>
      watch.update('telegram', String(update.update_id), async () => {
        try {
          const turn = takeInLane(update)
          // At once, not after what the person did before: their phone shows a spinner meanwhile.
          if (turn.kind === 'taken')
            await Promise.all([turn.done, acknowledge(bot.api, update, surroundings)])
          else if (turn.isFirst) await slowDown(bot.api, update, surroundings)
        } catch (error) {
          surroundings.log(`update ${update.update_id}: ${describeFailure(error)}`, 'warn')
        }
      }),
    begin: async () => {
      await setCommands(bot.api)
      await resume()
    },
    tick: async () => {
      const isTimeToResume = ++ticks % TICKS_BETWEEN_RESUMES === 0
      await Promise.all([closeDue(), remind(), ...(isTimeToResume ? [resume()] : [])])
    },
  }

  /** Many reminders take their time: nothing else waits for them, and what is under way is not begun again. */
  function oneAtATime(work: () => Promise<void>): () => Promise<void> {
    let underWay: Promise<void> | null = null
    return () => {
      underWay ??= watch
        .byClock('telegram', work)
        .catch((error: unknown) => surroundings.log(describeFailure(error), 'warn'))
        .finally(() => {
          underWay = null
        })
      return underWay
    }
  }
}

function isPrivate(ctx: Context): boolean {
  // A button under a message that Telegram no longer shows the bot comes without its chat.
  return ctx.chat === undefined || ctx.chat.type === 'private'
}

/** Answers a press, where the update is one. */
async function acknowledge(api: Api, update: Update, { log }: Surroundings): Promise<void> {
  const query = update.callback_query
  if (query === undefined) return
  const action = decodeAction(query.data ?? '')
  const isKnown = action !== null
  const isElsewhere = query.message !== undefined && query.message.chat.type !== 'private'
  // The answer says whether the person may press it, and that has to be asked first.
  if (isElsewhere && isForGroups(action)) return
  const text = !isKnown ? OLD_BUTTON : isElsewhere ? PRIVATE_BUTTON : null
  try {
    await api.answerCallbackQuery(query.id, text === null ? {} : { text })
  } catch (error) {
    if (!isQueryTooOld(error)) log(`a press was not acknowledged: ${describeFailure(error)}`, 'warn')
  }
}

/** Tells somebody who does more at once than the bot works off; a group is spared it. */
async function slowDown(api: Api, update: Update, { log }: Surroundings): Promise<void> {
  log(`update ${update.update_id}: left out, and what follows, as long as its sender does not wait`, 'warn')
  const { callback_query: query, message } = update
  try {
    if (query !== undefined) await api.answerCallbackQuery(query.id, { text: TOO_FAST })
    if (message?.chat.type !== 'private') return
    await send(api, message.chat.id, privateScreen({ blocks: [{ kind: 'plain', text: TOO_FAST }] }))
  } catch (error) {
    log(`somebody was not told to slow down: ${describeFailure(error)}`, 'warn')
  }
}

/** Tells the person, where that is possible, and the operator. */
async function apologise(ctx: Context, error: unknown, { store, log, ...rest }: Surroundings): Promise<void> {
  if (isBlocked(error) && isPrivate(ctx) && ctx.from !== undefined) {
    const { identity, initialSettings } = askingOfUser({ store, log, ...rest }, ctx.from)
    const learner = await store.learner(identity, initialSettings)
    await store.unreachable(learner.id)
    return
  }
  log(`update ${ctx.update.update_id}: ${describeFailure(error)}`, 'warn')
  if (ctx.chatId === undefined) return
  const screen = privateScreen({ blocks: [{ kind: 'plain', text: TROUBLE }] })
  await send(ctx.api, ctx.chatId, screen).catch(() => {})
}
