/** What the clock on the wall shows. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string
  /** Minutes after midnight, 0 to 1439. */
  readonly minuteOfDay: number
}

const MILLISECONDS_PER_MINUTE = 60_000
const MILLISECONDS_PER_DAY = 86_400_000

/** Building a formatter costs about 50 µs and a bot sees the same few zones over and over. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/**
 * Tells whether the runtime knows an IANA time zone.
 *
 * @param timeZone a name such as `Europe/Berlin`; offsets such as `+02:00` are refused, since they know no
 *   summer time
 */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false
  try {
    formatterFor(timeZone)
    return true
  } catch {
    return false
  }
}

/**
 * What the clock on the wall shows in a zone.
 *
 * @throws RangeError for an unknown zone
 */
export function localTimeAt(now: Date, timeZone: string): LocalTime {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of formatterFor(timeZone).formatToParts(now)) parts[part.type] = part.value
  return {
    date: `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`,
    minuteOfDay: Number(parts.hour) * 60 + Number(parts.minute),
  }
}

/**
 * The next instant after `after` at which the clock on the wall shows a minute of the day. Where a change of
 * summer time leaves that minute out, the instant at which it would have been; where it comes twice, the first.
 *
 * @param minuteOfDay 0 to 1439
 * @throws RangeError for an unknown zone or a minute out of range
 */
export function nextLocalMinute(after: Date, minuteOfDay: number, timeZone: string): Date {
  if (!Number.isInteger(minuteOfDay) || minuteOfDay < 0 || minuteOfDay > 1439) {
    throw new RangeError(`minuteOfDay is ${minuteOfDay}: it must be a whole number from 0 to 1439`)
  }
  const { date } = localTimeAt(after, timeZone)
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // The day before may still be going on where the clock was turned back over midnight; a zone that skips a
  // calendar day (Apia 2011) has no such minute on it.
  for (let days = -1; ; days++) {
    const wall = midnight + days * MILLISECONDS_PER_DAY + minuteOfDay * MILLISECONDS_PER_MINUTE
    const instant = instantOf(wall, timeZone)
    if (instant.getTime() > after.getTime()) return instant
  }
}

/**
 * The instant at which the clock on the wall shows a minute of a date: the first, where it does so twice. Where a
 * change of summer time leaves the minute out, the instant at which it would have been.
 *
 * @param date `YYYY-MM-DD`
 * @param minuteOfDay 0 to 1439
 * @returns null when the zone leaves the whole date out, as Apia did with 2011-12-30
 * @throws RangeError for an unknown zone
 */
export function instantOn(date: string, minuteOfDay: number, timeZone: string): Date | null {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const instant = instantOf(midnight + minuteOfDay * MILLISECONDS_PER_MINUTE, timeZone)
  if (localTimeAt(instant, timeZone).date === date) return instant
  // Nuuk goes from 23:00 to the next day's 0:00: the minute is not there, but the date is.
  const noon = instantOf(midnight + MILLISECONDS_PER_DAY / 2, timeZone)
  return localTimeAt(noon, timeZone).date === date ? instant : null
}

/** @param wall what the clock shows, as if it were UTC, in ms */
function instantOf(wall: number, timeZone: string): Date {
  const offsets = [-MILLISECONDS_PER_DAY, MILLISECONDS_PER_DAY].map((away) =>
    offsetAt(new Date(wall + away), timeZone),
  )
  const fitting = offsets
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(new Date(instant), timeZone) === wall)
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wall - Math.min(...offsets))
}

/** What the clock is ahead of UTC, in ms, in whole minutes. */
function offsetAt(instant: Date, timeZone: string): number {
  const { date, minuteOfDay } = localTimeAt(instant, timeZone)
  const wall = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MILLISECONDS_PER_MINUTE
  return wall - Math.floor(instant.getTime() / MILLISECONDS_PER_MINUTE) * MILLISECONDS_PER_MINUTE
}

/** A minute of the day as the clock shows it: 1140 is "19:00". */
export function clockTime(minuteOfDay: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`
}
