import { bigint, boolean, date, integer, timestamp } from 'drizzle-orm/pg-core'
import type { StudyDay } from '../../core/studyDay.ts'

export const learnerId = () => bigint({ mode: 'number' }).notNull()
export const studyDay = () => date({ mode: 'string' }).$type<StudyDay>()
export const instant = () => timestamp({ withTimezone: true, precision: 3 })

/** The columns of a core `Score`. */
export function scoreColumns() {
  return {
    answers: integer().notNull(),
    reviews: integer().notNull(),
    passes: integer().notNull(),
    starts: integer().notNull(),
    points: integer().notNull(),
  }
}

/** The columns of a core `Schedule`. */
export function scheduleColumns() {
  return {
    repetitions: integer().notNull(),
    intervalDays: integer().notNull(),
    easeHundredths: integer().notNull(),
    lapses: integer().notNull(),
    dueOn: studyDay(),
    drillOn: studyDay(),
    answeredOn: studyDay(),
    suspended: boolean().notNull(),
  }
}
