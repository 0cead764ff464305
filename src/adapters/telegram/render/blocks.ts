import stringWidth from 'string-width'
import type { Block } from '../../../core/screen.ts'
import { harmlessLine } from './harmless.ts'
import { fromMarkdown, fromMarkdownBlock } from './markdown.ts'
import { type FormattedText, joined, plain, pre, quoted, styled } from './text.ts'

const BAR_CELLS = 10

/** So many columns of monospaced text stand in one line on a phone of 360 dp. */
const TABLE_COLUMNS = 30

/** Draws the blocks of a screen as groups that belong together. */
export function renderBlocks(blocks: readonly Block[]): FormattedText[] {
  const groups: FormattedText[][] = []
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1]
    const group = groups.at(-1)
    if (group === undefined || before === undefined || !belongTogether(before, block)) {
      groups.push([renderBlock(block)])
    } else group.push(renderBlock(block))
  }
  return groups.map((group) =>
    joined(
      group.filter(({ text }) => text !== ''),
      '\n',
    ),
  )
}

function belongTogether(before: Block, block: Block): boolean {
  if (block.kind === 'note') return before.kind === 'note' || before.kind === 'progress'
  return block.kind === 'plain' && before.kind === 'plain'
}

function renderBlock(block: Block): FormattedText {
  switch (block.kind) {
    case 'heading':
      return styled('bold', plain(block.text))
    case 'markdown':
      return fromMarkdownBlock(block.markdown)
    case 'answer':
      return answerText(block.markdown)
    case 'plain':
      return plain(block.text)
    case 'note':
      return styled('italic', plain(block.text))
    case 'table':
      return tableText(block)
    case 'progress':
      return plain(progressLine(block.done, block.total))
  }
}

/** Code stands apart by itself; other answers get a line beside them. */
function answerText(markdown: string): FormattedText {
  const block = fromMarkdownBlock(markdown)
  return block.entities[0]?.type === 'pre' ? block : quoted(fromMarkdown(markdown))
}

/** In columns where they fit, else as lines; with a header each cell is named then. */
function tableText({ header, rows }: Extract<Block, { kind: 'table' }>): FormattedText {
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
  if (lines.every((line) => stringWidth(line) <= TABLE_COLUMNS)) return pre(lines.join('\n'))
  if (header === undefined) return plain(cells.map((row) => row.join('  ')).join('\n'))
  const [names = [], ...named] = cells
  return plain(
    named
      .map((row) => {
        const figures = row.slice(2).map((cell, index) => `${names[index + 2]} ${cell}`)
        return `${row.slice(0, 2).join('  ')}\n${figures.join(' · ')}`
      })
      .join('\n'),
  )
}

function progressLine(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const filled = Math.floor(share * BAR_CELLS)
  return `${'▰'.repeat(filled)}${'▱'.repeat(BAR_CELLS - filled)}  ${done} of ${total}`
}
