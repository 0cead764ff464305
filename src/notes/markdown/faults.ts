import type { FootnoteDefinition, Table } from 'mdast'
import { rawText } from '../inline.ts'
import type { Reading } from '../reading.ts'
import type { Phrase } from '../tree.ts'
import type { Unclosed } from './lineScanner.ts'

const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/

/** Reports rows that have more or fewer cells than the header: what is too much makes no card. */
export function reportRaggedRows(table: Table, { lineOffset, report }: Reading): void {
  const [header, ...rows] = table.children
  const wanted = header?.children.length ?? 0
  for (const row of rows) {
    const count = row.children.length
    if (count === wanted) continue
    const advice =
      count > wanted
        ? 'write “\\|” for a “|” that belongs to a cell, or give the column a heading'
        : 'add the others, empty where there is nothing to say'
    report({
      level: 'warning',
      line: (row.position?.start.line ?? 1) + lineOffset,
      rule: 'ragged-table',
      message: `this row has ${counted(count, 'cell')}, its table ${counted(wanted, 'column')}: ${advice}`,
    })
  }
}

/** Reports text that was to be a table: its heading and the line below it differ in their number of columns. */
export function reportBrokenTable({ nodes, line }: Phrase, report: Reading['report']): void {
  const [header = '', delimiters = ''] = rawText(nodes).split('\n')
  if (!header.includes('|') || !delimiters.includes('-') || !DELIMITERS.test(delimiters)) return
  if (!delimiters.includes('|')) return
  const [columns, marks] = [columnsOf(header), columnsOf(delimiters)]
  report({
    level: 'warning',
    line,
    rule: 'ragged-table',
    message: `this is read as text, not as a table: its header has ${counted(columns, 'column')}, the line of dashes ${marks}. Make them equal`,
  })
}

/** Reports a question that a footnote swallows, since no blank line stands between them. */
export function reportSwallowedQuestion(node: FootnoteDefinition, { lineOffset, report }: Reading): void {
  for (const child of node.children) {
    if (child.type !== 'paragraph') continue
    const lines = rawText(child.children).split('\n')
    const index = lines.findIndex((line, place) => place > 0 && /^\s*Q\s*:/i.test(line))
    if (index < 0) continue
    report({
      level: 'warning',
      line: (child.position?.start.line ?? 1) + lineOffset + index,
      rule: 'swallowed',
      message: `this question belongs to the footnote [^${node.identifier}] above and makes no card: put a blank line between them`,
    })
  }
}

/** Reports a fence or comment that is open to the file's end: the file is left out, or its cards would be lost. */
export function reportUnclosed({ line, isComment }: Unclosed, report: Reading['report']): void {
  const message = isComment
    ? 'this comment is never closed, so that all below is hidden: write "-->" at its end'
    : 'this code block is never closed, so that all below is code: write the same fence on a line of its own at its end'
  report({ level: 'error', line, rule: 'unclosed', message })
}

function columnsOf(row: string): number {
  return row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/).length
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
