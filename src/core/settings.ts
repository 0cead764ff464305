import { NEW_PER_DAY_MAXIMUM, REVIEWS_PER_DAY_MAXIMUM, type Settings } from './learner.ts'
import { clockTime, isTimeZone } from './localTime.ts'

export const SETTING_NAMES = [
  'timeZone',
  'dayStartHour',
  'newPerDay',
  'reviewsPerDay',
  'reminder',
  'boards',
] as const
export type SettingName = (typeof SETTING_NAMES)[number]

/** How a setting is called and asked for. */
export interface SettingWords {
  readonly label: string
  readonly question: string
}

export const SETTING_WORDS: Readonly<Record<SettingName, SettingWords>> = {
  timeZone: { label: 'Time zone', question: 'Which time zone? For example Europe/Berlin or Asia/Kolkata.' },
  dayStartHour: {
    label: 'Start of day',
    question:
      'At which hour does your study day start? 0 to 23; 4 lets late nights count for the day before.',
  },
  newPerDay: { label: 'New cards a day', question: `How many new cards a day? 0 to ${NEW_PER_DAY_MAXIMUM}.` },
  reviewsPerDay: {
    label: 'Reviews a day',
    question: `At most how many reviews a day? 1 to ${REVIEWS_PER_DAY_MAXIMUM}.`,
  },
  reminder: {
    label: 'Reminder',
    question: 'When shall I remind you, on days when cards are due? For example 19:00, or off.',
  },
  boards: {
    label: 'Boards',
    question: 'Shall leaderboards and quiz results show your name? Write shown or hidden.',
  },
}

/** A setting read from text, or the sentence that says what would be right. */
export type SettingChange = { readonly change: Partial<Settings> } | { readonly error: string }

/**
 * Reads a new value for a setting.
 *
 * @param text as a person wrote it
 */
export function parseSetting(name: SettingName, text: string): SettingChange {
  const value = text.trim()
  switch (name) {
    case 'timeZone': {
      const timeZone = zoneNamed(value)
      return timeZone !== null
        ? { change: { timeZone } }
        : {
            error: `I know no time zone "${shortened(value)}". Write a large city near you, or a name like Europe/Berlin.`,
          }
    }
    case 'dayStartHour': {
      const hour = wholeNumber(value.replace(/:00$/, ''), 0, 23)
      return hour === null
        ? { error: `"${shortened(value)}" is no hour. Write a whole number from 0 to 23.` }
        : { change: { dayStartHour: hour } }
    }
    case 'newPerDay': {
      const count = wholeNumber(value, 0, NEW_PER_DAY_MAXIMUM)
      return count === null
        ? {
            error: `"${shortened(value)}" does not work. Write a whole number from 0 to ${NEW_PER_DAY_MAXIMUM}.`,
          }
        : { change: { newPerDay: count } }
    }
    case 'reviewsPerDay': {
      const count = wholeNumber(value, 1, REVIEWS_PER_DAY_MAXIMUM)
      return count === null
        ? {
            error: `"${shortened(value)}" does not work. Write a whole number from 1 to ${REVIEWS_PER_DAY_MAXIMUM}.`,
          }
        : { change: { reviewsPerDay: count } }
    }
    case 'reminder': {
      if (/^(?:off|no|never|none)$/i.test(value)) return { change: { reminderMinute: null } }
      const reminderMinute = minuteOfDay(value)
      return reminderMinute === null
        ? { error: `"${shortened(value)}" is no time of day. Write it like 19:00 or 7 pm, or write off.` }
        : { change: { reminderMinute } }
    }
    case 'boards': {
      if (/^(?:shown|show|yes|on)$/i.test(value)) return { change: { hidden: false } }
      if (/^(?:hidden|hide|no|off)$/i.test(value)) return { change: { hidden: true } }
      return { error: `"${shortened(value)}" does not work. Write shown or hidden.` }
    }
  }
}

/** A setting's value as a person reads it. */
export function showSetting(name: SettingName, settings: Settings): string {
  switch (name) {
    case 'timeZone':
      return settings.timeZone
    case 'dayStartHour':
      return `${String(settings.dayStartHour).padStart(2, '0')}:00`
    case 'newPerDay':
      return String(settings.newPerDay)
    case 'reviewsPerDay':
      return String(settings.reviewsPerDay)
    case 'reminder':
      return settings.reminderMinute === null ? 'off' : clockTime(settings.reminderMinute)
    case 'boards':
      return settings.hidden ? 'hidden' : 'shown'
  }
}

/** The IANA zone that a person wrote, in its usual capitals; null when there is none. */
export function zoneNamed(text: string): string | null {
  const zone = text.trim().replaceAll(' ', '_')
  return isTimeZone(zone) ? inUsualCapitals(zone) : null
}

/**
 * The zone in its usual capitals. The runtime's own canonical name will not do: it gives names of decades ago
 * (Asia/Katmandu, Asia/Calcutta), which nobody would recognise as what they wrote.
 */
function inUsualCapitals(zone: string): string {
  const listed = Intl.supportedValuesOf('timeZone').find((name) => name.toLowerCase() === zone.toLowerCase())
  if (listed !== undefined) return listed
  return /[A-Z]/.test(zone) ? zone : zone.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
}

/** Null unless it is a whole number within these. */
export function wholeNumber(text: string, minimum: number, maximum: number): number | null {
  if (!/^\d{1,6}$/.test(text)) return null
  const value = Number(text)
  return value >= minimum && value <= maximum ? value : null
}

/** Reads "19:00", "19.30", "1930", "7", "7 pm" and "7:30pm" as minutes after midnight; null: it is no time of day. */
export function minuteOfDay(text: string): number | null {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?m\.?|h|uhr)?$/i.exec(text)
  if (match === null) return null
  const [, hours = '', minutes = '0', half] = match
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (minute > 59) return null
  if (half === undefined) return hour > 23 ? null : hour * 60 + minute
  if (hour < 1 || hour > 12) return null
  return ((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)) * 60 + minute
}

/** Enough of what was written to recognise it. */
export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
