import { describe, expect, it } from 'vitest'
import { parseQualities, simulate, simulationTable } from '../../src/app/simulate.ts'
import { parseStudyDay } from '../../src/core/studyDay.ts'

const START = parseStudyDay('2026-01-01')

describe('simulate', () => {
  it('agrees with a calculation by hand', () => {
    // EF 2.50, 2.50, 2.60, 2.46, 2.46, 2.46; I 1, 6, ⌈15.6⌉ = 16, ⌈39.36⌉ = 40, 1, 1.
    const rows = simulate([4, 4, 5, 3, 2, 4], START)
    expect(rows.map((row) => [row.repetitions, row.intervalDays, row.easeFactor, row.dueDay])).toEqual([
      [1, 1, 2.5, 1],
      [2, 6, 2.5, 7],
      [3, 16, 2.6, 23],
      [4, 40, 2.46, 63],
      [0, 1, 2.46, 64],
      [1, 1, 2.46, 65],
    ])
    expect(rows.at(-1)?.dueOn).toBe('2026-03-07')
  })

  it('prints a row for each answer, the easiness with two decimals', () => {
    expect(simulationTable(simulate([4], START)).split('\n')).toEqual([
      'quality  repetitions  intervalDays  easeFactor       dueOn  day',
      '      4            1             1        2.50  2026-01-02    1',
    ])
  })

  it.each(['6', '-1', '4.5', 'four', ''])('refuses the quality "%s" and names its place', (word) => {
    expect(() => parseQualities(['4', word])).toThrow(`quality 2 is "${word}"`)
  })
})
