/** Where a person is known from. */
export type Platform = 'terminal' | 'telegram' | 'discord'

/** What people call it. */
export const PLATFORM_NAME: Readonly<Record<Platform, string>> = {
  terminal: 'the terminal',
  telegram: 'Telegram',
  discord: 'Discord',
}

/** A person as one platform names them. */
export interface Identity {
  readonly platform: Platform
  /** The platform's own id for the person. */
  readonly externalId: string
}

/** What a learner can choose about their study. */
export interface Settings {
  /** IANA name. */
  readonly timeZone: string
  /** Local hour, 0 to 23, at which a new study day begins. */
  readonly dayStartHour: number
  /** New cards a study day, 0 to {@link NEW_PER_DAY_MAXIMUM}. */
  readonly newPerDay: number
  /** Due cards a study day, 1 to {@link REVIEWS_PER_DAY_MAXIMUM}. */
  readonly reviewsPerDay: number
  /** Minutes after local midnight at which to remind, 0 to 1439; null: never. */
  readonly reminderMinute: number | null
  /** Kept off every board, and out of every list of who answered what. */
  readonly hidden: boolean
}

/** A person, with one or more identities. */
export interface Learner extends Settings {
  readonly id: number
}

export const NEW_PER_DAY_MAXIMUM = 500
export const REVIEWS_PER_DAY_MAXIMUM = 2000

export const DEFAULT_SETTINGS: Settings = {
  timeZone: 'UTC',
  dayStartHour: 4,
  newPerDay: 10,
  reviewsPerDay: 100,
  reminderMinute: null,
  hidden: false,
}
