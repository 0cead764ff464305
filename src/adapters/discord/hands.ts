import type { DailyRound } from '../../core/daily/daily.ts'
import { dailyResult, dailyRound, dailySent } from '../../core/daily/dailyPosting.ts'
import type { PlatformHands } from '../../core/platforms.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import type { MessageBody } from './render/body.ts'
import { dailyClosedMessages, dailyEndMessages, dailyQuestionMessage } from './render/daily.ts'
import { renderScreen } from './render/render.ts'
import type { DiscordApi } from './transport/api.ts'
import { describeFailure, isChannelGone, isForbidden, isMessageGone } from './transport/failures.ts'

/** Where something is written by the clock; the server's name, where it is known. */
interface Addressee {
  readonly chatId: string
  readonly placeName: string | null
}

/** What Discord does when it is asked by the clock, or for another platform. */
export function createHands(api: DiscordApi, surroundings: Surroundings): PlatformHands {
  const { store, now, log } = surroundings

  return {
    openDaily: async (roundId) => {
      const round = await dailyRound(store, roundId)
      if (round === null || round.ended || now() >= round.closesAt) return
      for (const question of round.questions) {
        if (question.messageId !== null || question.closed) continue
        const body = dailyQuestionMessage(round, question)
        if (body === null) {
          log(
            `daily quiz ${round.id}: card ${question.cardId} cannot be asked in Discord and is left out`,
            'warn',
          )
          await store.closeQuestion(round.id, question.position)
          continue
        }
        // Sent again after a crash in between, Discord gives back the message that is there.
        const { id } = await send(round, body, `d${round.id}-${question.position}`)
        await dailySent(store, round, question, { externalId: id, messageId: id })
      }
    },

    closeDaily: async (roundId) => {
      const result = await dailyResult(store, roundId)
      if (result === null || result.round.ended) return
      const { round } = result
      for (const { position, messageId, bodies } of dailyClosedMessages(result)) {
        const [first, ...further] = bodies
        if (first === undefined || !(await edited(round, messageId, first))) continue
        for (const [index, body] of further.entries()) {
          await send(round, body, `d${round.id}-${position}-${index}`)
        }
      }
      for (const [index, body] of dailyEndMessages(result).entries()) {
        await send(round, body, `d${round.id}-end-${index}`)
      }
    },

    post: async (chatId, screen, key) => {
      // Discord compares nonces of all channels; one with its channel's id in it is another one there.
      const prefix = `${BigInt(chatId).toString(36)}-${key}`
      for (const [index, body] of renderScreen(screen).messages.entries()) {
        await send({ chatId, placeName: null }, body, `${prefix}-${index}`)
      }
      // Discord says of a server that the bot has left just what it says of a channel that it may not see: so it fails.
      return true
    },

    isMember: (guildId, userId) => api.isMember(guildId, userId),
  }

  async function send(to: Addressee, body: MessageBody, nonce: string): Promise<{ id: string }> {
    try {
      return await api.send(to.chatId, body, nonce)
    } catch (error) {
      throw explained(error, to)
    }
  }

  /** @returns false when somebody has deleted the message: its result is not wanted */
  async function edited(round: DailyRound, messageId: string, body: MessageBody): Promise<boolean> {
    try {
      await api.edit(round.chatId, messageId, body)
      return true
    } catch (error) {
      if (isMessageGone(error)) return false
      throw explained(error, round)
    }
  }

  /** A failure in words that say what to do, where somebody can do something; what is longest comes last. */
  function explained(error: unknown, { placeName, chatId }: Addressee): unknown {
    const what = isChannelGone(error)
      ? `channel ${chatId} is gone: set another one with /daily set`
      : isForbidden(error)
        ? `I may not write in channel ${chatId}: give me View Channel and Send Messages there, or set another one with /daily set`
        : null
    if (what === null) return error
    const where = placeName === null ? '' : `Discord server "${placeName}"; `
    return new Error(`${what} (${where}${describeFailure(error)})`, { cause: error })
  }
}
