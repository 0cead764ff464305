import { escapeMarkdown } from './plainMarkdown.ts'

/** Below this share of common letters, what was written is another answer and no slip. */
const ALIKE = 0.5
const ONLY_LETTERS = /^[\p{L}\p{N}]*$/u

/**
 * What was written beside what is right, as inline Markdown: what is too much struck through, what is missing or
 * different in bold. For `kubelt` and `kubelet` it is `kubel**e**t`.
 *
 * @param written as a person typed it
 * @param right the right answer as plain text
 * @returns null when they have too little in common, or are the same
 */
export function difference(written: string, right: string): string | null {
  const [given, wanted] = [words(written), words(right)]
  const [start, end] = common(given, wanted, (one, other) => one.toLowerCase() === other.toLowerCase())
  const [givenPart, wantedPart] = [
    given.slice(start, given.length - end),
    wanted.slice(start, wanted.length - end),
  ]
  if (givenPart.length === 0 && wantedPart.length === 0) return null
  const [one = '', other = ''] = [givenPart.join(' '), wantedPart.join(' ')]
  const isOneWord = givenPart.length === 1 && wantedPart.length === 1
  const letters = isOneWord ? inWord(one, other) : null
  // With no word in common and no word alike, it is another answer altogether.
  if (letters === null && start + end === 0) return null
  const middle = letters ?? [struck(one), bold(other)].filter(Boolean).join(' ')
  const around = wanted.map(escapeMarkdown)
  return [...around.slice(0, start), middle, ...around.slice(wanted.length - end)].join(' ')
}

function inWord(one: string, other: string): string | null {
  const [given, wanted] = [[...one], [...other]]
  const [start, end] = common(given, wanted, (a, b) => a.toLowerCase() === b.toLowerCase())
  if (start + end < ALIKE * wanted.length) return null
  const surplus = given.slice(start, given.length - end).join('')
  const missing = wanted.slice(start, wanted.length - end).join('')
  // Marks inside a word only work beside letters.
  if (!ONLY_LETTERS.test(surplus + missing)) return null
  const before = escapeMarkdown(wanted.slice(0, start).join(''))
  const after = escapeMarkdown(wanted.slice(wanted.length - end).join(''))
  return `${before}${struck(surplus)}${bold(missing)}${after}`
}

function struck(text: string): string {
  return text === '' ? '' : `~~${escapeMarkdown(text)}~~`
}

function bold(text: string): string {
  return text === '' ? '' : `**${escapeMarkdown(text)}**`
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

/** How many pieces are the same at the start and, of the rest, at the end. */
function common(
  one: readonly string[],
  other: readonly string[],
  isSame: (a: string, b: string) => boolean,
): [number, number] {
  const most = Math.min(one.length, other.length)
  const sameAt = (a: number, b: number) => isSame(one[a] ?? '', other[b] ?? '')
  let start = 0
  while (start < most && sameAt(start, start)) start++
  let end = 0
  while (end < most - start && sameAt(one.length - 1 - end, other.length - 1 - end)) end++
  return [start, end]
}
