import type { PhrasingContent } from 'mdast'
import type {
  ElementType,
  GreaterElementType,
  ListItemTag,
  ObjectType,
  List as OrgList,
  ListItem as OrgListItem,
} from 'uniorg'
import { phraseOf } from '../anchor.ts'
import { isDirected, withDirective } from '../directives.ts'
import { trimmed } from '../inline.ts'
import { leadOf } from '../lead.ts'
import type { Reading } from '../reading.ts'
import { type Block, type Directives, type Item, type List, NO_DIRECTIVES, type Phrase } from '../tree.ts'
import { phrasingOf } from './phrasing.ts'
import { tableOf } from './table.ts'

type OrgNode = GreaterElementType | ElementType

/** Turns what stands under one heading into blocks, each with the directives from the comments above it. */
export function blocksOf(nodes: readonly OrgNode[], reading: Reading): Block[] {
  const blocks: Block[] = []
  let directives = NO_DIRECTIVES
  let directedAt = 0
  const add = (make: (directives: Directives) => Block): void => {
    blocks.push(make(directives))
    directives = NO_DIRECTIVES
  }
  for (const node of nodes) {
    const line = lineOf(node, reading)
    switch (node.type) {
      case 'comment':
        node.value.split('\n').forEach((comment, index) => {
          directives = withDirective(directives, comment, line + index, reading.report)
        })
        directedAt = line
        break
      case 'paragraph': {
        // The blank lines after a comment count as a part of the paragraph, or as a paragraph of their own.
        const own = line + blankLines(node.children)
        const phrase = phraseIn(node.children, own, reading)
        if (phrase.nodes.length > 0)
          add((directives) => ({ kind: 'paragraph', line: own, directives, phrase }))
        break
      }
      case 'plain-list': {
        const lead = leadOf(blocks.at(-1))
        add((own) => listOf(node, own, lead, line, reading))
        break
      }
      case 'table':
        if (node.tableType === 'org') {
          add((own) => ({
            ...tableOf(node, (cell, row) => phraseIn(cell, lineOf(row, reading), reading), reading),
            line,
            directives: own,
          }))
        }
        break
      case 'src-block':
      case 'example-block':
      case 'fixed-width': {
        const language = node.type === 'src-block' ? (node.language?.toLowerCase() ?? '') : ''
        const text = withoutIndent(node.value)
        add((own) => ({ kind: 'code', line, directives: own, language, text }))
        break
      }
      case 'quote-block':
      case 'center-block':
      case 'special-block':
        blocks.push(...blocksOf(node.children, reading))
        break
      case 'footnote-definition': {
        const content = node.children.flatMap((child): PhrasingContent[] =>
          child.type === 'paragraph'
            ? [...phrasesIn(child.children, line, reading), { type: 'text', value: ' ' }]
            : [],
        )
        reading.footnotes.set(node.label.toLowerCase(), phraseOf(content, line))
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

/** The line of a node in the file, counted from 1. */
export function lineOf(node: OrgNode, { lineOffset }: Pick<Reading, 'lineOffset'>): number {
  return (node.position?.start.line ?? 1) + lineOffset
}

function blankLines([first]: readonly ObjectType[]): number {
  return first?.type === 'text' ? (/^\s*\n/.exec(first.value)?.[0].split('\n').length ?? 1) - 1 : 0
}

/** Inline content as a phrase; footnotes that stand in it are put beside the others. */
export function phraseIn(nodes: readonly ObjectType[], line: number, reading: Reading): Phrase {
  return phraseOf(trimmed(phrasesIn(nodes, line, reading)), line)
}

function phrasesIn(nodes: readonly ObjectType[], line: number, reading: Reading): PhrasingContent[] {
  return phrasingOf(nodes, (content) => {
    // No label a person writes holds a blank.
    const identifier = `inline ${reading.footnotes.size}`
    reading.footnotes.set(identifier, phraseIn(content, line, reading))
    return identifier
  })
}

function listOf(
  node: OrgList,
  directives: Directives,
  lead: List['lead'],
  line: number,
  reading: Reading,
): List {
  const items = node.children.map((item) => itemOf(item, reading))
  return { kind: 'list', line, directives, ordered: node.listType === 'ordered', lead, items }
}

function itemOf(item: OrgListItem, reading: Reading): Item {
  const line = lineOf(item, reading)
  // The parser puts the term of a description among the children, which its types do not say.
  const children = item.children as (OrgNode | ListItemTag)[]
  const tag = children[0]?.type === 'list-item-tag' ? children[0] : null
  const [first, ...rest] = (tag === null ? children : children.slice(1)) as OrgNode[]
  const content = first?.type === 'paragraph' ? phrasesIn(first.children, line, reading) : []
  const term = tag === null ? [] : termOf(phrasesIn(tag.children, line, reading))
  const nodes = trimmed([...term, ...trimmed(content)])
  const others = first === undefined || first.type === 'paragraph' ? rest : [first, ...rest]
  return {
    line,
    phrase: nodes.length === 0 ? null : phraseOf(nodes, line),
    blocks: blocksOf(others, reading),
  }
}

/** `Term ::` as the rules know it: bold, or code, with a colon. */
function termOf(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const [only] = nodes
  const isMarked = nodes.length === 1 && (only?.type === 'strong' || only?.type === 'inlineCode')
  const term: PhrasingContent[] = isMarked ? [only] : [{ type: 'strong', children: [...nodes] }]
  return [...term, { type: 'text', value: ': ' }]
}

/** Org's blocks are often indented with the text around them. */
function withoutIndent(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const indent = indents.reduce((least, own) => Math.min(least, own), indents[0] ?? 0)
  return lines.map((line) => line.slice(indent)).join('\n')
}
