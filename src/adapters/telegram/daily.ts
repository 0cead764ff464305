import type { Api } from 'grammy'
import type { Message } from 'grammy/types'
import type { DailyQuestion, DailyRound } from '../../core/daily/daily.ts'
import { dailyResult, dailyRound, dailySent } from '../../core/daily/dailyPosting.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { send } from './deliver.ts'
import { explained } from './explained.ts'
import { movedBy } from './moved.ts'
import { dailyOpening, dailyPoll, dailyResultScreen } from './render/daily.ts'
import { LIMITS } from './render/limits.ts'
import type { QuizPoll } from './render/poll.ts'
import { isMessageGone, isPollClosed } from './transport/failures.ts'

/** What the link says that leads to the private chat to make up for a daily quiz; the round's id follows. */
export const CATCH_UP = 'catchup-'

/** Daily quizzes: native quiz polls that a group answers until all of them close. */
export class DailyQuizzes {
  readonly #api: Api
  readonly #surroundings: Surroundings
  readonly #username: () => string
  readonly #closing = new Map<number, Promise<void>>()

  /**
   * @param api one that keeps Telegram's limits: many open at the same minute
   * @param username the bot's
   */
  constructor(api: Api, surroundings: Surroundings, username: () => string) {
    this.#api = api
    this.#surroundings = surroundings
    this.#username = username
  }

  /**
   * Sends the questions that were not sent yet. A process that is killed after one was sent and before that was noted
   * sends it again a minute later: Telegram takes no key that would tell it.
   *
   * @throws Error with a reason that the group's admins, or the operator, can do something about
   */
  open(roundId: number): Promise<void> {
    return this.#inItsChat(roundId, async (round) => {
      if (this.#surroundings.now() >= round.closesAt) return
      const waiting = round.questions.filter(({ messageId, closed }) => messageId === null && !closed)
      for (const question of waiting) {
        const isFirst = waiting.length === round.questions.length && question === waiting[0]
        await this.#ask(round, question, isFirst)
      }
    })
  }

  /**
   * Ends the polls and shows how it went, unless that was done before. Here too a process that is killed between sending
   * and noting it sends it again.
   *
   * @throws Error as {@link open}
   */
  close(roundId: number): Promise<void> {
    // Asked twice at once, it is shown once.
    const closing =
      this.#closing.get(roundId) ?? this.#close(roundId).finally(() => this.#closing.delete(roundId))
    this.#closing.set(roundId, closing)
    return closing
  }

  #close(roundId: number): Promise<void> {
    return this.#inItsChat(roundId, async ({ chatId, questions }) => {
      const { store, now } = this.#surroundings
      for (const { messageId } of questions) {
        if (messageId !== null) await this.#stopPoll(chatId, messageId)
      }
      const result = await dailyResult(store, roundId)
      if (result === null || result.round.ended) return
      const catchUpUrl = `https://t.me/${this.#username()}?start=${CATCH_UP}${roundId}`
      await send(this.#api, Number(chatId), dailyResultScreen(result, catchUpUrl))
      await store.endRound(roundId, now())
    })
  }

  async #announce(round: DailyRound): Promise<number> {
    const { text, entities } = dailyOpening(round)
    const { message_id } = await this.#api.sendMessage(Number(round.chatId), text, { entities })
    return message_id
  }

  /** @param isFirst the opening goes before it */
  async #ask(round: DailyRound, question: DailyQuestion, isFirst: boolean): Promise<void> {
    const { store, log } = this.#surroundings
    const poll = dailyPoll(round, question)
    if (poll === null) {
      log(`daily quiz ${round.id}: card ${question.cardId} cannot be asked in Telegram and is left out`)
      await store.closeQuestion(round.id, question.position)
      return
    }
    if (!(await store.claimQuestion(question))) {
      throw new Error(`question ${question.position + 1} is being sent, or was until less than a minute ago`)
    }
    const sent = await this.#send(round, poll, isFirst).catch(async (error: unknown) => {
      await store.releaseQuestion(question)
      throw error
    })
    // Before anything else: until then nobody knows that it was sent.
    await dailySent(store, round, question, {
      externalId: sent.poll.id,
      messageId: String(sent.message_id),
    })
  }

  async #send(round: DailyRound, poll: QuizPoll, isFirst: boolean): Promise<Message.PollMessage> {
    const chatId = Number(round.chatId)
    const { question, options, ...rest } = poll
    const opening = isFirst ? await this.#announce(round) : null
    try {
      return await this.#api.sendPoll(chatId, question, options, { ...rest, ...this.#period(round) })
    } catch (error) {
      // It is tried again, and nobody wants to read that each time.
      if (opening !== null) await this.#api.deleteMessage(chatId, opening).catch(() => {})
      throw error
    }
  }

  /** How long it is open, counted from when Telegram has it: its clock and this one may differ. */
  #period({ closesAt }: DailyRound): { open_period?: number } {
    const seconds = Math.floor((closesAt.getTime() - this.#surroundings.now().getTime()) / 1000)
    const { least, most } = LIMITS.pollOpenSeconds
    return seconds >= least && seconds <= most ? { open_period: seconds } : {}
  }

  async #stopPoll(chatId: string, messageId: string): Promise<void> {
    try {
      await this.#api.stopPoll(Number(chatId), Number(messageId))
    } catch (error) {
      if (!isPollClosed(error) && !isMessageGone(error)) throw error
    }
  }

  /** Does it where the round is; where the group has become another one meanwhile, there. */
  async #inItsChat(roundId: number, work: (round: DailyRound) => Promise<void>): Promise<void> {
    const { store } = this.#surroundings
    const round = await dailyRound(store, roundId)
    if (round === null || round.ended) return
    try {
      await work(round)
    } catch (error) {
      if ((await movedBy(error, round.chatId, store)) === null) throw explained(error, round)
      const moved = await dailyRound(store, roundId)
      if (moved !== null && moved.chatId !== round.chatId) await work(moved)
    }
  }
}
