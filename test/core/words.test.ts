import { describe, expect, it } from 'vitest'
import { parseStudyDay } from '../../src/core/studyDay.ts'
import { count, easeFactor, longInterval, relativeDay, shortInterval } from '../../src/core/words.ts'

describe('numbers in words', () => {
  it.each([
    [1, '1 d', '1 day'],
    [60, '60 d', '60 days'],
    [61, '2 mo', '2 months'],
    [100, '3.3 mo', '3.3 months'],
    [365, '12 mo', '12 months'],
    [1000, '2.7 y', '2.7 years'],
    [36_500, '99.9 y', '99.9 years'],
  ])('%i days are "%s" on a button and "%s" in a sentence', (days, short, long) => {
    expect(shortInterval(days)).toBe(short)
    expect(longInterval(days)).toBe(long)
  })

  it('speaks of one and of many', () => {
    expect(count(1, 'card')).toBe('1 card')
    expect(count(0, 'card')).toBe('0 cards')
    expect(count(2, 'more card is', 'more cards are')).toBe('2 more cards are')
  })

  it('writes the easiness with two decimals', () => {
    expect(easeFactor(130)).toBe('1.30')
    expect(easeFactor(246)).toBe('2.46')
  })

  it.each([
    ['2026-03-10', 'today'],
    ['2026-03-11', 'tomorrow'],
    ['2026-03-09', 'yesterday'],
    ['2026-03-16', 'in 6 days'],
    ['2026-03-01', '9 days ago'],
  ])('%s seen from 10 March is "%s"', (day, words) => {
    expect(relativeDay(parseStudyDay(day), parseStudyDay('2026-03-10'))).toBe(words)
  })
})
