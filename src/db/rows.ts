import type { InferSelectModel } from 'drizzle-orm'
import type { Card } from '../core/card.ts'
import type { CardInHand } from '../core/cardInHand.ts'
import type { Learner } from '../core/learner.ts'
import type { LogEntry, Score } from '../core/log.ts'
import { type CardState, type Schedule, UNSEEN } from '../core/schedule.ts'
import type { cards, learners, reviews, schedules } from './schema.ts'

type CardRow = Omit<InferSelectModel<typeof cards>, 'seq'>
type LearnerRow = InferSelectModel<typeof learners>
type LogRow = InferSelectModel<typeof reviews>
type ScheduleRow = Schedule & Pick<InferSelectModel<typeof schedules>, 'reviewCount'>

/**
 * The row of a log entry, its number left to the database. Spelled out, because building the names anew for each entry
 * took a tenth of the process's time when many answers came at once.
 */
export function toLogRow(entry: LogEntry): Omit<LogRow, 'entryNumber'> {
  const { before, after, score } = entry
  return {
    learnerId: entry.learnerId,
    cardId: entry.cardId,
    reviewCount: entry.reviewCount,
    deckId: entry.deckId,
    kind: entry.kind,
    quality: entry.quality,
    beforeRepetitions: before.repetitions,
    beforeIntervalDays: before.intervalDays,
    beforeEaseHundredths: before.easeHundredths,
    beforeLapses: before.lapses,
    beforeDueOn: before.dueOn,
    beforeDrillOn: before.drillOn,
    beforeAnsweredOn: before.answeredOn,
    beforeSuspended: before.suspended,
    afterRepetitions: after.repetitions,
    afterIntervalDays: after.intervalDays,
    afterEaseHundredths: after.easeHundredths,
    afterLapses: after.lapses,
    afterDueOn: after.dueOn,
    afterDrillOn: after.drillOn,
    afterAnsweredOn: after.answeredOn,
    afterSuspended: after.suspended,
    studyDay: entry.studyDay,
    answeredAt: entry.answeredAt,
    answers: score.answers,
    reviews: score.reviews,
    passes: score.passes,
    starts: score.starts,
    points: score.points,
    undoes: entry.undoes,
    daily: entry.daily,
  }
}

/** The log entry a row stands for. */
export function toLogEntry(row: LogRow): LogEntry {
  return {
    learnerId: row.learnerId,
    cardId: row.cardId,
    deckId: row.deckId,
    reviewCount: row.reviewCount,
    kind: row.kind,
    quality: row.quality,
    before: {
      repetitions: row.beforeRepetitions,
      intervalDays: row.beforeIntervalDays,
      easeHundredths: row.beforeEaseHundredths,
      lapses: row.beforeLapses,
      dueOn: row.beforeDueOn,
      drillOn: row.beforeDrillOn,
      answeredOn: row.beforeAnsweredOn,
      suspended: row.beforeSuspended,
    },
    after: {
      repetitions: row.afterRepetitions,
      intervalDays: row.afterIntervalDays,
      easeHundredths: row.afterEaseHundredths,
      lapses: row.afterLapses,
      dueOn: row.afterDueOn,
      drillOn: row.afterDrillOn,
      answeredOn: row.afterAnsweredOn,
      suspended: row.afterSuspended,
    },
    studyDay: row.studyDay,
    answeredAt: row.answeredAt,
    score: toScore(row),
    undoes: row.undoes,
    daily: row.daily,
  }
}

/** The score among a row's columns. */
export function toScore(row: Score): Score {
  const { answers, reviews, passes, starts, points } = row
  return { answers, reviews, passes, starts, points }
}

/** The state a schedule's row stands for; {@link UNSEEN} where there is no row. */
export function toCardState(row: ScheduleRow | null): CardState {
  if (row === null) return UNSEEN
  return {
    repetitions: row.repetitions,
    intervalDays: row.intervalDays,
    easeHundredths: row.easeHundredths,
    lapses: row.lapses,
    dueOn: row.dueOn,
    drillOn: row.drillOn,
    answeredOn: row.answeredOn,
    suspended: row.suspended,
    reviewCount: row.reviewCount,
  }
}

/** The learner a row stands for. */
export function toLearner(row: LearnerRow): Learner {
  const { id, timeZone, dayStartHour, newPerDay, reviewsPerDay, reminderMinute, hidden } = row
  return { id, timeZone, dayStartHour, newPerDay, reviewsPerDay, reminderMinute, hidden }
}

/** A card with the learner's state on it. */
export function toCardInHand(row: {
  readonly card: CardRow
  readonly deckTitle: string
  /** Null: from the notes. */
  readonly deckOwner: number | null
  readonly schedule: ScheduleRow | null
}): CardInHand {
  return {
    card: toCard(row.card),
    deckId: row.card.deckId,
    deckTitle: row.deckTitle,
    isOwn: row.deckOwner !== null,
    retired: row.card.retiredAt !== null,
    state: toCardState(row.schedule),
  }
}

/** The card a row stands for. */
export function toCard(row: CardRow): Card {
  return {
    id: row.id,
    factId: row.factId,
    kind: row.kind,
    prompt: row.prompt,
    answer: row.answer,
    accept: row.accept,
    wrong: row.wrong,
    context: row.context,
    explanation: row.explanation,
    source: { file: row.sourceFile, line: row.sourceLine },
  }
}
