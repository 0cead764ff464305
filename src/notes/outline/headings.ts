import { type Group, isUnderline, tidy } from './groups.ts'

export interface Heading {
  /** From the top: `[9, 2]` for "9.2"; underlined headings only have a depth. */
  readonly numbers: readonly number[]
  readonly depth: number
  /** Without its number. */
  readonly text: string
  readonly line: number
}

const NUMBERED = /^(\d{1,3}(?:\.\d{1,3})*)([.)]?)\s+(\S.*)$/
const MOST_WORDS = 16
/** Chapters may be missing, but a number far off counts something else. */
const LARGEST_GAP = 5

/**
 * Reads a heading: "9.2 helm commands" on a line of its own, in the order of the headings before it, or a line
 * with a line of `=`, `-` or `~` below.
 *
 * @param previous the last numbered heading's numbers; empty before the first
 * @returns null for anything else
 */
export function headingOf(group: Group, previous: readonly number[]): Heading | null {
  const [first, second] = group
  const text = tidy(first.text)
  if (group.length === 2 && second !== undefined && isUnderline(second.text, first.text)) {
    const depth = '=-~'.indexOf(second.text[0] ?? '') + 1
    return { numbers: [], depth, text, line: first.number }
  }
  const match = NUMBERED.exec(first.text)
  if (group.length > 1 || match === null) return null
  const numbers = (match[1] ?? '').split('.').map(Number)
  const title = tidy(match[3] ?? '')
  // "1. Install it" is as likely a list item: with a dot, only "1.2. Title" is a heading.
  if (match[2] !== '' && numbers.length === 1) return null
  if (/[.,;:]$/.test(title) || title.split(' ').length > MOST_WORDS || !follows(numbers, previous))
    return null
  return { numbers, depth: numbers.length, text: title, line: first.number }
}

/** Tells whether a heading's number can come after another: 9.2 after 9.1, 9.1.3 or 8, but not after 9.3. */
function follows(numbers: readonly number[], previous: readonly number[]): boolean {
  if (previous.length === 0) return numbers.length > 1 || numbers.every((number) => number <= LARGEST_GAP)
  const at = numbers.findIndex((number, index) => number !== previous[index])
  if (at < 0) return false
  const gap = (numbers[at] ?? 0) - (previous[at] ?? 0)
  return gap > 0 && gap <= LARGEST_GAP && numbers.slice(at + 1).every((number) => number <= LARGEST_GAP)
}
