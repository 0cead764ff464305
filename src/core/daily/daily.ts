import type { RoundQuestion, Standing } from '../quiz/roundStore.ts'
import type { StudyDay } from '../studyDay.ts'
import type { PlaceKey } from '../team/team.ts'
import type { Weekdays } from './weekdays.ts'

export const QUESTIONS_LEAST = 1
export const QUESTIONS_MOST = 10
export const QUESTIONS_DEFAULT = 3
export const OPEN_HOURS_MOST = 24

/** How the daily quiz of a place was set up. */
export interface Daily {
  readonly place: PlaceKey
  /** Where its questions are posted. */
  readonly chatId: string
  /** When it opens, in minutes after local midnight. */
  readonly minuteOfDay: number
  /** IANA name. */
  readonly timeZone: string
  /** {@link QUESTIONS_LEAST} to {@link QUESTIONS_MOST}. */
  readonly questions: number
  /** On which days of the week there is one. */
  readonly weekdays: Weekdays
  /** How long it takes answers; null: until the next one. Never longer than {@link OPEN_HOURS_MOST} hours. */
  readonly openMinutes: number | null
  /** Null: the team's decks. */
  readonly deckIds: readonly string[] | null
}

/** One day's quiz, as it is planned. */
export interface Occurrence {
  /** The local day that it is the quiz of. */
  readonly on: StudyDay
  readonly at: Date
}

/** A daily quiz, and where it stands. */
export interface PlannedDaily extends Daily {
  /** Null while it is paused. */
  readonly next: Occurrence | null
  /** The latest local day that had its quiz, or was let pass; null before the first. */
  readonly lastOn: StudyDay | null
}

/** A question of a daily quiz, with all that is needed to ask it and to show what was right. */
export interface DailyQuestion extends RoundQuestion {
  /** Inline Markdown, as are the choices and the explanation. */
  readonly prompt: string
  /** Empty when there is none. */
  readonly explanation: string
  /** Where in the notes it comes from: `file:line`. */
  readonly source: string
  readonly deckTitle: string
  /** How many of the team were about to forget the card when it was chosen. */
  readonly forgetting: number
  /** How many of the team had studied it. */
  readonly studiedBy: number
  /** Null until it was sent. */
  readonly messageId: string | null
  /** It could not be sent, or takes no answers any more. */
  readonly closed: boolean
}

/** The daily quiz of one place and day. */
export interface DailyRound {
  readonly id: number
  readonly teamId: number
  readonly place: PlaceKey
  /** What the place is called. */
  readonly placeName: string
  /** Where its questions are posted. */
  readonly chatId: string
  /** The local day it is the quiz of. */
  readonly on: StudyDay
  readonly startedAt: Date
  readonly closesAt: Date
  /** Its result was shown. */
  readonly ended: boolean
  /** In the order in which they are asked. */
  readonly questions: readonly DailyQuestion[]
}

/** Who took a choice. Late answers do not count. */
export interface ChosenBy {
  readonly count: number
  /** Those of them who may be named: at most {@link NAMES_MOST}, in the order in which they answered. */
  readonly names: readonly string[]
}

/** More people are not named for one choice. */
export const NAMES_MOST = 50

/** How a question went. */
export interface DailyQuestionResult extends DailyQuestion {
  /** For each choice, in the question's order. */
  readonly chosenBy: readonly ChosenBy[]
  /** Why it was asked: "4 of 6 of you were about to forget this." Plain text. */
  readonly reason: string
}

/** What is shown when a daily quiz closes. */
export interface DailyResult {
  readonly round: DailyRound
  readonly questions: readonly DailyQuestionResult[]
  /** Best first; those who are hidden from boards are left out. */
  readonly standings: readonly Standing[]
  /** How many answered, hidden ones too. */
  readonly players: number
}
