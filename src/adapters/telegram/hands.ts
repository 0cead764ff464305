import type { Api } from 'grammy'
import type { PlatformHands } from '../../core/platforms.ts'
import type { Screen } from '../../core/screen.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { DailyQuizzes } from './daily.ts'
import { send } from './deliver.ts'
import { explained } from './explained.ts'
import { screenForGroup } from './groupScreen.ts'
import { inChat } from './moved.ts'
import { isMember } from './rights.ts'
import { isBlocked } from './transport/failures.ts'

/**
 * What Telegram does when it is asked by the clock, or for another platform.
 *
 * @param api one that keeps Telegram's limits
 * @param username the bot's
 */
export function createHands(api: Api, surroundings: Surroundings, username: () => string): PlatformHands {
  const dailies = new DailyQuizzes(api, surroundings, username)

  return {
    openDaily: (roundId) => dailies.open(roundId),
    closeDaily: (roundId) => dailies.close(roundId),
    post: async (chatId, screen) => {
      try {
        await inChat(chatId, surroundings.store, (id) => post(id, screen))
        return true
      } catch (error) {
        if (isBlocked(error)) return false
        throw explained(error, { chatId, placeName: null })
      }
    },
    isMember: (groupId, userId) => isMember(api, Number(groupId), Number(userId)),
  }

  async function post(chatId: number, screen: Screen): Promise<void> {
    // Groups have ids below zero.
    await send(api, chatId, chatId < 0 ? screenForGroup(screen) : screen)
  }
}
