import type { Quality, Schedule } from './schedule.ts'
import { addDays, type StudyDay } from './studyDay.ts'

/** SM-2 never lets the easiness factor fall below 1.30. */
const MINIMUM_EASE_HUNDREDTHS = 130
const FIRST_INTERVAL_DAYS = 1
const SECOND_INTERVAL_DAYS = 6
/** A hundred years: beyond it a due date only overflows calendars. */
export const MAXIMUM_INTERVAL_DAYS = 36_500
/** Step 7: an item scored below this comes again in the same session. */
const DRILL_BELOW_QUALITY = 4

/** True when SM-2 counts the answer as recalled (its steps 5 and 6 part at quality 3). */
export function isPass(quality: Quality): boolean {
  return quality >= 3
}

/** True when the item has to come again the same study day (step 7). */
export function needsDrill(quality: Quality): boolean {
  return quality < DRILL_BELOW_QUALITY
}

/**
 * The schedule after one scheduled answer, by SM-2 as in P. A. Wozniak, "Optimization of learning" (1990),
 * section 3.2. Implementations disagree on four points; here, following the text:
 *
 * 1. The easiness factor is updated before the interval, which uses the new factor (step 5 stands before the
 *    next repetition).
 * 2. A fractional interval is rounded up; most implementations round to nearest.
 * 3. A failed answer leaves the factor unchanged (step 6: "without changing the E-Factor").
 * 4. Whatever scores below 4 is drilled the same day until it scores 4 or more (step 7); drills are not
 *    reviews and never pass through this function.
 *
 * A late answer counts from `today` with the planned interval. All arithmetic is on whole numbers: the factor
 * is kept in hundredths, because each of its steps is a whole number of them.
 *
 * @param before the schedule the card was asked with
 * @param quality how well it was recalled, 0 to 5
 * @param today the learner's study day
 */
export function sm2(before: Schedule, quality: Quality, today: StudyDay): Schedule {
  const drillOn = needsDrill(quality) ? today : null
  if (!isPass(quality)) {
    return {
      ...before,
      repetitions: 0,
      intervalDays: FIRST_INTERVAL_DAYS,
      lapses: before.lapses + (before.repetitions > 0 ? 1 : 0),
      dueOn: addDays(today, FIRST_INTERVAL_DAYS),
      drillOn,
      answeredOn: today,
    }
  }
  const missing = 5 - quality
  // EF + (0.1 − (5−q)(0.08 + (5−q)·0.02)), times 100.
  const easeHundredths = Math.max(
    MINIMUM_EASE_HUNDREDTHS,
    before.easeHundredths + 10 - missing * (8 + missing * 2),
  )
  const repetitions = before.repetitions + 1
  const intervalDays = Math.min(MAXIMUM_INTERVAL_DAYS, nextIntervalDays(before, repetitions, easeHundredths))
  return {
    ...before,
    repetitions,
    intervalDays,
    easeHundredths,
    dueOn: addDays(today, intervalDays),
    drillOn,
    answeredOn: today,
  }
}

function nextIntervalDays(before: Schedule, repetitions: number, easeHundredths: number): number {
  if (repetitions === 1) return FIRST_INTERVAL_DAYS
  if (repetitions === 2) return SECOND_INTERVAL_DAYS
  return Math.ceil((before.intervalDays * easeHundredths) / 100)
}
