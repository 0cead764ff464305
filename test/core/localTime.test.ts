import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockTime, localTimeAt, nextLocalMinute } from '../../src/core/localTime.ts'

const EVENING = 19 * 60

describe('the next time the clock shows a minute', () => {
  it.each([
    ['later today', '2026-03-02T09:00:00Z', EVENING, 'UTC', '2026-03-02T19:00:00Z'],
    ['tomorrow when it has passed', '2026-03-02T19:00:00Z', EVENING, 'UTC', '2026-03-03T19:00:00Z'],
    ['in another zone', '2026-03-02T09:00:00Z', EVENING, 'Asia/Kathmandu', '2026-03-02T13:15:00Z'],
    ['across the date line', '2026-03-02T09:00:00Z', EVENING, 'Pacific/Apia', '2026-03-03T06:00:00Z'],
    ['in summer time', '2026-07-01T00:00:00Z', EVENING, 'Europe/Berlin', '2026-07-01T17:00:00Z'],
    ['an hour that is left out', '2026-03-28T12:00:00Z', 150, 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    [
      'the first of an hour that comes twice',
      '2026-10-24T12:00:00Z',
      150,
      'Europe/Berlin',
      '2026-10-25T00:30:00Z',
    ],
    [
      'with a change of half an hour',
      '2026-10-03T10:00:00Z',
      135,
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00Z',
    ],
  ])('%s', (_, after, minute, zone, next) => {
    expect(nextLocalMinute(new Date(after), minute, zone)).toEqual(new Date(next))
  })

  it('is after, within two days, and shows that minute unless summer time leaves it out', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ]
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2012-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 1439 }),
        fc.constantFrom(...zones),
        (after, minute, zone) => {
          const next = nextLocalMinute(after, minute, zone)
          const hours = (next.getTime() - after.getTime()) / 3_600_000
          expect(hours).toBeGreaterThan(0)
          expect(hours).toBeLessThanOrEqual(26)
          const shown = localTimeAt(next, zone).minuteOfDay
          expect([0, 30, 60]).toContain((shown - minute + 1440) % 1440)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('refuses what is no minute of a day', () => {
    expect(() => nextLocalMinute(new Date(), 1440, 'UTC')).toThrow(/1440.*0 to 1439/)
  })

  it('is written as the clock shows it', () => {
    expect([0, 545, 1439].map(clockTime)).toEqual(['00:00', '09:05', '23:59'])
  })
})
