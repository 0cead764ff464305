import { answerForm } from '../answerForm.ts'
import { type Group, type Line, tidy } from './groups.ts'

export interface FlatTable {
  readonly header: readonly string[]
  readonly rows: readonly FlatRow[]
  /** Lines that may be rows, but of which nobody can say what belongs to which column. */
  readonly unsure: readonly Line[]
}

interface FlatRow {
  readonly line: number
  readonly cells: readonly string[]
}

interface OpenRow {
  readonly line: Line
  readonly cells: string[]
}

const FEWEST_ROWS = 3
/** Words in one value, such as "in development". */
const VALUE_WORDS = 3
/** A cell without content, as browsers and office programs copy it. */
const EMPTY_CELL = '\u00a0'
const NOTHING = /^[\u00a0–—-]$/

/**
 * Reads a table whose cells lost everything but the blanks between them. Its columns are known from rows that
 * end in values of a plain form: "Node groups yes no yes". A row is read only when there is one way to do it.
 *
 * @param series lists of names found in the prose, such as AWS, GCP and Digital Ocean, which part a header
 * @returns null when the lines are no table; a table without rows when they are one that cannot be read
 */
export function flatTableOf(group: Group, series: readonly (readonly string[])[]): FlatTable | null {
  const [head, ...body] = group
  const counts = body.map(({ text }) => valuesAtEnd(wordsOf(text)).length)
  const width = mostCommon(counts.filter((count) => count >= 2))
  if (width === null || width.times < FEWEST_ROWS) return null
  const columns = width.count + 1
  const header = headerOf(head, columns, series)
  if (header === null) return { header: [], rows: [], unsure: [...group] }

  // Where empty cells are marked, a line that adds to the row above shows it.
  const marksEmpty = body.some(({ text }) => text.includes(EMPTY_CELL))
  const rows: OpenRow[] = []
  const unsure: Line[] = []
  let current: OpenRow | 'header' | null = 'header'
  for (const line of body) {
    const row = rowOf(line.text, columns)
    if (row !== null) {
      current = { line, cells: row }
      rows.push(current)
      continue
    }
    const rest = continuationOf(line.text, columns)
    if (rest !== null) {
      if (current === 'header') append(header, rest)
      else if (current !== null) append(current.cells, rest)
      continue
    }
    // What follows a row that is not understood may belong to it.
    if (current !== null || !line.text.includes(EMPTY_CELL)) unsure.push(line)
    const isShort = !marksEmpty || wordsOf(line.text).length < columns
    if (current !== null && current !== 'header' && isShort) {
      rows.pop()
      unsure.push(current.line)
    }
    current = null
  }
  return {
    header,
    rows: rows.map(({ line, cells }) => ({ line: line.number, cells: cells.map((cell) => tidy(cell)) })),
    unsure: unsure.sort((a, b) => a.number - b.number),
  }
}

/**
 * Lists of names in prose: "AWS vs GCP vs Azure", "AWS, GCP and Azure". They tell where one name ends and the
 * next begins.
 */
export function seriesIn(text: string): string[][] {
  const word = String.raw`\p{Lu}[\w-]*(?:\.[\w-]+)*`
  const name = `${word}(?: ${word}){0,2}`
  // What may follow is optional, so that no list is tried again from each of its names.
  const versus = text.matchAll(new RegExp(`${name}(?: vs\\.? ${name})*`, 'gu'))
  const listed = text.matchAll(new RegExp(`${name}(?:, ${name})*(?:,? (?:and|or) ${name})?`, 'gu'))
  return [
    ...[...versus].map(([found]) => found.split(/ vs\.? /)),
    ...[...listed]
      .filter(([found]) => / (?:and|or) /.test(found))
      .map(([found]) => found.split(/,? and |,? or |, /)),
  ].filter((names) => names.length > 1)
}

function wordsOf(text: string): string[] {
  // Trimming would take the empty cells too.
  return text.replace(/^[ \t]+|[ \t]+$/g, '').split(/[ \t]+/)
}

/**
 * A cell of plain form: a price, a number, a version, "yes", "in development" or a dash for none. Of several
 * words only the last kind is sure: numbers beside each other are cells of their own.
 */
function isValue(text: string): boolean {
  if (text.includes(' ')) return answerForm(text) === 'status'
  return NOTHING.test(text) || !/^(?:words|code)$/.test(answerForm(text))
}

/** The values that words end with, first one first; the first word is never one of them. */
function valuesAtEnd(words: readonly string[]): string[] {
  const values: string[] = []
  let end = words.length
  while (end > 1) {
    const from = [VALUE_WORDS, 2, 1].find(
      (size) => end - size >= 1 && isValue(words.slice(end - size, end).join(' ')),
    )
    if (from === undefined) break
    values.unshift(words.slice(end - from, end).join(' '))
    end -= from
  }
  return values
}

/** The cells of a row: a name, then values; the last may be one capitalised word after two values at least. */
function rowOf(text: string, columns: number): string[] | null {
  const words = wordsOf(text)
  const isNamed = words[0] !== EMPTY_CELL && words[0] !== ''
  const cut = (own: readonly string[], values: readonly string[]): string[] =>
    own.slice(0, own.length - values.join(' ').split(' ').length)
  const values = valuesAtEnd(words).slice(-(columns - 1))
  if (isNamed && values.length === columns - 1 && !values.every((value) => NOTHING.test(value))) {
    return [cut(words, values).join(' '), ...values]
  }
  const last = words.at(-1) ?? ''
  const others = valuesAtEnd(words.slice(0, -1)).slice(-(columns - 2))
  const isRow = isNamed && columns > 3 && others.length === columns - 2 && /^\p{Lu}[\w.-]*$/u.test(last)
  return isRow && !others.includes(EMPTY_CELL)
    ? [cut(words.slice(0, -1), others).join(' '), ...others, last]
    : null
}

/** What a line adds to the row above, one entry a column: of its cells all but one are empty or dashes. */
function continuationOf(text: string, columns: number): string[] | null {
  const words = wordsOf(text)
  const filled = words.findIndex((word) => !NOTHING.test(word))
  if (!words.includes(EMPTY_CELL)) return null
  if (filled < 0) return words.length === columns ? words.map(asCell) : null
  const after = [...words].reverse().findIndex((word) => !NOTHING.test(word))
  if (filled + 1 + after !== columns) return null
  const own = words.slice(filled, words.length - after)
  // An empty cell among the words would leave open which words stand before it.
  if (own.includes(EMPTY_CELL)) return null
  return [
    ...words.slice(0, filled).map(asCell),
    own.join(' '),
    ...words.slice(words.length - after).map(asCell),
  ]
}

function asCell(word: string): string {
  return word === EMPTY_CELL ? '' : word
}

function append(cells: string[], rest: readonly string[]): void {
  rest.forEach((text, column) => {
    if (text !== '') cells[column] = tidy(`${cells[column] ?? ''} ${text}`)
  })
}

function headerOf(line: Line, columns: number, series: readonly (readonly string[])[]): string[] | null {
  const words = wordsOf(line.text)
  if (words.length === columns) return words
  const text = words.join(' ')
  const known = series.find((names) => names.length === columns - 1 && text.endsWith(` ${names.join(' ')}`))
  return known === undefined ? null : [text.slice(0, -known.join(' ').length - 1), ...known]
}

function mostCommon(counts: readonly number[]): { count: number; times: number } | null {
  const times = new Map<number, number>()
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1)
  const [best] = [...times].sort((a, b) => b[1] - a[1])
  return best === undefined ? null : { count: best[0], times: best[1] }
}
