import { instantOn, localTimeAt } from '../localTime.ts'
import { addDays, type StudyDay } from '../studyDay.ts'
import type { Daily, Occurrence } from './daily.ts'
import { includesDay } from './weekdays.ts'

/** When a daily quiz opens, on which days. */
export type Timetable = Pick<Daily, 'minuteOfDay' | 'timeZone' | 'weekdays'>

/** A week without a day that exists would be a fault of the zone's data: no zone has left out more than one. */
const DAYS_LOOKED_AT = 30

/**
 * The next chosen local day and its instant: after `lastOn`, and not before the date that it is in the zone. Days come
 * from the calendar and not from the clock, so a clock that is wrong, or a change of summer time, can neither double
 * nor drop one.
 *
 * @param lastOn the latest day that had its quiz, or was let pass
 * @param isLateFine whether today still counts when its instant is over
 * @throws RangeError for an unknown zone
 */
export function nextOccurrence(
  timetable: Timetable,
  lastOn: StudyDay | null,
  now: Date,
  isLateFine: boolean,
): Occurrence {
  const { minuteOfDay, timeZone, weekdays } = timetable
  const today = localDayAt(now, timeZone)
  const first = lastOn !== null && lastOn >= today ? addDays(lastOn, 1) : today
  for (let days = 0; days < DAYS_LOOKED_AT; days++) {
    const on = addDays(first, days)
    const at = includesDay(weekdays, on) ? instantOn(on, minuteOfDay, timeZone) : null
    if (at !== null && (isLateFine || at > now)) return { on, at }
  }
  throw new RangeError(
    `weekdays are ${weekdays}: in ${timeZone} none of them comes within ${DAYS_LOOKED_AT} days of ${first}`,
  )
}

/** The chosen days after `from` and before `until`: those that get no quiz when one is planned after the other. */
export function daysBetweenQuizzes({ weekdays }: Timetable, from: StudyDay, until: StudyDay): StudyDay[] {
  const days: StudyDay[] = []
  for (let day = addDays(from, 1); day < until; day = addDays(day, 1)) {
    if (includesDay(weekdays, day)) days.push(day)
  }
  return days
}

/** The date on the wall, which begins at midnight: a place has no other start of day. */
export function localDayAt(now: Date, timeZone: string): StudyDay {
  return localTimeAt(now, timeZone).date as StudyDay
}
