import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Quality, type Schedule, UNSEEN } from '../../src/core/schedule.ts'
import { MAXIMUM_INTERVAL_DAYS, sm2 } from '../../src/core/sm2.ts'
import { addDays, parseStudyDay } from '../../src/core/studyDay.ts'

const START = parseStudyDay('2026-03-01')

/** Answers each quality on the day the card is due, and gives what the reader of a table would compare. */
function sequence(...qualities: Quality[]) {
  let schedule: Schedule = UNSEEN
  let today = START
  return qualities.map((quality) => {
    schedule = sm2(schedule, quality, today)
    today = schedule.dueOn ?? today
    return [schedule.repetitions, schedule.intervalDays, schedule.easeHundredths, schedule.lapses]
  })
}

const quality = fc.constantFrom<Quality>(0, 1, 2, 3, 4, 5)

describe('SM-2', () => {
  it.each<{ name: string; qualities: Quality[]; intervals: number[]; ease: number }>([
    { name: 'good throughout', qualities: [4, 4, 4], intervals: [1, 6, 15], ease: 250 },
    { name: 'easy throughout', qualities: [5, 5, 5], intervals: [1, 6, 17], ease: 280 },
    { name: 'hard throughout', qualities: [3, 3, 3], intervals: [1, 6, 13], ease: 208 },
  ])('follows the design on $name', ({ qualities, intervals, ease }) => {
    const rows = sequence(...qualities)
    expect(rows.map(([, intervalDays]) => intervalDays)).toEqual(intervals)
    expect(rows.at(-1)?.[2]).toBe(ease)
  })

  it('agrees with a calculation by hand over all six qualities', () => {
    // EF:  4 → 2.50, 5 → 2.60, 4 → 2.60, 3 → 2.46, 2 → same, 4, 4, 1 → same, 0 → same, 5 → 2.56.
    // I:   1, 6, ⌈6·2.60⌉ = 16 (15.6), ⌈16·2.46⌉ = 40 (39.36), then 1, 1, 6, 1, 1, 1.
    expect(sequence(4, 5, 4, 3, 2, 4, 4, 1, 0, 5)).toEqual([
      [1, 1, 250, 0],
      [2, 6, 260, 0],
      [3, 16, 260, 0],
      [4, 40, 246, 0],
      [0, 1, 246, 1],
      [1, 1, 246, 1],
      [2, 6, 246, 1],
      [0, 1, 246, 2],
      [0, 1, 246, 2],
      [1, 1, 256, 2],
    ])
  })

  it('never lets the easiness fall below 1.30', () => {
    const rows = sequence(3, 3, 3, 3, 3, 3, 3, 3, 3, 3)
    expect(rows.at(-1)?.[2]).toBe(130)
  })

  it('counts a late answer from today with the planned interval', () => {
    const due = sm2(sm2(UNSEEN, 4, START), 4, addDays(START, 1))
    const late = addDays(START, 1 + 6 + 100)
    expect(sm2(due, 4, late)).toMatchObject({ intervalDays: 15, dueOn: addDays(late, 15) })
  })

  it('asks again the same day for whatever scores below 4', () => {
    for (const failing of [0, 1, 2, 3] as const) expect(sm2(UNSEEN, failing, START).drillOn).toBe(START)
    for (const passing of [4, 5] as const) expect(sm2(UNSEEN, passing, START).drillOn).toBeNull()
  })

  it('caps the interval at a hundred years', () => {
    const old: Schedule = { ...UNSEEN, repetitions: 30, intervalDays: 36_000, easeHundredths: 300 }
    expect(sm2(old, 5, START).intervalDays).toBe(MAXIMUM_INTERVAL_DAYS)
  })

  it('keeps to whole numbers and to its rules on any sequence', () => {
    fc.assert(
      fc.property(fc.array(quality, { minLength: 1, maxLength: 40 }), (qualities) => {
        let before: Schedule = UNSEEN
        for (const given of qualities) {
          const after = sm2(before, given, START)
          expect(Number.isInteger(after.intervalDays) && Number.isInteger(after.easeHundredths)).toBe(true)
          expect(after.easeHundredths).toBeGreaterThanOrEqual(130)
          expect(after.intervalDays).toBeGreaterThanOrEqual(1)
          expect(after.dueOn).toBe(addDays(START, after.intervalDays))
          if (given < 3) {
            expect(after).toMatchObject({
              repetitions: 0,
              intervalDays: 1,
              easeHundredths: before.easeHundredths,
            })
            expect(after.lapses - before.lapses).toBe(before.repetitions > 0 ? 1 : 0)
          } else {
            expect(after.repetitions).toBe(before.repetitions + 1)
            expect(after.lapses).toBe(before.lapses)
            if (before.repetitions >= 2) expect(after.intervalDays).toBeGreaterThan(before.intervalDays)
          }
          before = after
        }
      }),
    )
  })
})
