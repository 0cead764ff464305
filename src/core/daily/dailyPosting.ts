import type { Store } from '../store.ts'
import type { DailyQuestion, DailyResult, DailyRound } from './daily.ts'

/** All that is needed to post a daily quiz; null when there is no such round, or it is no daily quiz. */
export async function dailyRound(_store: Store, _roundId: number): Promise<DailyRound | null> {
  throw new Error('not written yet')
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
export async function dailyResult(_store: Store, _roundId: number): Promise<DailyResult | null> {
  throw new Error('not written yet')
}
