import { describe, expect, it } from 'vitest'
import { parseDailyWords, readDailyOptions } from '../../../src/core/daily/dailyOptions.ts'
import type { DeckSummary } from '../../../src/core/store.ts'

const deck = (id: string, title: string): DeckSummary => ({
  id,
  title,
  isOwn: false,
  enrolled: false,
  cards: 1,
  unseen: 1,
  due: 0,
  learned: 0,
  suspended: 0,
})
const KNOWN = {
  decks: [deck('helm', 'Helm'), deck('services', 'Services and DNS')],
  findZones: (text: string) => (text.toLowerCase() === 'berlin' ? ['Europe/Berlin'] : []),
}

describe('parseDailyWords', () => {
  it.each([
    ['9:00', { time: '9:00' }],
    ['7 pm', { time: '7 pm' }],
    [
      '9:00 zone=Europe/Berlin questions=5 decks=helm,services days=mon-fri hours=12',
      {
        time: '9:00',
        zone: 'Europe/Berlin',
        questions: '5',
        decks: 'helm,services',
        weekdays: 'mon-fri',
        hours: '12',
      },
    ],
    [
      'time: 9:00 Zone = New York decks=Services and DNS, helm',
      { time: '9:00', zone: 'New York', decks: 'Services and DNS, helm' },
    ],
  ])('reads %s', (words, options) => {
    expect(parseDailyWords(words)).toEqual(options)
  })

  it.each(['', 'zone=Berlin', '9:00 colour=red', '9:00 constructor=1'])('says how to write "%s"', (words) => {
    expect(parseDailyWords(words)).toEqual({ error: expect.stringContaining('9:00 zone=Berlin') })
  })
})

describe('readDailyOptions', () => {
  it('reads every option', () => {
    const options = {
      time: '9',
      zone: 'berlin',
      questions: '10',
      decks: 'Services, helm',
      weekdays: 'mon',
      hours: '12 hours',
      chatId: '5',
    }
    expect(readDailyOptions(options, KNOWN)).toEqual({
      minuteOfDay: 540,
      timeZone: 'Europe/Berlin',
      questions: 10,
      deckIds: ['services', 'helm'],
      weekdays: 1,
      openMinutes: 720,
      chatId: '5',
    })
  })

  it('takes what is blank as left out, "all" for the team’s decks and "next" for until the next one', () => {
    expect(readDailyOptions({ time: '9:00', zone: ' ', decks: '' }, KNOWN)).toEqual({ minuteOfDay: 540 })
    expect(readDailyOptions({ time: '9:00', decks: 'all', hours: 'next' }, KNOWN)).toEqual({
      minuteOfDay: 540,
      deckIds: null,
      openMinutes: null,
    })
  })

  it.each([
    [{ time: '25:00' }, 'time is "25:00": write a time from 0:00 to 23:59, like 9:00 or 7 pm.'],
    [{ time: '' }, 'When shall it open? Give a time of day, like 9:00 or 7 pm.'],
    [{ time: '9', questions: '0' }, 'questions is "0": write a whole number from 1 to 10, like 3.'],
    [
      { time: '9', hours: '25' },
      'hours is "25": write a whole number from 1 to 24, like 12, or next for until the next one.',
    ],
    [
      { time: '9', zone: 'Atlantis' },
      'zone is "Atlantis": I know no such place. Write a large city, or a name like Europe/Berlin.',
    ],
    [{ time: '9', weekdays: 'never' }, 'weekdays is "never": write days like mon-fri, or mon,wed, or daily.'],
    [
      { time: '9', decks: 'helm,sql' },
      'decks has "sql": there is no such deck. There are helm, services; or all.',
    ],
  ])('refuses %o', (options, error) => {
    expect(readDailyOptions(options, KNOWN)).toEqual({ error })
  })
})
