import type { Card } from './card.ts'

/** What became of a typed answer. */
export type Verdict =
  | { readonly kind: 'right' }
  /** Right but for a slip of the fingers; `expected` is how it is written. */
  | { readonly kind: 'typo'; readonly expected: string }
  | { readonly kind: 'wrong' }

/** Longest answer compared; nobody types more, and comparing costs its square. */
const COMPARED_CHARACTERS = 300

/**
 * Compares what a person typed with a card's answer and its accepted alternatives.
 *
 * Words forgive case, white space, punctuation and small typos. Commands (answers written as code) forgive
 * only what phones change by themselves (white space, curly quotes, long dashes), and take anything in place of
 * a placeholder such as RELEASE or `${cluster}`. Numbers are never
 * forgiven, except for a missing currency or percent sign and thousands separators. What names one of the
 * wrong choices is wrong, however near it is.
 */
export function gradeTyped(card: Card, text: string): Verdict {
  const typed = text.slice(0, COMPARED_CHARACTERS)
  const accepted = [card.answer, ...card.accept]
  if (isCode(card.answer)) {
    const wanted = accepted.map((answer) => commandPattern(commandForm(plainText(answer), '-')))
    // A phone turns "--" into an en dash as well as "-": either reading may be meant.
    const readings = ['-', '--'].map((dash) => commandForm(plainText(typed), dash))
    return {
      kind: readings.some((reading) => wanted.some((pattern) => pattern.test(reading))) ? 'right' : 'wrong',
    }
  }
  const given = wordForm(typed)
  if (given === '') return { kind: 'wrong' }
  if (accepted.some((answer) => wordForm(plainText(answer)) === given)) return { kind: 'right' }
  if (card.wrong.some((choice) => wordForm(plainText(choice)) === given)) return { kind: 'wrong' }
  const near = accepted.find((answer) => isTypoOf(given, wordForm(plainText(answer))))
  return near === undefined ? { kind: 'wrong' } : { kind: 'typo', expected: plainText(near) }
}

const HIDDEN = 0xe000

/** An answer's text without the marks of inline Markdown. */
export function plainText(markdown: string): string {
  if (isCode(markdown)) return markdown.slice(1, -1).trim()
  // What is escaped is no mark: it hides in a private-use area until the marks are gone.
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(HIDDEN + mark.charCodeAt(0)))
    .replace(/(\*\*|__|`)(.+?)\1/g, '$2')
    .replace(/(^|\W)[*_](.+?)[*_](?=\W|$)/g, '$1$2')
    .replace(/[\uE021-\uE07E]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - HIDDEN))
}

function isCode(markdown: string): boolean {
  return /^`[^`]+`$/.test(markdown.trim())
}

function commandForm(text: string, enDash: string): string {
  return text
    .normalize('NFC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/—/g, '--')
    .replace(/[–−]/g, enDash)
    .replace(/^\s*\$\s+/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** RELEASE, CHART_NAME, ${cluster}, <name>: what the person running a command fills in. */
const PLACEHOLDER = /\$\{[^}\s]*\}|<[^>\s]*>|(?<![\w-])[A-Z][A-Z0-9_]+(?![\w-])/g

/** A command with anything in place of its placeholders, and with or without what stands in `[…]`. */
function commandPattern(command: string): RegExp {
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const filledIn = (text: string) => text.split(PLACEHOLDER).map(literal).join('\\S+')
  const [program = '', ...rest] = command.split(/(?= )/)
  const parts = rest.join('').split(/( \[[^\]]+\])/)
  const pattern = parts.map((part) =>
    /^ \[.+\]$/.test(part)
      ? `(?: (?:${filledIn(part.slice(1))}|${filledIn(part.slice(2, -1))}))?`
      : filledIn(part),
  )
  // The first word is the program, however it is written: `POST` is no placeholder.
  return new RegExp(`^${literal(program)}${pattern.join('')}$`)
}

/** Letters and digits only, with the dots and signs that belong to a number. */
function wordForm(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\d)[,'’ ](?=\d{3}(?!\d))/g, '')
    .replace(/(?<!\d)\.(?=\d)/g, '0.')
    .replace(/[^\p{L}\p{N}.+-]/gu, '')
    .replace(/[.+-](?!\d)|(?<=\p{L})[-+.]/gu, '')
}

/**
 * One slip (a letter more, less, other, or two swapped) in four letters or more, two in eight or more; digits
 * must all be there, in their order.
 */
function isTypoOf(given: string, wanted: string): boolean {
  const slips = wanted.length >= 8 ? 2 : wanted.length >= 4 ? 1 : 0
  if (Math.abs(given.length - wanted.length) > slips) return false
  if (numbersIn(given) !== numbersIn(wanted)) return false
  return editDistance(given, wanted) <= slips
}

function numbersIn(text: string): string {
  return (text.match(/[+-]?[\d.]+/g) ?? []).join(' ')
}

/** Damerau–Levenshtein distance, swaps of neighbours counting one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
