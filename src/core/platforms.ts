import type { Platform } from './learner.ts'
import type { Screen } from './screen.ts'
import type { PlaceKey } from './team/team.ts'

/** What a platform does when it is asked by the clock, or for another platform. */
export interface PlatformHands {
  /** Sends the questions of a daily quiz that were not sent yet. Asked again after a crash. */
  openDaily(roundId: number): Promise<void>
  /** Shows the result of a daily quiz that takes no more answers. Asked again after a crash. */
  closeDaily(roundId: number): Promise<void>
  /**
   * Writes into a chat that the bot may write to.
   *
   * @param key the same when it is tried again, another for anything else that is posted in that chat; at most 8 of
   *   a-z and 0-9. Where the platform can tell by it, it is written once.
   * @returns false where the bot has been thrown out, as far as the platform tells that apart: trying again is no use
   */
  post(chatId: string, screen: Screen, key: string): Promise<boolean>
  /** Whether somebody is in a place; null when the platform does not say. */
  isMember(placeId: string, externalId: string): Promise<boolean | null>
}

/** The platforms that this process is connected to. */
export class Platforms {
  readonly #hands = new Map<Platform, PlatformHands>()

  /** The platform can be asked from now on. */
  join(platform: Platform, hands: PlatformHands): void {
    this.#hands.set(platform, hands)
  }

  /** Those that can be asked now. */
  joined(): Platform[] {
    return [...this.#hands.keys()]
  }

  /** Null for a platform that this process is not connected to. */
  of(platform: Platform): PlatformHands | null {
    return this.#hands.get(platform) ?? null
  }

  /** Whether somebody is in a place; null when nobody can say now. Never fails. */
  async isMember({ platform, placeId }: PlaceKey, externalId: string): Promise<boolean | null> {
    try {
      return (await this.of(platform)?.isMember(placeId, externalId)) ?? null
    } catch {
      return null
    }
  }
}
