import type { PhrasingContent, Text } from 'mdast'
import { toString as contentOf } from 'mdast-util-to-string'

type Nodes = readonly PhrasingContent[]

/** The text of inline content without its markup, white space collapsed. */
export function plainText(nodes: Nodes): string {
  return rawText(nodes).replace(/\s+/g, ' ').trim()
}

/** The text without markup as it stands, so that offsets in it fit {@link splitAt}. */
export function rawText(nodes: Nodes): string {
  let text = ''
  for (const node of nodes) text += nodeText(node)
  return text
}

function nodeText(node: PhrasingContent): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  return node.type === 'break' ? '\n' : contentOf(node)
}

/**
 * Splits inline content at an offset into {@link rawText}. Only text is cut: an offset inside a link, code
 * or emphasis moves to its end.
 */
export function splitAt(nodes: Nodes, offset: number): [PhrasingContent[], PhrasingContent[]] {
  const before: PhrasingContent[] = []
  const after: PhrasingContent[] = []
  let position = 0
  for (const node of nodes) {
    const length = nodeText(node).length
    if (position + length <= offset && !(length === 0 && position === offset)) before.push(node)
    else if (position >= offset) after.push(node)
    else if (node.type === 'text') {
      before.push({ type: 'text', value: node.value.slice(0, offset - position) })
      after.push({ type: 'text', value: node.value.slice(offset - position) })
    } else before.push(node)
    position += length
  }
  return [before, after]
}

/** Splits inline content wherever a pattern matches in its plain text nodes; the matches are left out. */
export function splitOn(nodes: Nodes, separator: RegExp): PhrasingContent[][] {
  const parts: PhrasingContent[][] = [[]]
  for (const node of nodes) {
    if (node.type !== 'text') {
      parts.at(-1)?.push(node)
      continue
    }
    node.value.split(separator).forEach((value, index) => {
      if (index > 0) parts.push([])
      if (value !== '') parts.at(-1)?.push({ type: 'text', value })
    })
  }
  return parts.map(trimmed)
}

/** The lines of a paragraph as they were written; a line break inside a link or emphasis does not count. */
export function linesOf(nodes: Nodes): PhrasingContent[][] {
  return splitOn(
    nodes.map((node): PhrasingContent => (node.type === 'break' ? { type: 'text', value: '\n' } : node)),
    /\n/,
  )
}

/** Without white space at either end. */
export function trimmed(nodes: Nodes): PhrasingContent[] {
  const result = [...nodes]
  for (let first = result[0]; isText(first); first = result[0]) {
    const value = first.value.trimStart()
    if (value !== '') {
      result[0] = { type: 'text', value }
      break
    }
    result.shift()
  }
  for (let last = result.at(-1); isText(last); last = result.at(-1)) {
    const value = last.value.trimEnd()
    if (value !== '') {
      result[result.length - 1] = { type: 'text', value }
      break
    }
    result.pop()
  }
  return result
}

function isText(node: PhrasingContent | undefined): node is Text {
  return node?.type === 'text'
}

/** Inline content as Markdown on one line, escaped only where it would otherwise read as markup. */
export function markdownOf(nodes: Nodes): string {
  const markdown = nodes.map(nodeMarkdown).join('').replace(/\s+/g, ' ').trim()
  // A text that begins like a heading, a quote or a list item must stay a line of text.
  return markdown
    .replace(/^(?:>|(?:#{1,6}|[-+]|=+|-+)(?=\s|$))/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

function nodeMarkdown(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return escaped(node.value)
    case 'inlineCode':
      return codeSpan(node.value)
    case 'strong':
      return wrapped('**', node.children)
    case 'emphasis':
      return wrapped('*', node.children)
    case 'delete':
      return wrapped('~~', node.children)
    case 'link': {
      const label = node.children.map(nodeMarkdown).join('')
      if (contentOf(node) === node.url) return node.url
      return `[${label}](${node.url.replace(/[\s()<>\\]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'))})`
    }
    case 'image':
      return escaped(node.alt ?? '')
    case 'break':
      return ' '
    case 'html':
      return /^<br\b/i.test(node.value) ? ' ' : ''
    default:
      return 'children' in node ? node.children.map(nodeMarkdown).join('') : ''
  }
}

/** Emphasis may not begin or end with white space, so white space moves outside. */
function wrapped(mark: string, children: Nodes): string {
  const inner = children.map(nodeMarkdown).join('')
  const [, before = '', text = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? []
  return text === '' ? inner : `${before}${mark}${text}${mark}${after}`
}

/** Code within a line, with as many backticks as it takes. */
export function codeSpan(value: string): string {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const padding = /^`|`$|^ .* $/.test(value) ? ' ' : ''
  return `${fence}${padding}${value}${padding}${fence}`
}

function escaped(text: string): string {
  return (
    text
      .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
      .replace(/[`*]/g, '\\$&')
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/<(?=[A-Za-z/!?])/g, '\\<')
      .replace(/&(?=#?\w+;)/g, '\\&')
      .replace(/\](?=\()/g, '\\]')
      // After a blank and before a path or number ("~/.kube", "~5") it can open a strikethrough but never close one.
      .replace(/(?<!\s)~|~(?![/\d])/g, '\\~')
  )
}
