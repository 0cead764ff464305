import type { PhrasingContent } from 'mdast'
import type { LocalFinding } from './finding.ts'
import type { RuleName } from './ruleName.ts'

/** The one tree that every kind of notes is read into, whatever its markup. */
export interface Notes {
  /** From the front matter, else the first heading; null when there is neither. */
  readonly title: string | null
  readonly switchedOff: ReadonlySet<RuleName>
  readonly sections: readonly Section[]
  /** Footnote text by its identifier in lower case. */
  readonly footnotes: ReadonlyMap<string, Phrase>
  readonly findings: readonly LocalFinding[]
}

/** What stands between one heading and the next. */
export interface Section {
  /** The headings above, outermost first, without the deck's title; inline Markdown. */
  readonly path: readonly string[]
  /** Line of the heading, or of the file's start. */
  readonly line: number
  readonly blocks: readonly Block[]
}

export type Block = Paragraph | List | Table | Code

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly line: number
  readonly directives: Directives
  readonly phrase: Phrase
}

export interface List {
  readonly kind: 'list'
  readonly line: number
  readonly directives: Directives
  readonly ordered: boolean
  /** The paragraph that ends with a colon directly before the list. */
  readonly lead: Paragraph | null
  readonly items: readonly Item[]
}

export interface Item {
  readonly line: number
  /** The item's first paragraph; null when it begins with something else. */
  readonly phrase: Phrase | null
  /** What else stands inside the item. */
  readonly blocks: readonly Block[]
}

export interface Table {
  readonly kind: 'table'
  readonly line: number
  readonly directives: Directives
  readonly header: readonly Phrase[]
  readonly rows: readonly Row[]
}

export interface Row {
  readonly line: number
  readonly cells: readonly Phrase[]
}

export interface Code {
  readonly kind: 'code'
  readonly line: number
  readonly directives: Directives
  /** The first word after the fence, in lower case; empty when there is none. */
  readonly language: string
  readonly text: string
}

/** A run of inline content with what was attached to it; the nodes hold neither footnote marks nor anchors. */
export interface Phrase {
  readonly nodes: readonly PhrasingContent[]
  readonly line: number
  /** Identifiers of the footnotes it refers to, in lower case. */
  readonly footnotes: readonly string[]
  /** The id in `{#id}` at its end. */
  readonly anchor: string | null
}

/** What HTML comments above a block ask for; `none` switches that card off. */
export interface Directives {
  readonly ask: Template | 'none' | null
  readonly askBack: Template | 'none' | null
  readonly cards: 'none' | null
  /** Outsiders: things of the same kind that do not belong to the list. */
  readonly not: readonly string[]
}

/** A prompt with placeholders such as `{term}`. */
export interface Template {
  readonly text: string
  readonly line: number
}

export const NO_DIRECTIVES: Directives = { ask: null, askBack: null, cards: null, not: [] }

/** Every block of a section with the blocks inside its list items, in reading order. */
export function* blocksWithin(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block
    if (block.kind === 'list') for (const item of block.items) yield* blocksWithin(item.blocks)
  }
}
