import type { CardState, Quality, Schedule } from './schedule.ts'
import { isPass, needsDrill, sm2 } from './sm2.ts'
import type { StudyDay } from './studyDay.ts'

/**
 * What an answer counts as.
 *
 * - `scheduled`: the card was new or due; SM-2 moves it.
 * - `drill`: it had scored below 4 earlier this study day; the schedule stays.
 * - `practice`: it was not due yet (a quiz asked) and was known; the schedule stays.
 * - `early`: it was not due yet and was not known; it lapses.
 */
export type AnswerKind = 'scheduled' | 'drill' | 'practice' | 'early'

/** Everything that can stand in the log; what is no answer has no quality. */
export type LogKind = AnswerKind | 'undo' | 'suspend' | 'resume' | 'transfer'

/** What an entry adds to the roll-up of its learner, deck and study day; an undo adds negative numbers. */
export interface Score {
  /** Answers of any kind. */
  readonly answers: number
  /** Scheduled answers. */
  readonly reviews: number
  /** Scheduled answers that passed. */
  readonly passes: number
  /** Cards answered for the first time. */
  readonly starts: number
  readonly points: number
}

/** One row of the append-only log, from which schedules, scores and streaks can be rebuilt. */
export interface LogEntry {
  readonly learnerId: number
  readonly cardId: string
  /** The card's deck at that time: a card may move later, its points stay. */
  readonly deckId: string
  /** The card's review count when this was written; with learner and card the entry's key. */
  readonly reviewCount: number
  readonly kind: LogKind
  /** Null for what is no answer. */
  readonly quality: Quality | null
  /** The schedule the entry started from. */
  readonly before: Schedule
  readonly after: Schedule
  /** The study day it counts for. An undo counts for the day of what it takes back. */
  readonly studyDay: StudyDay
  readonly answeredAt: Date
  readonly score: Score
  /** The review count of the entry of this card that is taken back or graded anew, else null. */
  readonly undoes: number | null
  /** It answers a question of a team's daily quiz, which is worth {@link DAILY_POINTS} more. */
  readonly daily: boolean
}

/** Who answers which card, and when. */
export interface Occasion {
  readonly learnerId: number
  readonly cardId: string
  readonly deckId: string
  readonly studyDay: StudyDay
  readonly answeredAt: Date
  /** A question of a team's daily quiz; false unless given. */
  readonly daily?: boolean
}

/** What knowing a question of a daily quiz is worth beyond the card itself. */
export const DAILY_POINTS = 3

const NO_SCORE: Score = { answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 }

/** What an answer given on `today` counts as. */
export function answerKind(before: Schedule, quality: Quality, today: StudyDay): AnswerKind {
  if (before.drillOn === today) return 'drill'
  if (before.dueOn === null || before.dueOn <= today) return 'scheduled'
  return isPass(quality) ? 'practice' : 'early'
}

/**
 * The schedule after an answer of the given kind.
 *
 * @param today the learner's study day
 */
export function scheduleAfter(
  before: Schedule,
  kind: AnswerKind,
  quality: Quality,
  today: StudyDay,
): Schedule {
  switch (kind) {
    case 'scheduled':
    case 'early':
      return sm2(before, quality, today)
    case 'drill':
      return { ...before, drillOn: needsDrill(quality) ? today : null, answeredOn: today }
    case 'practice':
      return { ...before, answeredOn: today }
  }
}

/**
 * What an answer is worth. Only scheduled answers earn points: a pass earns 1 + floor(log2(interval survived in
 * days, at least 1)), so that remembering for long counts more than answering often.
 */
function scoreOf(before: Schedule, kind: AnswerKind, quality: Quality, daily: boolean): Score {
  if (kind !== 'scheduled') return { ...NO_SCORE, answers: 1 }
  const passed = isPass(quality)
  return {
    answers: 1,
    reviews: 1,
    passes: passed ? 1 : 0,
    starts: before.dueOn === null ? 1 : 0,
    points: passed ? 1 + floorLog2(Math.max(1, before.intervalDays)) + (daily ? DAILY_POINTS : 0) : 0,
  }
}

