import type { CardInHand } from '../cardInHand.ts'
import type { ChatKey } from '../chatStore.ts'
import type { Platform } from '../learner.ts'
import type { StudyDay } from '../studyDay.ts'
import type { PlaceKey } from '../team/team.ts'

/** One opening of a quiz in a chat. */
export interface Round {
  readonly id: number
  readonly place: ChatKey
  readonly deckId: string | null
  /** Seconds that each question takes answers; null: until it is answered, as in a private chat. */
  readonly secondsPerQuestion: number | null
  readonly questions: number
  /** Null for a quiz that somebody opened. */
  readonly daily: DailyOf | null
}

/** Whose daily quiz a round is. */
export interface DailyOf {
  readonly place: PlaceKey
  readonly teamId: number
  /** The local day of the place that it is the quiz of. */
  readonly on: StudyDay
}

/** One question of a round, as it was asked. */
export interface RoundQuestion {
  readonly roundId: number
  /** Counted from 0. */
  readonly position: number
  readonly cardId: string
  /** The choices in the order they are shown: inline Markdown. */
  readonly choices: readonly string[]
  /** Index of the right one. */
  readonly right: number
}

/** A question that has been sent. */
export interface OpenQuestion extends RoundQuestion {
  readonly round: Round
  /** The platform's id of the message. */
  readonly messageId: string
  /** When it stops taking answers; null: when it is answered. */
  readonly closesAt: Date | null
  readonly closed: boolean
}

/** What was pressed, kept before it is counted. */
export interface RoundAnswer {
  readonly roundId: number
  readonly position: number
  readonly learnerId: number
  /** What the board calls the person. */
  readonly name: string
  readonly choice: number
  readonly isRight: boolean
  /** The card's review count for this learner when they answered: the key of the review it becomes. */
  readonly reviewCount: number
  readonly answeredAt: Date
  /** Of a daily quiz: `team day card`, the same in all places of the team, so that an answer counts once. */
  readonly dailyKey: string | null
  /** Made up for after the round had closed: it does not count for the round's result. */
  readonly late: boolean
}

/** The answer that counts, and whether it is the one just given. */
export interface CountedAnswer {
  readonly answer: RoundAnswer
  /** False: it was given before, and the one just given counts for nothing. */
  readonly isFirst: boolean
  /** Where it was given. */
  readonly platform: Platform
}

/** What one person answered to a question. */
export interface GivenAnswer {
  readonly learnerId: number
  /** Null for somebody who is hidden: they count, but are not named. */
  readonly name: string | null
  readonly choice: number
  readonly isRight: boolean
}

/** More answers to one question are not listed. */
export const ANSWERS_LISTED = 1000

/** One line of the standings. */
export interface Standing {
  readonly learnerId: number
  readonly name: string
  readonly right: number
  readonly answered: number
}

/** What the core needs of a database for quizzes. Each method is one statement or one transaction. */
export interface RoundStore {
  /**
   * Cards that can be asked as multiple choice: not retired, with wrong choices, not suspended by the learner.
   * First those due for the learner, then the others, both shuffled by `seed`; of siblings only one.
   *
   * @param deckId null: the decks the learner is enrolled in, or all decks where there is none; never one that a
   *   learner made for themselves
   */
  quizCards(
    learnerId: number,
    deckId: string | null,
    today: StudyDay,
    seed: string,
    limit: number,
  ): Promise<CardInHand[]>
  /** Opens a round with its questions in that order; null when one is open there already. */
  openRound(
    round: Omit<Round, 'id' | 'questions' | 'daily'>,
    questions: readonly Omit<RoundQuestion, 'roundId' | 'position'>[],
    now: Date,
  ): Promise<number | null>
  /** The round that is open in a place; null when there is none. */
  roundAt(place: ChatKey): Promise<Round | null>
  /**
   * Rounds on a platform that wait for their next question although nobody is about to send it: whoever was has died.
   * Not those of daily quizzes.
   */
  idleRounds(platform: ChatKey['platform']): Promise<Round[]>
  /** The first question of the round that was neither sent nor closed; null when there is none, or it has ended. */
  nextQuestion(roundId: number): Promise<RoundQuestion | null>
  /**
   * Notes that this caller is about to send a question. False when it is no longer to be sent, or another caller is at
   * it: until a minute later it is taken to be.
   */
  claimQuestion(question: RoundQuestion): Promise<boolean>
  /** Whoever claimed a question did not send it after all: the next caller may, at once. */
  releaseQuestion(question: RoundQuestion): Promise<void>
  /** The question on show in a round: sent and not closed; null when there is none. */
  questionOnShow(roundId: number): Promise<OpenQuestion | null>
  /**
   * Notes that a question was sent. False when it was noted before: somebody was faster.
   *
   * @param externalId what answers will name it by (Telegram: the poll's id)
   */
  questionSent(
    question: RoundQuestion,
    sent: { readonly externalId: string; readonly messageId: string; readonly closesAt: Date | null },
  ): Promise<boolean>
  /** The question that answers name so; null when it is unknown. */
  questionByExternalId(platform: ChatKey['platform'], externalId: string): Promise<OpenQuestion | null>
  /** Sent questions whose time is over, not yet closed, on a platform. */
  questionsToClose(platform: ChatKey['platform'], now: Date): Promise<OpenQuestion[]>
  /** Closes a question, sent or not; true for the one caller that did it. */
  closeQuestion(roundId: number, position: number): Promise<boolean>
  /** Ends a round; true for the one caller that did it. What was not asked stays unasked. */
  endRound(roundId: number, now: Date): Promise<boolean>

  /**
   * Keeps a person's answer to a question. Only the first counts; of a daily quiz, the first in any place of the team.
   *
   * @returns the answer that counts: this one or an earlier one
   * @throws Error when there is no such learner
   */
  answerRound(answer: RoundAnswer): Promise<CountedAnswer>
  /**
   * The answers to a question in the order in which they came, the first {@link ANSWERS_LISTED} of them. Late ones
   * are left out.
   */
  answersTo(roundId: number, position: number): Promise<readonly GivenAnswer[]>
  /** How many people answered a question, hidden ones too, late ones not. */
  countAnswers(roundId: number, position: number): Promise<number>
  /**
   * Who answered in a round, most right answers first, then by name. Late answers do not count, and who is hidden is left
   * out, unless it is a quiz that a person takes alone.
   */
  standings(roundId: number): Promise<Standing[]>
}
