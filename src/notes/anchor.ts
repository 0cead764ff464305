import type { PhrasingContent } from 'mdast'
import type { Phrase } from './tree.ts'

const ANCHOR = /\s*\{#([A-Za-z0-9][A-Za-z0-9_-]*)\}\s*$/

/**
 * Makes a phrase of inline content: footnote marks, comments and an id `{#id}` at the end are taken out of
 * the text and kept beside it.
 */
export function phraseOf(content: readonly PhrasingContent[], line: number): Phrase {
  const footnotes: string[] = []
  const nodes: PhrasingContent[] = []
  for (const node of content) {
    if (node.type === 'footnoteReference') footnotes.push(node.identifier.toLowerCase())
    else if (node.type === 'html' && node.value.startsWith('<!--')) continue
    else if (node.type === 'text') appendText(nodes, node.value)
    else nodes.push(node)
  }
  const last = nodes.at(-1)
  if (last?.type !== 'text') return { nodes, line, footnotes, anchor: null }
  const match = ANCHOR.exec(last.value)
  const value = last.value.replace(ANCHOR, '').trimEnd()
  nodes.pop()
  if (value !== '') nodes.push({ type: 'text', value })
  return { nodes, line, footnotes, anchor: match?.[1]?.toLowerCase() ?? null }
}

/** Neighbouring texts become one, so that patterns see across the place of a footnote mark. */
function appendText(nodes: PhrasingContent[], value: string): void {
  const last = nodes.at(-1)
  if (last?.type === 'text') nodes[nodes.length - 1] = { type: 'text', value: last.value + value }
  else nodes.push({ type: 'text', value })
}
