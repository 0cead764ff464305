import { localTimeAt } from '../localTime.ts'
import { addDays, type StudyDay } from '../studyDay.ts'
import { ALL_TIME_STARTS_ON, type BoardPeriod } from './board.ts'

/** The boards that people can ask for. */
export const ASKED_PERIODS = ['week', 'lastWeek', 'month', 'all'] as const
export type AskedPeriod = (typeof ASKED_PERIODS)[number]

/** The days a board sums up. */
export interface PeriodDays {
  readonly period: BoardPeriod
  readonly startsOn: StudyDay
  /** The last day, which may lie ahead. */
  readonly endsOn: StudyDay
}

/** After every day: where "all time" ends. */
const ALL_TIME_ENDS_ON = '9999-12-31' as StudyDay

/**
 * The days that a period stands for at an instant, in a team's zone.
 *
 * @throws RangeError for an unknown zone
 */
export function periodAt(asked: AskedPeriod, now: Date, timeZone: string): PeriodDays {
  const today = localTimeAt(now, timeZone).date as StudyDay
  switch (asked) {
    case 'week':
      return week(mondayOf(today))
    case 'lastWeek':
      return week(addDays(mondayOf(today), -7))
    case 'month': {
      const startsOn = `${today.slice(0, 7)}-01` as StudyDay
      const nextMonth = `${addDays(startsOn, 31).slice(0, 7)}-01` as StudyDay
      return { period: 'month', startsOn, endsOn: addDays(nextMonth, -1) }
    }
    case 'all':
      return { period: 'all', startsOn: ALL_TIME_STARTS_ON, endsOn: ALL_TIME_ENDS_ON }
  }
}

/** The Monday of the week that a day lies in. */
export function mondayOf(day: StudyDay): StudyDay {
  const sundayIsZero = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((sundayIsZero + 6) % 7))
}

function week(startsOn: StudyDay): PeriodDays {
  return { period: 'week', startsOn, endsOn: addDays(startsOn, 6) }
}
