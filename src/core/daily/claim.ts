import type { StudyDay } from '../studyDay.ts'
import type { Daily, Occurrence, PlannedDaily } from './daily.ts'
import { OPEN_HOURS_MOST } from './daily.ts'
import { daysBetweenQuizzes, localDayAt, nextOccurrence } from './occurrence.ts'

/** A daily quiz whose time has come. */
export interface DueDaily extends PlannedDaily {
  readonly next: Occurrence
}

/** What becomes of a daily quiz whose time has come. */
export interface Claim {
  /** The day that is dealt with now. */
  readonly on: StudyDay
  /** When the round closes; null: the day is let pass. */
  readonly closesAt: Date | null
  readonly next: Occurrence
  /** Days without a quiz, and why: for the operator. */
  readonly notes: readonly string[]
}

const MILLISECONDS_PER_MINUTE = 60_000

/**
 * Decides about a daily quiz whose time has come: it opens, late as well, unless its day is over in the zone.
 *
 * The next one is planned from the planned day and not from the clock, so that a clock which is ahead opens none twice.
 */
export function claimDaily(daily: DueDaily, now: Date): Claim {
  const { on, at } = daily.next
  const today = localDayAt(now, daily.timeZone)
  // Where a change of summer time takes the planned minute away, it may come on the following day.
  const isOver = today > on && today > localDayAt(at, daily.timeZone)
  const next = nextOccurrence(daily, on, now, true)
  const lost = daysBetweenQuizzes(daily, on, next.on)
  const notes: string[] = []
  if (isOver) {
    notes.push(`none on ${rangeOf([on, ...lost])}: it was over before anybody came to open it`)
  } else if (lost.length > 0) {
    notes.push(`none on ${rangeOf(lost)}: ${daily.timeZone} has no such day`)
  }
  return { on, closesAt: isOver ? null : closingOf(daily, now, next), next, notes }
}

/** When a quiz that opens now closes: after what was chosen, at most a day, and not after the next one opens. */
export function closingOf(
  { openMinutes }: Pick<Daily, 'openMinutes'>,
  now: Date,
  next: Occurrence | null,
): Date {
  const minutes = Math.min(openMinutes ?? Number.POSITIVE_INFINITY, OPEN_HOURS_MOST * 60)
  const closesAt = now.getTime() + minutes * MILLISECONDS_PER_MINUTE
  return new Date(next === null ? closesAt : Math.min(closesAt, next.at.getTime()))
}

function rangeOf(days: readonly StudyDay[]): string {
  const [first, last] = [days[0], days.at(-1)]
  return first === last ? `${first}` : `${first} to ${last}`
}
