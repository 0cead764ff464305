import { addDays, type StudyDay } from './studyDay.ts'

/**
 * Study days in a row, up to today; a streak still stands on the morning after, before the first answer.
 *
 * @param studyDays days with at least one answer, latest first, each once
 */
export function streakDays(studyDays: readonly StudyDay[], today: StudyDay): number {
  let expected = studyDays[0] === today ? today : addDays(today, -1)
  let days = 0
  for (const day of studyDays) {
    if (day !== expected) break
    days++
    expected = addDays(expected, -1)
  }
  return days
}
