import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAYS_PER_REST, streakDays } from '../../src/core/streak.ts'
import { addDays, parseStudyDay, type StudyDay } from '../../src/core/studyDay.ts'

const days = (...texts: string[]) => texts.map(parseStudyDay)
const today = parseStudyDay('2026-03-10')

/** Study days from a word that ends today: `x` studied, `.` not. */
function written(word: string): StudyDay[] {
  return [...word].reverse().flatMap((letter, ago) => (letter === 'x' ? [addDays(today, -ago)] : []))
}
const streakOf = (word: string) => streakDays(written(word), today)

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

  it.each([
    ['xxxxxx.x', 1, 'six days have earned no rest'],
    ['xxxxxxx.x', 8, 'seven have'],
    ['xxxxxxx..x', 1, 'but one only'],
    ['xxxxxxxxxxxxxx..x', 15, 'fourteen have earned two'],
    ['xxxxxxx.xxxxxxx.x', 15, 'a day of rest does not count towards the next'],
    ['xxxxxxx.xxxxxx.xx', 2, 'one that was taken is gone'],
    ['xxxxxxx..', 7, 'it stands on the morning after the rest day'],
    ['xxxxxxx...', 0, 'and ends with the next day missed'],
    ['xxxxxxx.xxxxxx.x', 1, 'six more days are not enough'],
    ['x.xxxxxxx', 7, 'what lies before a break earns nothing'],
  ])('%s gives %i: %s', (word, expected) => {
    expect(streakOf(word)).toBe(expected)
  })

  it('without rest days left is the days in a row; with them never less, and never more than days studied', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 120 }), (studied) => {
        const word = studied.map((each) => (each ? 'x' : '.')).join('')
        const streak = streakOf(word)
        const [inARow = ''] = /x*\.?$/.exec(word) ?? []
        expect(streak).toBeGreaterThanOrEqual(inARow.replace('.', '').length)
        expect(streak).toBeLessThanOrEqual(written(word).length)
        // A streak of n days has earned n / 7 rests, and cannot have taken more: it reaches back no further.
        if (streak > 0) {
          const first = written(word)[streak - 1]
          expect(first).toBeDefined()
          const reach = (first === undefined ? 0 : (Date.parse(today) - Date.parse(first)) / 86_400_000) + 1
          expect(reach - streak).toBeLessThanOrEqual(Math.floor(streak / DAYS_PER_REST) + 1)
        }
      }),
    )
  })

  it('grows by one with each day studied, and studying a day more never makes it smaller', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 120 }), fc.nat(), (studied, index) => {
        const word = studied.map((each) => (each ? 'x' : '.')).join('')
        expect(streakOf(`${word.slice(0, -1)}x`)).toBe(streakOf(`${word.slice(0, -1)}.`) + 1)
        const at = index % word.length
        const more = `${word.slice(0, at)}x${word.slice(at + 1)}`
        expect(streakOf(more)).toBeGreaterThanOrEqual(streakOf(word))
      }),
    )
  })
})
