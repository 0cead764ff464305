import type { PlaceKey } from './team.ts'

/** What the core needs of a database when a platform gives a place another id. */
export interface MoveStore {
  /**
   * All that is known of a place holds for the new id from now on, as when a Telegram group becomes a supergroup: its
   * team, its daily quiz, its rounds, who is present, codes on show. Where the bot writes into the place itself, that
   * follows. What was set up under the new id meanwhile gives way.
   *
   * @returns false when nothing was known of the place, as when it is done a second time
   */
  movePlace(from: PlaceKey, toId: string): Promise<boolean>
}
