import type { StudyDay } from '../studyDay.ts'

/** What a board sums up. */
export const BOARD_PERIODS = ['week', 'month', 'all'] as const
export type BoardPeriod = (typeof BOARD_PERIODS)[number]

/** Which board: points of one period, of all the team's decks or of one. */
export interface BoardKey {
  readonly teamId: number
  readonly period: BoardPeriod
  /** First day of the period: a Monday, the first of a month, or {@link ALL_TIME_STARTS_ON}. */
  readonly startsOn: StudyDay
  /** Null: all decks of the team together. */
  readonly deckId: string | null
}

/** Where "all time" begins, so that every board has a first day. */
export const ALL_TIME_STARTS_ON = '0001-01-01' as StudyDay
