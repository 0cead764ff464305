import { agendaOf } from './agenda.ts'
import type { Visit } from './record.ts'
import type { Screen } from './screen.ts'
import { questionScreen } from './screens/card.ts'
import { summaryScreen } from './screens/summary.ts'
import type { Scope } from './store.ts'
import { streakDays } from './streak.ts'
import { addDays } from './studyDay.ts'

/** Streaks longer than this are shown as this; it bounds one query. */
export const STREAK_SHOWN_DAYS = 1000

/** Asks the next card, or sums up when nothing is left. */
export async function study(visit: Visit, deckId: string | null, notice: string | null): Promise<Screen> {
  const agenda = await agendaOf(visit.store, visit.learner, scope(visit, deckId))
  if (agenda.next === null) return summary(visit, notice)
  return questionScreen(agenda.next, agenda, deckId !== null, notice)
}

export async function summary(visit: Visit, notice: string | null): Promise<Screen> {
  const { store, learner, today } = visit
  const [agenda, dueTomorrow, studyDays, summaries] = await Promise.all([
    agendaOf(store, learner, scope(visit, null)),
    store.dueCount({ ...scope(visit, null), studyDay: addDays(today, 1) }),
    store.studyDays(learner.id, STREAK_SHOWN_DAYS),
    store.deckSummaries(learner.id, today),
  ])
  const enrolled = summaries.some((deck) => deck.enrolled)
  const day = { agenda, dueTomorrow, streakDays: streakDays(studyDays, today), enrolled }
  return summaryScreen(learner, day, notice)
}

/** The learner's cards of one deck, or of all they are enrolled in, on the day of the visit. */
export function scope(visit: Visit, deckId: string | null): Scope {
  return { learnerId: visit.learner.id, deckId, studyDay: visit.today }
}
