/** A line of notes with its number in the file, counted from 1. */
export interface Line {
  readonly text: string
  readonly number: number
}

/** Lines with no blank one between them; there is always one at least. */
export type Group = readonly [Line, ...Line[]]

const LIST_ITEM = /^(\s*)(?:([•◦▪▫‣●○■□*+-]|[–—](?=\s))|(\d{1,3}|[a-z])[.)])\s+(.*)$/u

/** Parts text into groups at its blank lines, and below underlined headings. A line that holds only no-break spaces is a table's, not blank. */
export function groupsOf(lines: readonly string[]): Group[] {
  const groups: [Line, ...Line[]][] = []
  let isOpen = false
  lines.forEach((raw, index) => {
    const line = { text: raw, number: index + 1 }
    const isBlank = /^[ \t]*$/.test(raw)
    const open = groups.at(-1)
    if (!isBlank && isOpen && open !== undefined) open.push(line)
    else if (!isBlank) groups.push([line])
    isOpen = !isBlank && !(isOpen && open?.length === 2 && isUnderline(raw, open[0].text))
  })
  return groups
}

/** Tells whether a line underlines the one above it, which then is a heading; below columns it is a rule. */
export function isUnderline(line: string, above: string): boolean {
  return (
    /^(?:={3,}|-{3,}|~{3,})\s*$/.test(line) && markedLine(above) === null && !/\t| {2,}|\|/.test(above.trim())
  )
}

export interface Marked {
  readonly indent: number
  readonly ordered: boolean
  /** The number of an ordered item; null for letters and bullets. */
  readonly ordinal: number | null
  readonly text: string
}

/** Reads the bullet or number in front of a list item; null for any other line. */
export function markedLine(line: string): Marked | null {
  const match = LIST_ITEM.exec(line)
  if (match === null) return null
  const [, space = '', , label, text = ''] = match
  const ordinal = label !== undefined && /\d/.test(label) ? Number(label) : null
  return { indent: widthOf(space), ordered: label !== undefined, ordinal, text }
}

/** Columns of white space at the start of a line. */
export function indentOf(line: string): number {
  return widthOf(/^[ \t]*/.exec(line)?.[0] ?? '')
}

function widthOf(space: string): number {
  return space.replace(/\t/g, '    ').length
}

/** White space collapsed, with no-break spaces taken for what they look like. */
export function tidy(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim()
}
