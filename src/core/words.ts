import { daysBetween, type StudyDay } from './studyDay.ts'

const DAYS_PER_MONTH = 30.44
const DAYS_PER_YEAR = 365.25
/** Up to here people count in days. */
const SHOWN_IN_DAYS = 60
const SHOWN_IN_MONTHS = 700

/** "1 card", "3 cards". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** An interval short enough for a button: "6 d", "3.4 mo", "2.1 y". */
export function shortInterval(days: number): string {
  if (days <= SHOWN_IN_DAYS) return `${days} d`
  if (days <= SHOWN_IN_MONTHS) return `${oneDecimal(days / DAYS_PER_MONTH)} mo`
  return `${oneDecimal(days / DAYS_PER_YEAR)} y`
}

/** An interval in a sentence: "6 days", "3.4 months", "2.1 years". */
export function longInterval(days: number): string {
  if (days <= SHOWN_IN_DAYS) return count(days, 'day')
  if (days <= SHOWN_IN_MONTHS) return `${oneDecimal(days / DAYS_PER_MONTH)} months`
  return `${oneDecimal(days / DAYS_PER_YEAR)} years`
}

/** A day as seen from `today`: "today", "tomorrow", "in 6 days", "3 days ago". */
export function relativeDay(day: StudyDay, today: StudyDay): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${longInterval(days)}` : `${longInterval(-days)} ago`
}

/** An easiness factor as people write it: 236 is "2.36". */
export function easeFactor(easeHundredths: number): string {
  return (easeHundredths / 100).toFixed(2)
}

function oneDecimal(number: number): string {
  return number.toFixed(1).replace(/\.0$/, '')
}
