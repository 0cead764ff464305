import type { Platform } from '../learner.ts'
import type { StudyDay } from '../studyDay.ts'
import type { PlaceKey } from '../team/team.ts'
import type { Choice, ChosenQuestion } from './choose.ts'
import type { Claim, DueDaily } from './claim.ts'
import type { ChosenBy, Daily, DailyRound, Occurrence, PlannedDaily } from './daily.ts'

/** What became of the daily quizzes that were due. */
export interface TakenDailies {
  /** How many were dealt with; as many as allowed: there may be more. */
  readonly taken: number
  readonly opened: number
  /** For the operator: days without a quiz, and why. */
  readonly notes: readonly { readonly place: PlaceKey; readonly note: string }[]
}

/** What became of the wish to open today's quiz now. */
export type OpenedNow =
  | { readonly kind: 'opened'; readonly closesAt: Date }
  /** There was one already. */
  | { readonly kind: 'before'; readonly startedAt: Date }
  /** The place has no daily quiz. */
  | { readonly kind: 'none' }

/** A daily quiz that goes on, or has not begun. */
export interface UnfinishedDaily {
  readonly roundId: number
  readonly platform: Platform
  readonly closesAt: Date
  /** Its questions are chosen: what is left is to close it. Else it is to be opened. */
  readonly isChosen: boolean
}

/** What is opened now, and when the next one comes. */
export interface OpenNow {
  readonly on: StudyDay
  readonly closesAt: Date
  readonly next: Occurrence | null
}

/**
 * What the core needs of a database for daily quizzes. Each method is one statement or one transaction. What is
 * decided from what is stored is decided by the function that is passed in, while the row is locked.
 */
export interface DailyStore {
  /** Null when the place has none. */
  daily(place: PlaceKey): Promise<PlannedDaily | null>
  /**
   * Sets the daily quiz of a place up, or replaces it. The days that had a quiz stay known, also when it was dropped
   * in between.
   *
   * @param plan the next one, from the latest day that had one
   */
  saveDaily(daily: Daily, plan: (lastOn: StudyDay | null) => Occurrence): Promise<PlannedDaily>
  /** Plans the next one anew; null pauses. Gives what is stored then, or null when the place has none. */
  planDaily(place: PlaceKey, plan: (daily: PlannedDaily) => Occurrence | null): Promise<PlannedDaily | null>
  /** False when the place had none. */
  dropDaily(place: PlaceKey): Promise<boolean>
  /** Opens the quiz of a day now, unless that day had one: one of several callers at once does. */
  openDailyNow(place: PlaceKey, now: Date, decide: (daily: PlannedDaily) => OpenNow): Promise<OpenedNow>
  /**
   * Deals with daily quizzes whose time has come, at most `limit`, all or none: rounds, jobs that send them, and when
   * the next ones come. What another caller is dealing with is skipped.
   */
  takeDailies(now: Date, limit: number, claim: (daily: DueDaily, now: Date) => Claim): Promise<TakenDailies>
  /**
   * Chooses the questions of a round once, and plans its closing in the same transaction. All rounds of one team wait
   * for each other.
   *
   * @returns how many questions it has; null when there is no such round
   */
  chooseDaily(roundId: number, choose: (choice: Choice) => readonly ChosenQuestion[]): Promise<number | null>
  /** All that have not ended, for a process that starts: what they wait for may not be planned any more. */
  unfinishedDailies(): Promise<readonly UnfinishedDaily[]>
  /** Null when there is no such round, or it is no daily quiz. */
  dailyRound(roundId: number): Promise<DailyRound | null>
  /** Who took which choice, late answers left out: for each question, for each choice. */
  dailyAnswers(round: DailyRound): Promise<readonly (readonly ChosenBy[])[]>
  /** How many have answered in time. */
  dailyPlayers(roundId: number): Promise<number>
  /** What the learner has answered in a round, or to the same questions in another place: position → choice. */
  dailyAnswersOf(round: DailyRound, learnerId: number): Promise<ReadonlyMap<number, number>>
}
