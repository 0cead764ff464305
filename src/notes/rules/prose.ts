import type { PhrasingContent } from 'mdast'
import { plainText } from '../inline.ts'
import { type Block, blocksWithin, type List, type Paragraph, type Phrase, type Section } from '../tree.ts'
import { bareTerms } from './bareTerms.ts'
import { termLine } from './term.ts'

/** A run of sentences and the block it stands in. */
export interface Prose {
  readonly phrase: Phrase
  readonly block: Paragraph | List
}

/** Nobody's note; looking at it sentence by sentence would take time that grows with its square. In characters. */
const MOST_CHARACTERS = 4000

/**
 * The paragraphs and list items of a section that are sentences: no question and answer, no term with its
 * meaning.
 */
export function proseOf(section: Section): Prose[] {
  const found: Prose[] = []
  for (const block of blocksWithin(section.blocks)) {
    if (block.directives.cards === 'none') continue
    for (const phrase of phrasesOf(block)) {
      if (isSentences(phrase)) {
        found.push({
          phrase: { ...phrase, nodes: withoutLinks(phrase.nodes) },
          block: block as Paragraph | List,
        })
      }
    }
  }
  return found
}

function phrasesOf(block: Block): Phrase[] {
  if (block.kind === 'paragraph') return [block.phrase]
  if (block.kind !== 'list') return []
  const terms = bareTerms(block)
  return block.items.flatMap(({ phrase }) => (phrase === null || terms.has(phrase) ? [] : [phrase]))
}

function isSentences(phrase: Phrase): boolean {
  const text = plainText(phrase.nodes)
  if (text.length > MOST_CHARACTERS) return false
  return !/^(?:Q|A)\s*:/i.test(text) && termLine(phrase.nodes) === null
}

/** Links as their words, since an address in a question only disturbs. */
function withoutLinks(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'link') return withoutLinks(node.children)
    if (node.type === 'strong' || node.type === 'emphasis') {
      return [{ ...node, children: withoutLinks(node.children) }]
    }
    return [node]
  })
}
