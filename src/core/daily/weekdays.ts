import { daysBetween, parseStudyDay, type StudyDay } from '../studyDay.ts'

declare const weekdaysBrand: unique symbol

/** Days of the week: one bit each, Monday the lowest; at least one of them. */
export type Weekdays = number & { readonly [weekdaysBrand]: true }

export const EVERY_DAY = 0b111_1111 as Weekdays
const MONDAY_TO_FRIDAY = 0b001_1111 as Weekdays
const WEEKEND = 0b110_0000 as Weekdays

const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const A_MONDAY = parseStudyDay('2026-01-05')

const WHOLE: ReadonlyMap<string, Weekdays> = new Map([
  ['daily', EVERY_DAY],
  ['every day', EVERY_DAY],
  ['everyday', EVERY_DAY],
  ['all', EVERY_DAY],
  ['weekdays', MONDAY_TO_FRIDAY],
  ['workdays', MONDAY_TO_FRIDAY],
  ['weekends', WEEKEND],
  ['weekend', WEEKEND],
])

/**
 * Reads days of the week as a person writes them: "mon-fri", "mon,wed", "Sat and Sun", "daily". A range may go over
 * Sunday.
 *
 * @returns null when it cannot be read
 */
export function parseWeekdays(text: string): Weekdays | null {
  const wanted = text.trim().toLowerCase()
  const whole = WHOLE.get(wanted)
  if (whole !== undefined) return whole
  const joined = wanted.replaceAll(/\s*(?:-|–|\bto\b|\.\.)\s*/g, '-')
  const parts = joined.split(/\s*(?:,|;|\+|&|\band\b|\s)\s*/).filter((part) => part !== '')
  let days = 0
  for (const part of parts) {
    const [from = -1, to = from, ...more] = part.split('-').map(weekdayOf)
    if (from < 0 || to < 0 || more.length > 0) return null
    for (let day = from; ; day = (day + 1) % NAMES.length) {
      days |= 1 << day
      if (day === to) break
    }
  }
  return days === 0 ? null : (days as Weekdays)
}

/** Whether a day is one of these. */
export function includesDay(weekdays: Weekdays, day: StudyDay): boolean {
  const index = daysBetween(A_MONDAY, day) % NAMES.length
  return (weekdays & (1 << ((index + NAMES.length) % NAMES.length))) !== 0
}

/** In words: "every day", "Monday to Friday", "Monday, Wednesday". */
export function weekdayWords(weekdays: Weekdays): string {
  if (weekdays === EVERY_DAY) return 'every day'
  if (weekdays === MONDAY_TO_FRIDAY) return 'Monday to Friday'
  return NAMES.filter((_, index) => (weekdays & (1 << index)) !== 0).join(', ')
}

/** 0 for Monday; -1 for what is no day. Two letters are enough. */
function weekdayOf(text: string): number {
  const word = text.replace(/\.$/, '')
  return word.length < 2
    ? -1
    : NAMES.findIndex((name) => name.toLowerCase().startsWith(word) || `${name.toLowerCase()}s` === word)
}
