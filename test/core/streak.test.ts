import { describe, expect, it } from 'vitest'
import { streakDays } from '../../src/core/streak.ts'
import { parseStudyDay } from '../../src/core/studyDay.ts'

const days = (...texts: string[]) => texts.map(parseStudyDay)
const today = parseStudyDay('2026-03-10')

describe('the streak', () => {
  it('counts days in a row up to today', () => {
    expect(streakDays(days('2026-03-10', '2026-03-09', '2026-03-08', '2026-03-05'), today)).toBe(3)
  })

  it('still stands before the first answer of today', () => {
    expect(streakDays(days('2026-03-09', '2026-03-08'), today)).toBe(2)
  })

  it('ends with a day left out', () => {
    expect(streakDays(days('2026-03-08', '2026-03-07'), today)).toBe(0)
    expect(streakDays([], today)).toBe(0)
  })
})
