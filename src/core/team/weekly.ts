import { localTimeAt, nextLocalMinute } from '../localTime.ts'

/**
 * When the weekly summary is posted next: on a Monday, at a minute of the team's day.
 *
 * @throws RangeError for an unknown zone or a minute out of range
 */
export function nextWeeklyAt(after: Date, minuteOfDay: number, timeZone: string): Date {
  for (
    let at = nextLocalMinute(after, minuteOfDay, timeZone);
    ;
    at = nextLocalMinute(at, minuteOfDay, timeZone)
  ) {
    if (isMonday(localTimeAt(at, timeZone).date)) return at
  }
}

function isMonday(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 1
}
