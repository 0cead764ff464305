import stringWidth from 'string-width'
import type { Block } from '../../core/screen.ts'
import { harmless } from './harmless.ts'
import { drawInline } from './inline.ts'
import { type Page, wrapped } from './page.ts'
import type { Paint } from './paint.ts'

const BAR_COLUMNS = 20

/** Draws the blocks of a screen as groups of lines that belong together. */
export function renderBlocks(blocks: readonly Block[], page: Page): string[][] {
  const groups: string[][] = []
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1]
    const group = groups.at(-1)
    if (group === undefined || before === undefined || !belongTogether(before, block)) {
      groups.push(renderBlock(block, page))
    } else group.push(...renderBlock(block, page))
  }
  return groups
}

function belongTogether(before: Block, block: Block): boolean {
  if (block.kind === 'note') return before.kind === 'note' || before.kind === 'progress'
  return block.kind === 'plain' && before.kind === 'plain'
}

function renderBlock(block: Block, page: Page): string[] {
  const { paint } = page
  switch (block.kind) {
    case 'heading':
      return wrapped(paint.as('heading', harmless(block.text)), page)
    case 'markdown':
      return wrapped(drawInline(block.markdown, paint), page)
    case 'answer':
      return wrapped(paint.as('answer', drawInline(block.markdown, paint)), page, paint.as('answer', '→ '))
    case 'plain':
      return wrapped(harmless(block.text), page)
    case 'note':
      return wrapped(paint.as('note', harmless(block.text)), page)
    case 'table':
      return tableLines(block.header === undefined ? block.rows : [block.header, ...block.rows], page)
    case 'progress':
      return wrapped(progressLine(block.done, block.total, paint), page)
  }
}

function tableLines(rows: readonly (readonly string[])[], page: Page): string[] {
  const cells = rows.map((row) => row.map(harmless))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => stringWidth(row[column] ?? ''))),
  )
  return cells.flatMap((row) => {
    const padded = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell)))
    return wrapped(padded.join('  ').trimEnd(), page)
  })
}

function progressLine(done: number, total: number, paint: Paint): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const filled = Math.floor(share * BAR_COLUMNS)
  const bar = paint.as('bar', '━'.repeat(filled)) + paint.as('note', '─'.repeat(BAR_COLUMNS - filled))
  return `${bar} ${done} of ${total}`
}