/** The log entry for an answer to a card in state `state`. */
export function answerEntry(occasion: Occasion, state: CardState, quality: Quality): LogEntry {
  const before = scheduleOf(state)
  const kind = answerKind(before, quality, occasion.studyDay)
  const { daily = false } = occasion
  return {
    ...occasion,
    daily,
    reviewCount: state.reviewCount,
    kind,
    quality,
    before,
    after: scheduleAfter(before, kind, quality, occasion.studyDay),
    score: scoreOf(before, kind, quality, daily),
    undoes: null,
  }
}

/**
 * The entry that replaces the grade of `last`, the card's latest answer, as if it had been graded `quality`.
 *
 * @param reviewCount the card's count now
 */
export function regradeEntry(last: LogEntry, quality: Quality, reviewCount: number, now: Date): LogEntry {
  const kind = answerKind(last.before, quality, last.studyDay)
  return {
    ...last,
    answeredAt: now,
    reviewCount,
    kind,
    quality,
    after: scheduleAfter(last.before, kind, quality, last.studyDay),
    score: difference(scoreOf(last.before, kind, quality, last.daily), standingScore(last)),
    undoes: last.reviewCount,
  }
}

/**
 * The entry that takes back `last`, the latest entry of its card still standing.
 *
 * @param state the card's state now
 */
export function undoEntry(last: LogEntry, state: CardState, now: Date): LogEntry {
  return {
    ...last,
    answeredAt: now,
    reviewCount: state.reviewCount,
    kind: 'undo',
    quality: null,
    before: scheduleOf(state),
    after: last.before,
    score: difference(NO_SCORE, standingScore(last)),
    undoes: last.reviewCount,
  }
}

/** The entry that takes a card out of study (`suspend`) or back in (`resume`). */
export function suspensionEntry(occasion: Occasion, state: CardState, suspended: boolean): LogEntry {
  const before = scheduleOf(state)
  return {
    ...occasion,
    daily: false,
    reviewCount: state.reviewCount,
    kind: suspended ? 'suspend' : 'resume',
    quality: null,
    before,
    after: { ...before, suspended },
    score: NO_SCORE,
    undoes: null,
  }
}

/**
 * The entry that puts a card into a state that no answer in this log led to: where two learners become one, or one
 * becomes two.
 *
 * Merging two logs of one card by time would give answers that the rules, started from the other log's schedule,
 * would never have written; replaying them anew would give a schedule that neither person has seen. So one log
 * follows the other, with this entry between them, and each stays exactly what its rules wrote. It is worth nothing,
 * and neither it nor what stands before it can be taken back: that would lead to a state of another log.
 *
 * @param after what the card is from now on
 */
export function transferEntry(occasion: Occasion, state: CardState, after: Schedule): LogEntry {
  return {
    ...occasion,
    daily: false,
    reviewCount: state.reviewCount,
    kind: 'transfer',
    quality: null,
    before: scheduleOf(state),
    after,
    score: NO_SCORE,
    undoes: null,
  }
}

/** The schedule alone, without the count. */
export function scheduleOf(state: CardState): Schedule {
  const { reviewCount: _, ...schedule } = state
  return schedule
}

/** What an entry stands for in the roll-up, whether it was the first answer or a grade given anew. */
function standingScore(entry: LogEntry): Score {
  const { kind, quality, before, daily } = entry
  if (quality === null || !isAnswer(kind)) return NO_SCORE
  return scoreOf(before, kind, quality, daily)
}

function isAnswer(kind: LogKind): kind is AnswerKind {
  return kind === 'scheduled' || kind === 'drill' || kind === 'practice' || kind === 'early'
}

function difference(now: Score, then: Score): Score {
  return {
    answers: now.answers - then.answers,
    reviews: now.reviews - then.reviews,
    passes: now.passes - then.passes,
    starts: now.starts - then.starts,
    points: now.points - then.points,
  }
}

function floorLog2(wholeNumber: number): number {
  return 31 - Math.clz32(wholeNumber)
}
