import { type Quality, type Schedule, UNSEEN } from '../core/schedule.ts'
import { sm2 } from '../core/sm2.ts'
import { daysBetween, type StudyDay } from '../core/studyDay.ts'

/** A card's schedule after one answer of a simulation. */
export interface SimulatedAnswer {
  readonly quality: Quality
  readonly repetitions: number
  readonly intervalDays: number
  /** With two decimals' worth of precision, e.g. 2.36. */
  readonly easeFactor: number
  readonly dueOn: StudyDay
  /** Days from the first answer to `dueOn`. */
  readonly dueDay: number
}

/**
 * What SM-2 makes of these answers when each is given on the day it is due.
 *
 * @param start the study day of the first answer
 */
export function simulate(qualities: readonly Quality[], start: StudyDay): SimulatedAnswer[] {
  let schedule: Schedule = UNSEEN
  return qualities.map((quality) => {
    schedule = sm2(schedule, quality, schedule.dueOn ?? start)
    const dueOn = schedule.dueOn ?? start
    return {
      quality,
      repetitions: schedule.repetitions,
      intervalDays: schedule.intervalDays,
      easeFactor: schedule.easeHundredths / 100,
      dueOn,
      dueDay: daysBetween(start, dueOn),
    }
  })
}

/**
 * Reads qualities from the command line.
 *
 * @throws RangeError naming the first that is not 0 to 5
 */
export function parseQualities(words: readonly string[]): Quality[] {
  return words.map((word, index) => {
    if (!/^[0-5]$/.test(word)) {
      throw new RangeError(
        `quality ${index + 1} is "${word}": write whole numbers from 0 (blackout) to 5 (perfect)`,
      )
    }
    return Number(word) as Quality
  })
}

/** The simulation as a table for a person. */
export function simulationTable(answers: readonly SimulatedAnswer[]): string {
  const header = ['quality', 'repetitions', 'intervalDays', 'easeFactor', 'dueOn', 'day']
  const rows = answers.map((answer) => [
    String(answer.quality),
    String(answer.repetitions),
    String(answer.intervalDays),
    answer.easeFactor.toFixed(2),
    answer.dueOn,
    String(answer.dueDay),
  ])
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return [header, ...rows]
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n')
}
