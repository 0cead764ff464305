import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DueDaily } from '../../../src/core/daily/claim.ts'
import { claimDaily } from '../../../src/core/daily/claim.ts'
import { localDayAt, nextOccurrence } from '../../../src/core/daily/occurrence.ts'
import { includesDay, parseWeekdays, type Weekdays, weekdayWords } from '../../../src/core/daily/weekdays.ts'
import { addDays, parseStudyDay, type StudyDay } from '../../../src/core/studyDay.ts'

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Nuuk',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'Asia/Gaza',
]
const timetable = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  minuteOfDay: fc.integer({ min: 0, max: 1439 }),
  weekdays: fc.integer({ min: 1, max: 127 }).map((bits) => bits as Weekdays),
})
const start = fc.date({ min: new Date('2009-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const APIA_LEFT_OUT = '2011-12-30'

describe('nextOccurrence', () => {
  it('gives exactly one for each chosen local day over a year, in order, at the planned time of day', () => {
    fc.assert(
      fc.property(timetable, start, (table, from) => {
        let last: StudyDay | null = null
        let now = from
        const end = addDays(localDayAt(from, table.timeZone), 370)
        for (let expected: StudyDay | null = null; ; ) {
          const { on, at } = nextOccurrence(table, last, now, false)
          expect(at.getTime()).toBeGreaterThan(now.getTime())
          if (expected !== null) {
            while (
              !includesDay(table.weekdays, expected) ||
              (expected === APIA_LEFT_OUT && table.timeZone === 'Pacific/Apia')
            ) {
              expected = addDays(expected, 1)
            }
            expect(on).toBe(expected)
          }
          expect(includesDay(table.weekdays, on)).toBe(true)
          if (on > end) break
          expected = addDays(on, 1)
          last = on
          now = at
        }
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  it('leaves today out when its instant is over, unless late is fine', () => {
    const table = { timeZone: 'Europe/Berlin', minuteOfDay: 540, weekdays: 127 as Weekdays }
    const noon = new Date('2026-01-05T11:00:00Z')
    expect(nextOccurrence(table, null, noon, false).on).toBe('2026-01-06')
    expect(nextOccurrence(table, null, noon, true).on).toBe('2026-01-05')
    expect(nextOccurrence(table, '2026-01-07' as StudyDay, noon, true).on).toBe('2026-01-08')
  })

  it('asks at the last moment of a day whose minute a change of summer time takes over midnight', () => {
    const table = { timeZone: 'America/Nuuk', minuteOfDay: 23 * 60 + 30, weekdays: 127 as Weekdays }
    const { on, at } = nextOccurrence(table, null, new Date('2025-03-29T12:00:00Z'), false)
    expect([on, at.toISOString()]).toEqual(['2025-03-29', '2025-03-30T01:30:00.000Z'])
  })
})

describe('claimDaily', () => {
  const daily = (table: Parameters<typeof nextOccurrence>[0], on: StudyDay, at: Date): DueDaily => ({
    ...table,
    place: { platform: 'discord', placeId: '1' },
    chatId: '1',
    questions: 3,
    openMinutes: null,
    deckIds: null,
    next: { on, at },
    lastOn: null,
  })

  it('opens no local day twice and each unless it is over, whatever the clocks of the processes say', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 60 * 40 }), { minLength: 1, maxLength: 60 })
    const wrong = fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(timetable, start, steps, wrong, (table, from, minutes, clocks) => {
        let time = from.getTime()
        let state = nextOccurrence(table, null, from, false)
        const dealtWith: StudyDay[] = []
        for (const [index, step] of minutes.entries()) {
          time += step * 60_000
          const now = new Date(time + (clocks[index % clocks.length] ?? 0) * 60_000)
          while (state.at <= now) {
            const claim = claimDaily(daily(table, state.on, state.at), now)
            dealtWith.push(claim.on)
            if (claim.closesAt === null) expect(claim.notes).not.toEqual([])
            else expect(claim.closesAt.getTime()).toBeLessThanOrEqual(now.getTime() + 24 * 3_600_000)
            expect(claim.next.on > claim.on).toBe(true)
            state = claim.next
          }
        }
        expect(new Set(dealtWith).size).toBe(dealtWith.length)
      }),
      { numRuns: 100 },
    )
  }, 30_000)
})

describe('parseWeekdays', () => {
  it.each([
    ['mon-fri', 'Monday to Friday'],
    ['Mon, Wed', 'Monday, Wednesday'],
    ['daily', 'every day'],
    ['fri-mon', 'Monday, Friday, Saturday, Sunday'],
    ['sat and sunday', 'Saturday, Sunday'],
    ['tue to thu', 'Tuesday, Wednesday, Thursday'],
    ['weekdays', 'Monday to Friday'],
  ])('reads %s', (text, words) => {
    expect(weekdayWords(parseWeekdays(text) ?? (0 as Weekdays))).toBe(words)
  })

  it.each(['', 'm', 'someday', 'mon-', 'mon-wed-fri', '-', 'monn'])('refuses "%s"', (text) => {
    expect(parseWeekdays(text)).toBeNull()
  })

  it('finds the day of the week of any date', () => {
    expect(includesDay(1 as Weekdays, parseStudyDay('2026-01-05'))).toBe(true)
    expect(includesDay(64 as Weekdays, parseStudyDay('1999-12-26'))).toBe(true)
  })
})
