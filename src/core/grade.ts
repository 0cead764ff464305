import type { Quality } from './schedule.ts'

/** What a learner presses after seeing the answer, from worst to best. */
export const GRADES = ['again', 'hard', 'good', 'easy'] as const
export type Grade = (typeof GRADES)[number]

/** The one place where grades become SM-2's quality. */
export const QUALITY_OF: Readonly<Record<Grade, Quality>> = { again: 1, hard: 3, good: 4, easy: 5 }

/** The words on the buttons. */
export const GRADE_LABEL: Readonly<Record<Grade, string>> = {
  again: 'Again',
  hard: 'Hard',
  good: 'Good',
  easy: 'Easy',
}
