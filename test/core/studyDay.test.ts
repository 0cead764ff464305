import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTimeZone } from '../../src/core/localTime.ts'
import { addDays, daysBetween, parseStudyDay, studyDayAt } from '../../src/core/studyDay.ts'

const dayOf = (instant: string, zone: string, hour = 4) => studyDayAt(new Date(instant), zone, hour)

describe('the study day', () => {
  it('is the local date, whatever the date in Greenwich', () => {
    expect(dayOf('2026-07-01T22:00:00Z', 'Asia/Kathmandu')).toBe('2026-07-01')
    expect(dayOf('2026-07-01T22:30:00Z', 'Asia/Kathmandu')).toBe('2026-07-02')
    expect(dayOf('2026-07-01T10:00:00Z', 'Pacific/Apia')).toBe('2026-07-01')
    expect(dayOf('2026-07-01T10:00:00Z', 'Pacific/Pago_Pago')).toBe('2026-06-30')
  })

  it('begins at the day start hour', () => {
    expect(dayOf('2026-01-10T03:59:59Z', 'UTC')).toBe('2026-01-09')
    expect(dayOf('2026-01-10T04:00:00Z', 'UTC')).toBe('2026-01-10')
    expect(dayOf('2026-01-10T00:00:00Z', 'UTC', 0)).toBe('2026-01-10')
    expect(dayOf('2026-01-10T22:59:00Z', 'UTC', 23)).toBe('2026-01-09')
  })

  it('goes by the clock on the wall on both changes of summer time', () => {
    // Berlin, 29 March 2026: 02:00 becomes 03:00; 04:00 is 02:00Z. 25 October: 04:00 is 03:00Z.
    expect(dayOf('2026-03-29T01:59:00Z', 'Europe/Berlin')).toBe('2026-03-28')
    expect(dayOf('2026-03-29T02:00:00Z', 'Europe/Berlin')).toBe('2026-03-29')
    expect(dayOf('2026-10-25T02:59:00Z', 'Europe/Berlin')).toBe('2026-10-24')
    expect(dayOf('2026-10-25T03:00:00Z', 'Europe/Berlin')).toBe('2026-10-25')
  })

  it('never goes back as time goes on, in any zone', () => {
    const zones = [
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Europe/Berlin',
      'Pacific/Chatham',
    ]
    const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 86_400_000 }),
        fc.constantFrom(...zones),
        (at, later, zone) => {
          const now = studyDayAt(new Date(at), zone, 4)
          const then = studyDayAt(new Date(at + later), zone, 4)
          expect(daysBetween(now, then)).toBeGreaterThanOrEqual(0)
          expect(daysBetween(now, then)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('refuses an hour that no clock shows', () => {
    expect(() => dayOf('2026-01-10T00:00:00Z', 'UTC', 24)).toThrow(/dayStartHour is 24/)
  })
})

describe('study days as dates', () => {
  it('counts over months, years and leap days', () => {
    expect(addDays(parseStudyDay('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(parseStudyDay('2026-12-31'), 1)).toBe('2027-01-01')
    expect(daysBetween(parseStudyDay('2026-01-01'), parseStudyDay('2027-01-01'))).toBe(365)
  })

  it('adding and counting are each other’s reverse', () => {
    const start = parseStudyDay('2026-01-01')
    fc.assert(
      fc.property(fc.integer({ min: -36_500, max: 36_500 }), (days) => {
        expect(daysBetween(start, addDays(start, days))).toBe(days)
      }),
    )
  })

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '', 'today'])('refuses "%s"', (text) => {
    expect(() => parseStudyDay(text)).toThrow(/YYYY-MM-DD/)
  })
})

describe('time zones', () => {
  it('knows IANA names and no offsets', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true)
    expect(isTimeZone('UTC')).toBe(true)
    for (const name of ['+02:00', 'Berlin', 'Europe/Nowhere', '', ' ']) expect(isTimeZone(name)).toBe(false)
  })
})
