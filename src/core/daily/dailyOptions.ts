import { findDeck } from '../quiz/quiz.ts'
import { minuteOfDay, shortened, wholeNumber, zoneNamed } from '../settings.ts'
import type { DeckSummary } from '../store.ts'
import { type Daily, OPEN_HOURS_MOST, QUESTIONS_LEAST, QUESTIONS_MOST } from './daily.ts'
import { parseWeekdays } from './weekdays.ts'

/** What is wanted of a daily quiz, each as a person wrote it. What is left out or blank stays as it was. */
export interface DailyOptions {
  /** "9:00", "7 pm" */
  readonly time: string
  /** An IANA name or a city. */
  readonly zone?: string
  /** "1" to "10" */
  readonly questions?: string
  /** Ids or titles with commas between them; "all" for the team's. */
  readonly decks?: string
  /** "mon-fri", "mon,wed", "daily" */
  readonly weekdays?: string
  /** How many hours it stays open: "1" to "24"; "next" for until the next one. */
  readonly hours?: string
  /** The platform's id of where it is posted; the place's own unless given. */
  readonly chatId?: string
}

/** What options were read as; what was left out is not there. */
export type DailyChange = Partial<Omit<Daily, 'place'>> & Pick<Daily, 'minuteOfDay'>

/** What is needed to understand options. */
export interface Known {
  readonly decks: readonly DeckSummary[]
  /** IANA zones of a city or a country. */
  findZones(text: string): readonly string[]
}

/** Reads options. What cannot be read gives the sentence that says so, and what would be right. */
export function readDailyOptions(
  options: DailyOptions,
  { decks, findZones }: Known,
): DailyChange | { readonly error: string } {
  const written = (text: string | undefined) => (text?.trim() ? text.trim() : null)
  const refused = (name: string, value: string, what: string) => ({
    error: `${name} is "${shortened(value)}": ${what}`,
  })

  const time = written(options.time)
  if (time === null) return { error: 'When shall it open? Give a time of day, like 9:00 or 7 pm.' }
  const minute = minuteOfDay(time)
  if (minute === null) return refused('time', time, 'write a time from 0:00 to 23:59, like 9:00 or 7 pm.')
  let change: DailyChange = { minuteOfDay: minute }

  const zone = written(options.zone)
  if (zone !== null) {
    const timeZone = zoneNamed(zone) ?? findZones(zone)[0]
    if (timeZone === undefined) {
      return refused('zone', zone, 'I know no such place. Write a large city, or a name like Europe/Berlin.')
    }
    change = { ...change, timeZone }
  }
  const questions = written(options.questions)
  if (questions !== null) {
    const number = wholeNumber(questions, QUESTIONS_LEAST, QUESTIONS_MOST)
    if (number === null) {
      const range = `write a whole number from ${QUESTIONS_LEAST} to ${QUESTIONS_MOST}, like 3.`
      return refused('questions', questions, range)
    }
    change = { ...change, questions: number }
  }
  const days = written(options.weekdays)
  if (days !== null) {
    const weekdays = parseWeekdays(days)
    if (weekdays === null) {
      return refused('weekdays', days, 'write days like mon-fri, or mon,wed, or daily.')
    }
    change = { ...change, weekdays }
  }
  const hours = written(options.hours)
  if (hours !== null) {
    const number = wholeNumber(hours.replace(/\s*h(ours?)?$/i, ''), 1, OPEN_HOURS_MOST)
    if (number === null && !/^(?:until )?(?:the )?next(?: one)?$/i.test(hours)) {
      const range = `write a whole number from 1 to ${OPEN_HOURS_MOST}, like 12, or next for until the next one.`
      return refused('hours', hours, range)
    }
    change = { ...change, openMinutes: number === null ? null : number * 60 }
  }
  const names = written(options.decks)
  if (names !== null) {
    const read = readDecks(names, decks)
    if ('error' in read) return read
    change = { ...change, ...read }
  }
  return written(options.chatId ?? undefined) === null ? change : { ...change, chatId: options.chatId ?? '' }
}

/** Reads ids or titles of decks with commas between them; "all" is null. */
export function readDecks(
  names: string,
  decks: readonly DeckSummary[],
): Pick<Daily, 'deckIds'> | { readonly error: string } {
  if (/^(?:all|team|any|the team's)$/i.test(names)) return { deckIds: null }
  const deckIds: string[] = []
  for (const name of names.split(/[,;]/).filter((each) => each.trim() !== '')) {
    const deck = findDeck(decks, name)
    if (deck === null) {
      const known = decks.filter(({ isOwn }) => !isOwn).map(({ id }) => id)
      return {
        error: `decks has "${shortened(name.trim())}": there is no such deck. There are ${known.join(', ')}; or all.`,
      }
    }
    if (!deckIds.includes(deck.id)) deckIds.push(deck.id)
  }
  return deckIds.length === 0
    ? { error: 'decks names none: write ids or titles with commas between them, or all.' }
    : { deckIds }
}

/** What each option may be called in a line. */
const NAMES: Readonly<Record<string, Exclude<keyof DailyOptions, 'chatId'>>> = {
  time: 'time',
  at: 'time',
  zone: 'zone',
  timezone: 'zone',
  tz: 'zone',
  in: 'zone',
  questions: 'questions',
  count: 'questions',
  number: 'questions',
  decks: 'decks',
  deck: 'decks',
  days: 'weekdays',
  weekdays: 'weekdays',
  day: 'weekdays',
  on: 'weekdays',
  hours: 'hours',
  open: 'hours',
  for: 'hours',
}

const EXAMPLE = '9:00 zone=Berlin questions=5 decks=helm,services days=mon-fri hours=12'

/**
 * Reads what follows the command where all is one line, as in Telegram:
 * `9:00 zone=Europe/Berlin questions=5 decks=helm,services days=mon-fri hours=12`. A value reaches to the next name, so
 * it may hold spaces.
 *
 * @returns what is wanted, still unchecked, or a sentence that says what could not be read
 */
export function parseDailyWords(words: string): DailyOptions | { readonly error: string } {
  const parts = words.trim().split(/(?:^|\s+)([\p{L}_-]+)\s*(?:=|:(?!\d{2}\b))\s*/u)
  const [first = '', ...named] = parts
  const options: { -readonly [Name in keyof DailyOptions]: string } = { time: first.trim() }
  for (let index = 0; index < named.length; index += 2) {
    const [name = '', value = ''] = [named[index], named[index + 1]]
    const option = Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : undefined
    if (option === undefined) {
      return { error: `I know no option "${shortened(name)}". Write it like this: ${EXAMPLE}` }
    }
    options[option] = value.trim()
  }
  if (options.time === '') return { error: `When shall it open? Write it like this: ${EXAMPLE}` }
  return options
}
