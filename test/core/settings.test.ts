import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { parseSetting, type SettingName, showSetting } from '../../src/core/settings.ts'

describe('a setting read from text', () => {
  it.each<[SettingName, string, object]>([
    ['timeZone', 'Europe/Berlin', { timeZone: 'Europe/Berlin' }],
    ['timeZone', ' america/new york ', { timeZone: 'America/New_York' }],
    ['timeZone', 'asia/kathmandu', { timeZone: 'Asia/Kathmandu' }],
    ['dayStartHour', '0', { dayStartHour: 0 }],
    ['dayStartHour', '04:00', { dayStartHour: 4 }],
    ['newPerDay', '0', { newPerDay: 0 }],
    ['newPerDay', '500', { newPerDay: 500 }],
    ['reviewsPerDay', '2000', { reviewsPerDay: 2000 }],
    ['reminder', '19:00', { reminderMinute: 1140 }],
    ['reminder', '0830', { reminderMinute: 510 }],
    ['reminder', '7 pm', { reminderMinute: 1140 }],
    ['reminder', '12am', { reminderMinute: 0 }],
    ['reminder', '9', { reminderMinute: 540 }],
    ['reminder', 'Off', { reminderMinute: null }],
  ])('%s takes "%s"', (name, text, change) => {
    expect(parseSetting(name, text)).toEqual({ change })
  })

  it.each<[SettingName, string, RegExp]>([
    ['timeZone', 'Berlin', /no time zone "Berlin".*Europe\/Berlin/],
    ['timeZone', '+02:00', /no time zone/],
    ['dayStartHour', '24', /0 to 23/],
    ['dayStartHour', '-1', /0 to 23/],
    ['newPerDay', '501', /0 to 500/],
    ['newPerDay', 'ten', /0 to 500/],
    ['reviewsPerDay', '0', /1 to 2000/],
    ['reminder', '24:00', /no time of day/],
    ['reminder', '13 pm', /no time of day/],
    ['reminder', '19:60', /no time of day/],
    ['reminder', 'tomorrow', /19:00/],
    ['reviewsPerDay', '1e3', /1 to 2000/],
    ['reviewsPerDay', '9'.repeat(5000), /^.{0,120}$/],
  ])('%s refuses "%s" and says what works', (name, text, message) => {
    const parsed = parseSetting(name, text)
    expect('error' in parsed ? parsed.error : '').toMatch(message)
  })

  it('is shown as people read it', () => {
    expect(showSetting('dayStartHour', DEFAULT_SETTINGS)).toBe('04:00')
    expect(showSetting('newPerDay', DEFAULT_SETTINGS)).toBe('10')
  })
})
