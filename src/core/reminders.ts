import type { DueReminder } from './chatStore.ts'
import { nextReminderAt } from './personalRequests.ts'
import type { Screen } from './screen.ts'
import { reminderScreen } from './screens/reminder.ts'
import type { Store } from './store.ts'
import { studyDayAt } from './studyDay.ts'

/** Later than this it would come at an hour that nobody chose. */
const LATE_MINUTES = 90

/**
 * Decides on a reminder that was taken, and plans the next one.
 *
 * @returns what to say; null when nothing is due, when the learner has studied on this study day already, or when the
 *   process was down at the time and it is too late now
 */
export async function reminderFor(store: Store, reminder: DueReminder, now: Date): Promise<Screen | null> {
  const { learner } = reminder
  await store.planReminder(learner.id, nextReminderAt(learner, now))
  if (now.getTime() - reminder.plannedFor.getTime() > LATE_MINUTES * 60_000) return null
  const studyDay = studyDayAt(now, learner.timeZone, learner.dayStartHour)
  const scope = { learnerId: learner.id, deckId: null, studyDay }
  const [due, score] = await Promise.all([store.dueCount(scope), store.scoreOn(scope)])
  return due === 0 || score.answers > 0 ? null : reminderScreen(Math.min(due, learner.reviewsPerDay))
}
