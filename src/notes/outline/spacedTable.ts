import { type Group, type Line, markedLine, tidy } from './groups.ts'

export interface SpacedTable {
  /** Empty when no line names the columns. */
  readonly header: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

const GAP = /\s*\|\s*|\t+| {2,}/
const RULER = /^[\s|+:=-]*(?:-{3,}|={3,})[\s|+:=-]*$/
const FEWEST_LINES = 3

/**
 * Reads a table whose columns are kept apart by tabs, by two blanks or more, or by `|`: every line must have as
 * many cells. The first line names the columns when a line of dashes follows or there are three of them.
 */
export function spacedTableOf(group: Group): SpacedTable | null {
  const rulerAt = group.findIndex(({ text }) => RULER.test(text))
  const lines = group.filter(({ text }) => !RULER.test(text))
  const rows = lines.map((line) => ({ line: line.number, cells: cellsOf(line) }))
  const columns = rows[0]?.cells.length ?? 0
  if (lines.length < FEWEST_LINES || columns < 2) return null
  if (rows.some(({ cells }) => cells.length !== columns)) return null
  if (lines.some(({ text }) => markedLine(text) !== null)) return null
  const [head, ...body] = rows
  if (rulerAt === 1 || columns > 2) return { header: head?.cells ?? [], rows: body }
  return { header: rows[0]?.cells.map(() => '') ?? [], rows }
}

function cellsOf({ text }: Line): string[] {
  return text
    .trim()
    .replace(/^\||\|$/g, '')
    .trim()
    .split(GAP)
    .map(tidy)
}
