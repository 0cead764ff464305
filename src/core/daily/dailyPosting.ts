import type { Store } from '../store.ts'
import { chooseQuestions, reasonWords } from './choose.ts'
import type { DailyQuestion, DailyResult, DailyRound } from './daily.ts'

/**
 * Chooses the questions of a daily quiz, once: asked again, it changes nothing.
 *
 * @returns how many there are; 0 when the decks hold no card that can be asked; null when there is no such round
 */
export function chooseDaily(store: Store, roundId: number): Promise<number | null> {
  return store.chooseDaily(roundId, chooseQuestions)
}

/** All that is needed to post a daily quiz; null when there is no such round, or it is no daily quiz. */
export function dailyRound(store: Store, roundId: number): Promise<DailyRound | null> {
  return store.dailyRound(roundId)
}

/**
 * Notes that a question of a daily quiz was sent: do it right after sending, before anything else. False when it was
 * noted before: somebody was faster.
 *
 * @param sent `externalId`: what answers will name it by (Telegram: the poll's id; Discord: the message's)
 */
export async function dailySent(
  store: Store,
  round: Pick<DailyRound, 'closesAt'>,
  question: DailyQuestion,
  sent: { readonly externalId: string; readonly messageId: string },
): Promise<boolean> {
  return store.questionSent(question, { ...sent, closesAt: round.closesAt })
}

/** How a daily quiz went; null when there is no such round, or it is no daily quiz. */
export async function dailyResult(store: Store, roundId: number): Promise<DailyResult | null> {
  const round = await store.dailyRound(roundId)
  if (round === null) return null
  const [answers, standings, players] = await Promise.all([
    store.dailyAnswers(round),
    store.standings(roundId),
    store.dailyPlayers(roundId),
  ])
  const questions = round.questions.map((question, index) => ({
    ...question,
    chosenBy: answers[index] ?? [],
    reason: reasonWords(question.forgetting, question.studiedBy),
  }))
  return { round, questions, standings, players }
}
