import { countAnswer } from '../quiz/quiz.ts'
import type { Visit } from '../record.ts'
import type { Screen } from '../screen.ts'
import {
  catchUpDoneScreen,
  catchUpFeedbackScreen,
  catchUpQuestionScreen,
  dailyNotice,
} from '../screens/daily.ts'
import type { DailyQuestion, DailyRound } from './daily.ts'

/** What the board called them is not known here, and a late answer is on none. */
const NO_NAME = ''

/** Asks the first question of a closed daily quiz that the learner has not answered, or says how it went. */
export async function catchUp(visit: Visit, roundId: number, notice: string | null): Promise<Screen> {
  const round = await visit.store.dailyRound(roundId)
  if (round === null || round.questions.length === 0) return dailyNotice('There is no such quiz any more.')
  if (visit.now < round.closesAt)
    return dailyNotice('This quiz is still open: answer it where it was posted.')
  const answers = await visit.store.dailyAnswersOf(round, visit.learner.id)
  const next = round.questions.find(({ position }) => !answers.has(position))
  if (next === undefined) return catchUpDoneScreen(round, answers, notice)
  return catchUpQuestionScreen(round, next, notice)
}

/**
 * Takes an answer to a question of a closed daily quiz: it teaches the learner's own schedule, and counts for no
 * result. Says whether it was right, and why.
 */
export async function catchUpAnswer(
  visit: Visit,
  {
    roundId,
    position,
    choice,
  }: { readonly roundId: number; readonly position: number; readonly choice: number },
): Promise<Screen> {
  const { store, learner, now } = visit
  const round = await store.dailyRound(roundId)
  const question = round?.questions.find((each) => each.position === position)
  if (round === null || question?.choices[choice] === undefined || now < round.closesAt) {
    return catchUp(visit, roundId, null)
  }
  const counted = await countAnswer(store, now, learner, asked(round, question), choice, {
    name: NO_NAME,
    late: true,
  })
  if (counted === null) return catchUp(visit, roundId, null)
  return catchUpFeedbackScreen(round, question, counted.answer, counted.isFirst)
}

function asked(round: DailyRound, question: DailyQuestion) {
  return { ...question, round: { daily: { place: round.place, teamId: round.teamId, on: round.on } } }
}
