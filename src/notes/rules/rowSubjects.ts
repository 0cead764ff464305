import { answerForm } from '../answerForm.ts'
import { type CardDraft, PLAIN_CARD } from '../fact.ts'
import { markdownOf, plainText } from '../inline.ts'
import type { Phrase, Row, Table } from '../tree.ts'
import { capitalised, listed, withoutFullStop } from '../wording.ts'
import { isEmptyCell } from './emptyCell.ts'
import type { Scope } from './rule.ts'

/** More names in a question would hide it. */
const NAMES_MOST = 6

/**
 * Tells whether a table lists things with their properties, one a row, rather than comparing its columns: down a
 * column the values are of one form, along a row they are not ("small | 1 | 2 GB").
 */
export function rowsAreSubjects(table: Table): boolean {
  const { ask, askBack } = table.directives
  if (ask !== null || askBack !== null || table.rows.length < 2 || table.header.length < 3) return false
  const forms = table.rows.map(({ cells }) => cells.slice(1).map(formOf))
  const columns = table.header.slice(1).map((_, column) => forms.map((row) => row[column] ?? null))
  return (
    columns.every((column) => isOfOneForm(column) === true) &&
    forms.every((row) => isOfOneForm(row) === false)
  )
}

function formOf(cell: Phrase): string | null {
  const text = plainText(cell.nodes)
  return isEmptyCell(text) ? null : answerForm(withoutFullStop(markdownOf(cell.nodes)))
}

/** Null where there are too few values to tell. */
function isOfOneForm(forms: readonly (string | null)[]): boolean | null {
  const known = forms.filter((form) => form !== null)
  return known.length < 2 ? null : new Set(known).size === 1
}

/** The cards of one property: what it is, and whose it is where no other row has the same. */
export function propertyCards(table: Table, row: Row, column: number, scope: Scope): CardDraft[] {
  const [name, head, cell] = [row.cells[0], table.header[column], row.cells[column]]
  if (name === undefined || head === undefined || cell === undefined) return []
  const subject = markdownOf(name.nodes)
  const property = markdownOf(head.nodes)
  const value = withoutFullStop(markdownOf(cell.nodes))
  const card = { ...PLAIN_CARD, line: row.line, written: false }
  const front: CardDraft = {
    ...card,
    side: 'front',
    kind: 'cell',
    prompt: `${subject}: ${property}?`,
    answer: capitalised(value, scope.words),
    pools: [{ key: `table ${table.line} column ${column}`, formsOnly: false }],
  }
  const others = table.rows.filter((other) => other !== row)
  const same = (other: Row) =>
    plainText(other.cells[column]?.nodes ?? []).toLowerCase() === plainText(cell.nodes).toLowerCase()
  if (others.some(same)) return [front]
  const names = table.rows.map(({ cells }) => markdownOf(cells[0]?.nodes ?? [])).filter((text) => text !== '')
  const kind = plainText(table.header[0]?.nodes ?? [])
  if (kind === '' && names.length > NAMES_MOST) return [front]
  const which = kind === '' ? `Which of ${listed(names)}` : `Which ${kind.toLowerCase()}`
  return [
    front,
    {
      ...card,
      side: 'back',
      kind: 'typed',
      prompt: `${which} has ${property} “${value}”?`,
      answer: subject,
      others: names.filter((text) => text !== subject),
    },
  ]
}
