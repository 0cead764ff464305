import type { PhrasingContent } from 'mdast'
import type { ObjectType, TableOrg, TableRow } from 'uniorg'
import { plainText } from '../inline.ts'
import type { Reading } from '../reading.ts'
import type { Phrase, Row, Table } from '../tree.ts'

type CellReader = (content: readonly ObjectType[], row: TableRow) => Phrase

/** Widths and alignment, such as `<l10>`, stand in a row of their own and are no content. */
const LAYOUT = /^(?:<[lrc]?\d*>)?$/

/**
 * Reads a table: what stands above the first rule is the header, joined when it takes several rows. A table
 * without a rule has none, so that two columns are terms and their meanings.
 */
export function tableOf(
  node: TableOrg,
  readCell: CellReader,
  reading: Pick<Reading, 'lineOffset'>,
): Omit<Table, 'directives' | 'line'> {
  const heads: Row[] = []
  const rows: Row[] = []
  let hasRule = false
  for (const row of node.children) {
    if (row.rowType === 'rule') {
      hasRule ||= rows.length > 0
      if (hasRule && heads.length === 0) heads.push(...rows.splice(0))
      continue
    }
    const line = (row.position?.start.line ?? 1) + reading.lineOffset
    const cells = row.children.map((cell) => readCell(cell.children as ObjectType[], row))
    const texts = cells.map(({ nodes }) => plainText(nodes))
    if (texts.some((text) => text !== '') && texts.every((text) => LAYOUT.test(text))) continue
    rows.push({ line, cells })
  }
  // A rule that nothing follows only closes the table.
  if (rows.length === 0) rows.push(...heads.splice(0))
  const width = Math.max(0, ...[...heads, ...rows].map(({ cells }) => cells.length))
  const header = Array.from({ length: width }, (_, column) => joined(heads, column))
  return { kind: 'table', header, rows }
}

function joined(heads: readonly Row[], column: number): Phrase {
  const cells = heads.flatMap(({ cells }) => cells[column] ?? [])
  const parts = cells.filter(({ nodes }) => nodes.length > 0)
  const nodes = parts.flatMap((cell, index): PhrasingContent[] =>
    index === 0 ? [...cell.nodes] : [{ type: 'text', value: ' ' }, ...cell.nodes],
  )
  return {
    nodes,
    line: cells[0]?.line ?? 0,
    footnotes: parts.flatMap(({ footnotes }) => footnotes),
    anchor: parts.at(-1)?.anchor ?? null,
  }
}
