import type { StudyDay } from './studyDay.ts'

/** SM-2's input: how well an answer was recalled. 0 to 2 fail, 3 to 5 pass. */
export type Quality = 0 | 1 | 2 | 3 | 4 | 5

/** A learner's state on one card. */
export interface Schedule {
  /** Successful reviews in a row. */
  readonly repetitions: number
  /** Days from the last scheduled answer to `dueOn`; 0 before the first. */
  readonly intervalDays: number
  /** SM-2's easiness factor in hundredths, so that every step is a whole number: 250 is 2.50. */
  readonly easeHundredths: number
  /** How often the card was failed after it had been learned. */
  readonly lapses: number
  /** The study day it is due; null while it has never been answered (or its only answer was undone). */
  readonly dueOn: StudyDay | null
  /** The study day on which it comes again until it scores 4 or more; null when nothing is to be drilled. */
  readonly drillOn: StudyDay | null
  /** The study day of the last answer of any kind; null before the first. */
  readonly answeredOn: StudyDay | null
  /** Taken out of study by the learner until resumed. */
  readonly suspended: boolean
}

/** A schedule as stored, with the number of log entries that led to it. */
export interface CardState extends Schedule {
  /**
   * Entries in this learner's log for this card. A press carries the count it was shown at; an entry is
   * written only if the count is still the same, which makes every press count exactly once.
   */
  readonly reviewCount: number
}

/** SM-2 starts every item at an easiness factor of 2.50. */
const INITIAL_EASE_HUNDREDTHS = 250

/** The state of a card that was never touched; no row is stored for it. */
export const UNSEEN: CardState = {
  repetitions: 0,
  intervalDays: 0,
  easeHundredths: INITIAL_EASE_HUNDREDTHS,
  lapses: 0,
  dueOn: null,
  drillOn: null,
  answeredOn: null,
  suspended: false,
  reviewCount: 0,
}

/** True when two states agree in everything but the count. */
export function sameSchedule(a: Schedule, b: Schedule): boolean {
  return (
    a.repetitions === b.repetitions &&
    a.intervalDays === b.intervalDays &&
    a.easeHundredths === b.easeHundredths &&
    a.lapses === b.lapses &&
    a.dueOn === b.dueOn &&
    a.drillOn === b.drillOn &&
    a.answeredOn === b.answeredOn &&
    a.suspended === b.suspended
  )
}
