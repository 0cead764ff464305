import type { Platform } from '../learner.ts'

/** A place as its platform names it: a Discord guild, or a Telegram group. */
export interface PlaceKey {
  readonly platform: Platform
  /** The platform's own id for the place. */
  readonly placeId: string
}

/** Where a command about a team was given, or where somebody took part. */
export interface Here {
  readonly place: PlaceKey
  /** What people call the place. */
  readonly name: string
  /** Where the bot writes there: the channel of the guild, or the group itself. */
  readonly chatId: string
}

/** People who learn together, in one or more places. */
export interface Team {
  readonly id: number
  readonly name: string
  /** IANA name; weeks begin on Monday in it. */
  readonly timeZone: string
  /** Ids of the team's decks; null: every deck from the notes. */
  readonly deckIds: readonly string[] | null
  /** Local minute of Monday, 0 to 1439, at which the weekly summary is posted; null: never. */
  readonly weeklyMinute: number | null
}

/** A place that belongs to a team. */
export interface Place extends Here {
  readonly teamId: number
}
