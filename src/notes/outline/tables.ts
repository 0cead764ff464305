import { answerForm } from '../answerForm.ts'
import type { LocalFinding } from '../finding.ts'
import { type Directives, NO_DIRECTIVES, type Table } from '../tree.ts'
import { flatTableOf } from './flatTable.ts'
import type { Group } from './groups.ts'
import { plainPhrase } from './phrase.ts'
import { spacedTableOf } from './spacedTable.ts'

type Grid = Parameters<typeof tableOf>[0]

/** Fewer words above the first column only name what stands in it, such as "Feature". */
const CORNER_WORDS = 3

/**
 * Reads a group of lines as a table.
 *
 * @param series see {@link flatTableOf}
 * @returns null when the lines are none that can be read
 */
export function readTable(
  group: Group,
  series: readonly (readonly string[])[],
  report: (finding: LocalFinding) => void,
): Table | null {
  const spaced = spacedTableOf(group)
  if (spaced !== null) return tableOf(spaced, group[0].number)
  const flat = flatTableOf(group, series)
  if (flat === null) return null
  const [unsure] = flat.unsure
  if (unsure !== undefined) {
    const lines = flat.unsure.map(({ number }) => number)
    const which =
      lines.length === 1 ? `line ${lines[0]} of this table is` : `lines ${lines.join(', ')} of this table are`
    const what = flat.rows.length === 0 ? 'this looks like a table, but' : `${which} left out:`
    const message = `${what} nobody can tell its columns apart. Put tabs or two blanks between them`
    report({ level: 'warning', line: unsure.number, rule: 'table', message })
  }
  return flat.rows.length === 0 ? null : tableOf(flat, group[0].number)
}

function tableOf(
  {
    header,
    rows,
  }: {
    readonly header: readonly string[]
    readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
  },
  line: number,
): Table {
  return {
    kind: 'table',
    line,
    directives: directivesOf(header, rows, line),
    header: header.map((cell) => plainPhrase(cell, line)),
    rows: rows.map((row) => ({
      line: row.line,
      cells: row.cells.map((cell) => plainPhrase(cell, row.line)),
    })),
  }
}

/** Where the corner says what all of the table is about, its questions say so too. */
function directivesOf(header: Grid['header'], rows: Grid['rows'], line: number): Directives {
  const [corner = ''] = header
  if (header.length < 3 || corner.split(' ').length < CORNER_WORDS || /[{}]/.test(corner))
    return NO_DIRECTIVES
  const values = rows.flatMap(({ cells }) => cells.slice(1)).filter((cell) => !/^[-–—]?$/.test(cell))
  const arePrices = values.every((value) => answerForm(value).startsWith('price'))
  const what = arePrices ? 'what does {column} cost?' : 'what holds for {column}?'
  return { ...NO_DIRECTIVES, ask: { text: `{row}, ${corner}: ${what}`, line } }
}
