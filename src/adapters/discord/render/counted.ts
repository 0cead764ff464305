import { PLATFORM_NAME } from '../../../core/learner.ts'
import type { Answered } from '../../../core/quiz/quiz.ts'
import { choiceMark } from './labels.ts'
import { relativeTime } from './quiz.ts'

/** What only the person sees: whether it was right would give the answer away to whoever sits beside them. */
export function countedWords({ choice, isFirst, elsewhere }: Answered, closesAt: Date | null): string {
  const letter = choiceMark(choice)
  if (isFirst) {
    const when = closesAt === null ? 'when the question closes' : relativeTime(closesAt)
    return `Your answer is in: ${letter}. Right or wrong shows ${when}.`
  }
  if (elsewhere === null) return `You have answered already: ${letter} counts.`
  return `You have answered this one already, in ${PLATFORM_NAME[elsewhere]}: ${letter} counts.`
}
