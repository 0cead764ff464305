import type { Visit } from '../record.ts'
import type { Screen } from '../screen.ts'

/** Asks the first question of a closed daily quiz that the learner has not answered, or says how it went. */
export async function catchUp(_visit: Visit, _roundId: number, _notice: string | null): Promise<Screen> {
  throw new Error('not written yet')
}

/** Takes an answer to a question of a closed daily quiz: it teaches the learner's own schedule, and no board. */
export async function catchUpAnswer(
  _visit: Visit,
  _answer: { readonly roundId: number; readonly position: number; readonly choice: number },
): Promise<Screen> {
  throw new Error('not written yet')
}
