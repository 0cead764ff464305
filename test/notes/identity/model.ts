import type { PoolItem } from './pool.ts'

/**
 * Notes as a structure that random edits change, and that knows which question is which. A key names a
 * question for good: `subject` keys go with the term or question, `said` keys with what is said of it.
 */
export interface Model {
  files: File[]
  /** Questions of which it cannot be said whether they are the same: all their words changed at once. */
  readonly unclear: Set<string>
}

export interface File {
  name: string
  title: string
  sections: Section[]
}

export interface Section {
  heading: string
  level: number
  blocks: Block[]
}

export type Block = Items | TableBlock | Named | Gapped

export interface Items {
  readonly kind: 'items'
  ask: string | null
  items: Item[]
}

export interface Item {
  readonly pool: PoolItem
  subject: string
  subjectKey: string
  said: string
  saidKey: string
  more: string
  /** What this round of edits did: two of these together leave too little to know the card by. */
  newSubject: boolean
  newSaid: boolean
}

export interface TableBlock {
  readonly kind: 'table'
  ask: string | null
  readonly corner: string
  columns: Line[]
  rows: (Line & { cells: Map<string, Cell> })[]
}

export interface Line {
  readonly key: string
  name: string
  /** In this round of edits; a column with both has neither its name nor its values to be known by. */
  isRenamed?: boolean
  isSwapped?: boolean
  readonly again: string
}

export interface Cell {
  text: string
  key: string
}

export interface Named {
  readonly kind: 'named'
  readonly key: string
  lead: string
  readonly again: string
  items: string[]
}

export interface Gapped {
  readonly kind: 'gapped'
  readonly key: string
  /** Words before, between and behind the gaps; a gap that is switched off is plain text. */
  parts: (string | { key: string; text: string; isGap: boolean })[]
}

/** A file's text, and for each line the key of the question that a card from it asks. */
export interface Rendered {
  readonly text: string
  readonly keyOf: (card: CardOnLine) => string | null
}

interface CardOnLine {
  readonly line: number
  readonly side: string
  readonly about?: string | undefined
  readonly answer: string
}

/** Writes a file of the model as Markdown. */
export function rendered(file: File): Rendered {
  const lines = ['---', `title: ${file.title}`, '---', '']
  const keys = new Map<number, (card: CardOnLine) => string | null>()
  const add = (text: string, keyOf: (card: CardOnLine) => string | null): void => {
    keys.set(lines.length + 1, keyOf)
    lines.push(...text.split('\n'))
  }
  for (const { heading, level, blocks } of file.sections) {
    lines.push(`${'#'.repeat(level)} ${heading}`, '')
    for (const block of blocks) {
      if (block.kind === 'items') itemLines(block, add, lines)
      if (block.kind === 'table') tableLines(block, add, lines)
      if (block.kind === 'named') {
        add(block.lead, () => block.key)
        lines.push('', ...block.items.map((item) => `- ${item}`))
      }
      if (block.kind === 'gapped') {
        const text = block.parts.map((part) =>
          typeof part === 'string' ? part : part.isGap ? `==${part.text}==` : part.text,
        )
        add(text.join(''), ({ answer }) => {
          const gap = block.parts.find((part) => typeof part === 'object' && part.text === answer)
          return typeof gap === 'object' ? gap.key : null
        })
      }
      lines.push('')
    }
  }
  return { text: `${lines.join('\n')}\n`, keyOf: (card) => keys.get(card.line)?.(card) ?? null }
}

type Add = (text: string, keyOf: (card: CardOnLine) => string | null) => void

function itemLines({ items, ask }: Items, add: Add, lines: string[]): void {
  const isQuestions = items[0]?.pool.kind === 'question'
  if (ask !== null && !isQuestions) lines.push(`<!-- ask: ${ask} -->`)
  for (const item of items) {
    const more = item.more === '' ? '' : ` ${item.more}`
    const keyOf = ({ side }: CardOnLine): string =>
      side === 'front' ? `${item.subjectKey} front` : `${item.saidKey} back`
    if (item.pool.kind === 'definition') add(`- **${item.subject}**: ${item.said}.${more}`, keyOf)
    if (item.pool.kind === 'command') add(`- \`${item.subject}\`: ${item.said}.${more}`, keyOf)
    if (item.pool.kind === 'question') {
      add(`Q: ${item.subject}\nA: ${item.said}${more === '' ? '' : `\nWhy: ${item.more}`}`, keyOf)
      lines.push('')
    }
  }
}

function tableLines({ corner, columns, rows, ask }: TableBlock, add: Add, lines: string[]): void {
  if (ask !== null) lines.push(`<!-- ask: ${ask} -->`, `<!-- ask-back: On {row}, who has {cell}? -->`)
  lines.push(`| ${[corner, ...columns.map(({ name }) => name)].join(' | ')} |`)
  lines.push(`|${'---|'.repeat(columns.length + 1)}`)
  for (const row of rows) {
    const cells = columns.map(({ key }) => row.cells.get(key)?.text ?? '')
    add(`| ${[row.name, ...cells].join(' | ')} |`, ({ about = '', side }) => {
      const column = columns.find(({ name }) => about.endsWith(` / ${name}`))?.key ?? ''
      return side === 'front' ? `${row.key}|${column} front` : `${row.key}|${row.cells.get(column)?.key} back`
    })
  }
}
