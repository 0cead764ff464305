import { describe, expect, it } from 'vitest'
import { parseStudyDay } from '../../../src/core/studyDay.ts'
import { mondayOf, periodAt } from '../../../src/core/team/period.ts'
import { nextWeeklyAt } from '../../../src/core/team/weekly.ts'

const at = (text: string) => new Date(text)

describe('the days of a board', () => {
  it.each([
    ['2026-03-02', '2026-03-02'],
    ['2026-03-08', '2026-03-02'],
    ['2026-03-01', '2026-02-23'],
    ['2026-01-01', '2025-12-29'],
  ])('%s lies in the week of %s', (day, monday) => {
    expect(mondayOf(parseStudyDay(day))).toBe(monday)
  })

  it('begin on Monday where the team is', () => {
    const sundayEvening = at('2026-03-01T20:00:00Z')
    expect(periodAt('week', sundayEvening, 'UTC')).toMatchObject({
      startsOn: '2026-02-23',
      endsOn: '2026-03-01',
    })
    expect(periodAt('week', sundayEvening, 'Pacific/Auckland')).toMatchObject({ startsOn: '2026-03-02' })
    expect(periodAt('lastWeek', sundayEvening, 'UTC')).toEqual({
      period: 'week',
      startsOn: '2026-02-16',
      endsOn: '2026-02-22',
    })
  })

  it.each([
    ['2026-02-28T12:00:00Z', '2026-02-01', '2026-02-28'],
    ['2028-02-01T12:00:00Z', '2028-02-01', '2028-02-29'],
    ['2026-12-31T12:00:00Z', '2026-12-01', '2026-12-31'],
  ])('of the month at %s are %s to %s', (now, startsOn, endsOn) => {
    expect(periodAt('month', at(now), 'UTC')).toEqual({ period: 'month', startsOn, endsOn })
  })
})

describe('the next weekly summary', () => {
  it.each([
    ['on Monday before its time', '2026-03-02T07:59:59Z', '2026-03-02T08:00:00.000Z'],
    ['on Monday at its time', '2026-03-02T08:00:00Z', '2026-03-09T08:00:00.000Z'],
    ['over a change of summer time', '2026-03-26T12:00:00Z', '2026-03-30T07:00:00.000Z'],
  ])('%s', (_name, now, expected) => {
    expect(nextWeeklyAt(at(now), 540, 'Europe/Berlin').toISOString()).toBe(expected)
  })
})
