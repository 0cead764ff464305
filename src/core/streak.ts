import { addDays, type StudyDay } from './studyDay.ts'

/** So many study days of a streak earn one rest day. */
export const DAYS_PER_REST = 7

/**
 * Study days in a row, up to today. Every {@link DAYS_PER_REST} of them earn a rest day; a day missed uses one up that
 * was earned before it, and neither counts nor ends the streak. A streak still stands on the morning after, before the
 * first answer.
 *
 * @param studyDays days with at least one answer, latest first, each once. Where they are cut off after some, the streak
 *   is counted from there.
 */
export function streakDays(studyDays: readonly StudyDay[], today: StudyDay): number {
  let days = 0
  let rests = 0
  let expected: StudyDay | null = null
  const missUntil = (day: StudyDay) => {
    while (expected !== null && expected < day) {
      if (rests === 0) {
        days = 0
        expected = null
        return
      }
      rests--
      expected = addDays(expected, 1)
    }
  }
  // Forwards, since a rest day must be earned before it is taken.
  for (const day of studyDays.toReversed()) {
    missUntil(day)
    days++
    if (days % DAYS_PER_REST === 0) rests++
    expected = addDays(day, 1)
  }
  // Whoever has travelled west may have studied tomorrow already.
  missUntil(today)
  return days
}
