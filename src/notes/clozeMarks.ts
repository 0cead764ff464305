import type { PhrasingContent } from 'mdast'
import { rawText, splitAt } from './inline.ts'
import type { Block, Phrase, Section } from './tree.ts'

/** A stretch of a phrase that a person marked to be asked for. */
export interface ClozeMark {
  /** Marks with one number are asked together. */
  readonly group: number
  readonly hint: string
  /** Offsets in the raw text of {@link UnmarkedPhrase.nodes}. */
  readonly start: number
  readonly end: number
}

export interface UnmarkedPhrase {
  readonly nodes: readonly PhrasingContent[]
  readonly marks: readonly ClozeMark[]
}

const MARK =
  /(?<![\p{L}\p{N}=])==(?=[^\s=])(?<high>[^=]|(?:(?!==)[\s\S])*?[^\s=])==(?![\p{L}\p{N}=])|\{\{c(?<number>\d{1,2})::(?<text>[\s\S]*?)(?:::(?<hint>[^{}:]*))?\}\}/gu

/**
 * Takes the marks of gaps out of a phrase: `==text==`, each asked by itself, and `{{c1::text}}` or
 * `{{c1::text::hint}}`, as Anki writes them. Marks inside code are code.
 */
export function unmarked(nodes: readonly PhrasingContent[]): UnmarkedPhrase {
  const text = maskedText(nodes)
  const marks: ClozeMark[] = []
  const kept: PhrasingContent[] = []
  let [position, length, highest] = [0, 0, 99]
  const keep = (from: number, to: number): void => {
    kept.push(...between(nodes, from, to))
    length += to - from
  }
  for (const match of text.matchAll(MARK)) {
    const { high, number, text: numbered, hint } = match.groups ?? {}
    const content = high ?? numbered ?? ''
    const from = match.index + (high === undefined ? match[0].indexOf('::') : 0) + 2
    keep(position, match.index)
    const start = length
    keep(from, from + content.length)
    marks.push({
      group: number === undefined ? ++highest : Number(number),
      hint: hint?.trim() ?? '',
      start,
      end: length,
    })
    position = match.index + match[0].length
  }
  if (marks.length === 0) return { nodes, marks }
  keep(position, text.length)
  return { nodes: joined(kept), marks }
}

/** A section as the rules see it that know nothing of gaps: without their marks. */
export function withoutMarks(section: Section): Section {
  return { ...section, blocks: section.blocks.map(blockWithoutMarks) }
}

function blockWithoutMarks(block: Block): Block {
  const plain = (phrase: Phrase): Phrase => ({ ...phrase, nodes: unmarked(phrase.nodes).nodes })
  switch (block.kind) {
    case 'paragraph':
      return { ...block, phrase: plain(block.phrase) }
    case 'table':
      return {
        ...block,
        header: block.header.map(plain),
        rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(plain) })),
      }
    case 'list':
      return {
        ...block,
        lead: block.lead === null ? null : { ...block.lead, phrase: plain(block.lead.phrase) },
        items: block.items.map((item) => ({
          ...item,
          phrase: item.phrase === null ? null : plain(item.phrase),
          blocks: item.blocks.map(blockWithoutMarks),
        })),
      }
    default:
      return block
  }
}

/** The raw text with everything but plain text made unable to hold or end a mark. */
function maskedText(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) => {
      const raw = rawText([node])
      return node.type === 'text' ? raw : 'x'.repeat(raw.length)
    })
    .join('')
}

/** The part of a phrase from one offset to another. */
export function between(nodes: readonly PhrasingContent[], from: number, to: number): PhrasingContent[] {
  return splitAt(splitAt(nodes, to)[0], from)[1]
}

/** Neighbouring texts become one, so that patterns see across the place of a mark. */
function joined(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text') {
      result[result.length - 1] = { type: 'text', value: last.value + node.value }
    } else result.push(node)
  }
  return result
}
