import stringWidth from 'string-width'
import type { Block } from '../../../core/screen.ts'
import { parseInline } from '../../../markup/inline.ts'
import { harmlessLine } from './harmless.ts'
import type { Line } from './lines.ts'
import { markdownRuns, plainRun, plainRuns } from './runs.ts'

const BAR_CELLS = 10

/** So many columns of monospaced text stand in one line on a phone of 360 dp. */
const TABLE_COLUMNS = 34

/** Draws the blocks of a screen as groups of lines that belong together. */
export function renderBlocks(blocks: readonly Block[]): Line[][] {
  const groups: Line[][] = []
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1]
    const group = groups.at(-1)
    const lines = renderBlock(block)
    if (group === undefined || before === undefined || !belongTogether(before, block)) groups.push(lines)
    else group.push(...lines)
  }
  return groups
}

/** Inline Markdown; a text that is nothing but one piece of code stands alone, so that it is easy to copy. */
export function markdownLines(markdown: string, kind: 'text' | 'quote'): Line[] {
  const pieces = parseInline(markdown)
  const [only] = pieces
  if (only?.kind === 'code' && pieces.length === 1) return [{ kind: 'code', text: harmlessLine(only.text) }]
  return markdownRuns(markdown).map((runs) => ({ kind, runs }))
}

/** Cells in columns where they fit, else as lines; with a header each cell is named then. */
function tableLines({ header, rows }: Extract<Block, { kind: 'table' }>): Line[] {
  const cells = (header === undefined ? rows : [header, ...rows]).map((row) =>
    row.map((cell) => harmlessLine(cell)),
  )
  const widths: number[] = []
  for (const row of cells) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell))
    }
  }
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell)))
      .join('  ')
      .trimEnd(),
  )
  if (lines.every((line) => stringWidth(line) <= TABLE_COLUMNS)) {
    return [{ kind: 'code', text: lines.join('\n') }]
  }
  if (header === undefined) return cells.map((row) => ({ kind: 'text', runs: [plainRun(row.join('  '))] }))
  const [names = [], ...named] = cells
  return named.flatMap(([first = '', second = '', ...figures]): Line[] => [
    { kind: 'text', runs: [plainRun(`${first}  `), plainRun(second, { strong: true })] },
    {
      kind: 'note',
      runs: [plainRun(figures.map((figure, index) => `${names[index + 2]} ${figure}`).join(' · '))],
    },
  ])
}

/** A share as a bar, and the bar's cells. */
export function bar(share: number, cells = BAR_CELLS): string {
  const filled = Math.floor(Math.min(1, Math.max(0, share)) * cells)
  return '▰'.repeat(filled) + '▱'.repeat(cells - filled)
}

/** Headings and small print bring their own space along. */
function belongTogether(before: Block, block: Block): boolean {
  if (before.kind === 'heading') return true
  if (block.kind === 'note') return before.kind === 'note' || before.kind === 'progress'
  return block.kind === 'plain' && before.kind === 'plain'
}

function renderBlock(block: Block): Line[] {
  switch (block.kind) {
    case 'heading':
      return [{ kind: 'heading', runs: [plainRun(block.text)] }]
    case 'markdown':
      return markdownLines(block.markdown, 'text')
    case 'answer':
      return markdownLines(block.markdown, 'quote')
    case 'plain':
      return plainRuns(block.text).map((runs) => ({ kind: 'text', runs }))
    case 'note':
      return plainRuns(block.text).map((runs) => ({ kind: 'note', runs }))
    case 'table':
      return tableLines(block)
    case 'progress': {
      const share = block.total > 0 ? block.done / block.total : 0
      return [{ kind: 'note', runs: [plainRun(`${bar(share)}  ${block.done} of ${block.total}`)] }]
    }
  }
}
