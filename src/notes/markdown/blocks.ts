import type {
  ListItem,
  List as MdastList,
  Table as MdastTable,
  Nodes,
  PhrasingContent,
  RootContent,
} from 'mdast'
import { phraseOf } from '../anchor.ts'
import { isDirected, withDirective } from '../directives.ts'
import { leadOf } from '../lead.ts'
import type { Reading } from '../reading.ts'
import {
  type Block,
  type Directives,
  type Item,
  type List,
  NO_DIRECTIVES,
  type Paragraph,
  type Table,
} from '../tree.ts'
import { reportBrokenTable, reportRaggedRows, reportSwallowedQuestion } from './faults.ts'

/** Turns what stands under one heading into blocks, each with the directives from the comments above it. */
export function blocksOf(nodes: readonly RootContent[], reading: Reading): Block[] {
  const blocks: Block[] = []
  let directives = NO_DIRECTIVES
  let directedAt = 0
  const lineOf = (node: Nodes): number => (node.position?.start.line ?? 1) + reading.lineOffset
  const add = (make: (directives: Directives) => Block): void => {
    blocks.push(make(directives))
    directives = NO_DIRECTIVES
  }
  for (const node of nodes) {
    const line = lineOf(node)
    switch (node.type) {
      case 'html':
        for (const comment of node.value.matchAll(/<!--([\s\S]*?)-->/g)) {
          directives = withDirective(directives, comment[1] ?? '', line, reading.report)
          directedAt = line
        }
        break
      case 'paragraph': {
        const phrase = phraseOf(node.children, line)
        reportBrokenTable(phrase, reading.report)
        add((own) => ({ kind: 'paragraph', line, directives: own, phrase }))
        break
      }
      case 'list': {
        const lead = leadOf(blocks.at(-1))
        add((own) => listOf(node, own, lead, line, reading))
        break
      }
      case 'table':
        reportRaggedRows(node, reading)
        add((own) => tableOf(node, own, line, lineOf))
        break
      case 'code': {
        const language = node.lang?.toLowerCase() ?? ''
        add((own) => ({ kind: 'code', line, directives: own, language, text: node.value }))
        break
      }
      case 'blockquote':
        blocks.push(...blocksOf(node.children, reading))
        break
      case 'footnoteDefinition': {
        reportSwallowedQuestion(node, reading)
        const content = node.children.flatMap((child): PhrasingContent[] =>
          child.type === 'paragraph' ? [...child.children, { type: 'text', value: ' ' }] : [],
        )
        const name = node.identifier.toLowerCase()
        if (!reading.footnotes.has(name)) reading.footnotes.set(name, phraseOf(content, line))
        break
      }
    }
  }
  if (isDirected(directives)) {
    reading.report({
      level: 'warning',
      line: directedAt,
      rule: 'directive',
      message: 'this directive stands above nothing: put it directly above a table, list, paragraph or code',
    })
  }
  return blocks
}

function listOf(
  node: MdastList,
  directives: Directives,
  lead: Paragraph | null,
  line: number,
  reading: Reading,
): List {
  const items = node.children.map((item) => itemOf(item, reading))
  return { kind: 'list', line, directives, ordered: node.ordered === true, lead, items }
}

function itemOf(item: ListItem, reading: Reading): Item {
  const line = (item.position?.start.line ?? 1) + reading.lineOffset
  const [first, ...rest] = item.children
  if (first?.type !== 'paragraph') return { line, phrase: null, blocks: blocksOf(item.children, reading) }
  return { line, phrase: phraseOf(first.children, line), blocks: blocksOf(rest, reading) }
}

function tableOf(
  node: MdastTable,
  directives: Directives,
  line: number,
  lineOf: (node: Nodes) => number,
): Table {
  const [header, ...rows] = node.children.map((row) => ({
    line: lineOf(row),
    cells: row.children.map((cell) => phraseOf(cell.children, lineOf(row))),
  }))
  return { kind: 'table', line, directives, header: header?.cells ?? [], rows }
}
