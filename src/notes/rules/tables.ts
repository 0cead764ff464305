import { filled } from '../directives.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD, type Pool } from '../fact.ts'
import { markdownOf, plainText } from '../inline.ts'
import { blocksWithin, type Phrase, type Row, type Section, type Table } from '../tree.ts'
import { capitalised, listed, lowered, withoutFullStop } from '../wording.ts'
import { isEmptyCell } from './emptyCell.ts'
import { propertyCards, rowsAreSubjects } from './rowSubjects.ts'
import type { Rule, Scope } from './rule.ts'
import { termTable } from './termTable.ts'

/**
 * A table whose first column names features and whose other columns are the things compared, or one that lists
 * things with their properties, one a row. A table of two columns is one of terms or commands.
 *
 * Cards: one per cell, and the reverse where the value names one column only. Empty cells make none.
 */
export const tables: Rule = {
  name: 'tables',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.kind !== 'table' || block.directives.cards === 'none') continue
      if (block.header.length === 2) facts.push(...termTable(block, section, scope))
      else for (const row of block.rows) facts.push(...factsOf(row, block, section, scope))
    }
    return facts
  },
}

function factsOf(row: Row, table: Table, section: Section, scope: Scope): FactDraft[] {
  const [feature] = row.cells
  if (feature === undefined || plainText(feature.nodes) === '') return []
  const values = row.cells.map((cell) => plainText(cell.nodes))
  const facts: FactDraft[] = []
  const isList = rowsAreSubjects(table)
  row.cells.forEach((cell, column) => {
    const head = table.header[column]
    const value = values[column] ?? ''
    if (column === 0 || head === undefined || plainText(head.nodes) === '' || isEmptyCell(value)) return
    const isOnlyOne = values.every((other, index) => index === column || !sameValue(other, value))
    const cards = isList
      ? propertyCards(table, row, column, scope)
      : cardsOf({ table, row, feature, head, cell, column, isOnlyOne }, scope)
    if (cards.length === 0) return
    const anchor = feature.anchor === null ? null : `${feature.anchor}-${slug(plainText(head.nodes))}`
    facts.push({
      rule: 'tables',
      about: `${plainText(feature.nodes)} / ${plainText(head.nodes)}`,
      anchor: cell.anchor ?? anchor,
      line: row.line,
      context: section.path,
      explanation: scope.footnoteText(cell) || scope.footnoteText(feature) || scope.footnoteText(head),
      cards,
    })
  })
  return facts
}

interface Cell {
  readonly table: Table
  readonly row: Row
  readonly feature: Phrase
  readonly head: Phrase
  readonly cell: Phrase
  readonly column: number
  /** No other column has the same value in this row. */
  readonly isOnlyOne: boolean
}

function cardsOf({ table, row, feature, head, cell, column, isOnlyOne }: Cell, scope: Scope): CardDraft[] {
  const { ask, askBack } = table.directives
  const subjects = table.header.slice(1).map((phrase) => markdownOf(phrase.nodes))
  const value = withoutFullStop(markdownOf(cell.nodes))
  const name = markdownOf(feature.nodes)
  const card = { ...PLAIN_CARD, line: row.line }
  const fill = (template: { text: string; line: number }): string => {
    const opens = template.text.trimStart().startsWith('{row}')
    const values = {
      row: opens ? name : lowered(name, scope.words),
      column: markdownOf(head.nodes),
      cell: value,
      answer: value,
    }
    return filled(template, values, scope.report)
  }
  const cards: CardDraft[] = []
  if (ask !== 'none') {
    cards.push({
      ...card,
      side: 'front',
      kind: 'cell',
      prompt: fill(ask ?? { text: '{row}: what holds for {column}?', line: table.line }),
      answer: capitalised(value, scope.words),
      pools: poolsOfCell(table, row, column),
      written: ask !== null,
    })
  }
  // A table with a question of its own, which may carry a date or a place, is not turned round without one.
  const canTurn = askBack !== 'none' && (askBack !== null || ask === null)
  if (isOnlyOne && canTurn && subjects.length > 1) {
    const which = `{row}: which of ${listed(subjects)} has “{cell}”?`
    cards.push({
      ...card,
      side: 'back',
      kind: 'typed',
      prompt: fill(askBack ?? { text: which, line: table.line }),
      answer: markdownOf(head.nodes),
      others: subjects.filter((_, index) => index !== column - 1),
      written: askBack !== null,
    })
  }
  return cards
}

function poolsOfCell(table: Table, row: Row, column: number): Pool[] {
  return [
    { key: `table ${table.line} row ${row.line}`, formsOnly: false },
    { key: `table ${table.line} column ${column}`, formsOnly: true },
    { key: `table ${table.line}`, formsOnly: true },
  ]
}

function sameValue(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
