import type { Score } from './log.ts'
import type { StudyDay } from './studyDay.ts'

/** A mistake that a learner reported in a card. */
export interface MistakeReport {
  readonly cardId: string
  readonly prompt: string
  readonly source: { readonly file: string; readonly line: number }
  readonly text: string
  readonly reportedAt: Date
}

/** What the core needs of a database to look back, and to give a person's data out of the hand. */
export interface PersonalStore {
  /**
   * How many cards become due on each day from `from` on, siblings counted each, over all enrolled decks; what is
   * overdue counts for the first day.
   *
   * @returns `days` numbers
   */
  dueForecast(learnerId: number, from: StudyDay, days: number): Promise<number[]>
  /** The roll-up of all study days from `since` on, over all decks. */
  scoreSince(learnerId: number, since: StudyDay): Promise<Score>
  /** Cards with an interval of at least `LEARNED_INTERVAL_DAYS`, over all decks, and cards ever answered. */
  progress(learnerId: number): Promise<{ readonly learned: number; readonly seen: number }>

  /** Everything stored about the learner, as plain JSON values: dates as ISO 8601 text. */
  exportLearner(learnerId: number): Promise<Readonly<Record<string, unknown>>>
  /** Deletes everything stored about the learner, all or nothing. Gives how many log entries there were. */
  forget(learnerId: number): Promise<number>

  /** Keeps a learner's report of a mistake in a card; several of one learner on one card are kept as well. */
  reportMistake(learnerId: number, cardId: string, text: string, now: Date): Promise<void>
  /** The latest reports, latest first. */
  mistakeReports(limit: number): Promise<MistakeReport[]>
}
