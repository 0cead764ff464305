import { localTimeAt } from './localTime.ts'

declare const studyDayBrand: unique symbol

/** A learner's local calendar date as `YYYY-MM-DD`, rolled over at their day start hour. */
export type StudyDay = string & { readonly [studyDayBrand]: true }

const MILLISECONDS_PER_DAY = 86_400_000
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * The study day an instant belongs to: the local date, or the date before while the local clock has not yet
 * reached the day start hour. It goes by what the clock on the wall shows, so both changes of summer time
 * keep the rollover at the chosen hour.
 *
 * @param now the instant
 * @param timeZone an IANA name, e.g. `Asia/Kathmandu`
 * @param dayStartHour local hour, 0 to 23, at which a new study day begins
 * @throws RangeError for an unknown zone or an hour out of range
 */
export function studyDayAt(now: Date, timeZone: string, dayStartHour: number): StudyDay {
  if (!Number.isInteger(dayStartHour) || dayStartHour < 0 || dayStartHour > 23) {
    throw new RangeError(`dayStartHour is ${dayStartHour}: it must be a whole hour from 0 to 23`)
  }
  const { date, minuteOfDay } = localTimeAt(now, timeZone)
  return minuteOfDay < dayStartHour * 60 ? addDays(date as StudyDay, -1) : (date as StudyDay)
}

/**
 * Reads a study day from text.
 *
 * @param text `YYYY-MM-DD`
 * @throws RangeError when it is no date of the calendar
 */
export function parseStudyDay(text: string): StudyDay {
  const day = text as StudyDay
  if (!PATTERN.test(text) || fromDayNumber(dayNumber(day)) !== day) {
    throw new RangeError(`"${text}" is no study day: write a date of the calendar as YYYY-MM-DD`)
  }
  return day
}

/** The study day `days` after `day`; negative counts back. */
export function addDays(day: StudyDay, days: number): StudyDay {
  return fromDayNumber(dayNumber(day) + days)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: StudyDay, to: StudyDay): number {
  return dayNumber(to) - dayNumber(from)
}

function dayNumber(day: StudyDay): number {
  const [, year, month, date] = PATTERN.exec(day) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(date)) / MILLISECONDS_PER_DAY
}

function fromDayNumber(number: number): StudyDay {
  const date = new Date(number * MILLISECONDS_PER_DAY)
  return (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)) as StudyDay
}
