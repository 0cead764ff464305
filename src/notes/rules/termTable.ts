import type { FactDraft } from '../fact.ts'
import { markdownOf, plainText } from '../inline.ts'
import type { Section, Table } from '../tree.ts'
import { lowered } from '../wording.ts'
import { commandFact } from './commandFact.ts'
import { definitionFact, whatIs } from './definitionFact.ts'
import { poolsOf } from './pools.ts'
import type { Scope } from './rule.ts'

/** Headings of a column that says what something is, so that "What is X?" asks for it. */
const MEANING = /^(?:meaning|definition|description|explanation|what(?: it)? (?:is|means)|stands for|is)?$/i

/** The facts of a table of two columns: terms or commands on the left, what they are or do on the right. */
export function termTable(table: Table, section: Section, scope: Scope): FactDraft[] {
  const [left, right] = table.header
  if (left === undefined || right === undefined) return []
  const rowName = lowered(markdownOf(left.nodes), scope.words)
  const columnName = lowered(markdownOf(right.nodes), scope.words)
  return table.rows.flatMap(({ cells, line }): FactDraft[] => {
    const [term, meaning] = cells
    if (term === undefined || meaning === undefined) return []
    if (plainText(term.nodes) === '' || plainText(meaning.nodes) === '') return []
    const values = { row: markdownOf(term.nodes), column: columnName, cell: markdownOf(meaning.nodes) }
    const pools = (what: string) => poolsOf(section, table, what)
    const footnote = scope.footnoteText(meaning) || scope.footnoteText(term)
    const [only] = term.nodes
    if (only?.type === 'inlineCode' && term.nodes.length === 1) {
      const { directives } = table
      const base = {
        rule: 'tables',
        code: only.value,
        aliases: [],
        footnote,
        anchor: term.anchor,
        values,
      } as const
      return [
        commandFact(
          { ...base, meaning: meaning.nodes, line, directives, context: section.path, pools },
          scope,
        ),
      ]
    }
    const isMeaning = MEANING.test(plainText(right.nodes))
    const ask = isMeaning
      ? `${whatIs(plainText(term.nodes), plainText(meaning.nodes))} {term}?`
      : `What is the ${columnName} of {term}?`
    const fact = definitionFact(
      {
        rule: 'tables',
        term: term.nodes,
        aliases: [],
        meaning: meaning.nodes,
        phrase: term,
        directives: table.directives,
        context: section.path,
        pools,
        ask,
        askBack: isMeaning
          ? 'What is this called: {answer}?'
          : `Which ${rowName} has this ${columnName}: {answer}?`,
        values,
      },
      scope,
    )
    return [footnote === '' ? fact : { ...fact, explanation: footnote }]
  })
}
