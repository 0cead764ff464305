import type { PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'

/** A piece of inline Markdown. Every `text` is what the author meant, without marks, not yet escaped for anything. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'delete'; readonly children: readonly Inline[] }
  /** `url` is absolute, of one of {@link LINK_PROTOCOLS}. */
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }

/** What a link in notes may lead to; others, such as `javascript:` and relative paths, become mere text. */
const LINK_PROTOCOLS = ['http:', 'https:', 'mailto:']

/**
 * Card text is inline: a line that begins with "#", "-" or "1." means just that, and "<name>" is a placeholder
 * more often than it is HTML.
 */
const BLOCKS_AND_HTML = [
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'htmlText',
  'list',
  'setextUnderline',
  'thematicBreak',
]

// Without the rest of GFM, which is about blocks: loading it all takes twice as long.
const OPTIONS = {
  // A single tilde is a home folder or "about"; only two strike out.
  extensions: [gfmStrikethrough({ singleTilde: false }), { disable: { null: BLOCKS_AND_HTML } }],
  mdastExtensions: [gfmStrikethroughFromMarkdown()],
}

/**
 * Parses inline Markdown: CommonMark and GFM's strikethrough, without blocks and HTML, which stay as written.
 *
 * @param markdown a card's text; paragraphs become lines
 * @returns neighbouring pieces of text joined
 */
export function parseInline(markdown: string): Inline[] {
  const paragraphs = fromMarkdown(markdown, OPTIONS).children.map(fromBlock)
  const pieces = paragraphs.flatMap((paragraph, index): Inline[] =>
    index === 0 ? paragraph : [{ kind: 'break' }, ...paragraph],
  )
  return joined(pieces)
}

/** The text of inline pieces without any mark-up; a break is a line feed. */
export function inlineText(pieces: readonly Inline[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'break') return '\n'
      return 'children' in piece ? inlineText(piece.children) : piece.text
    })
    .join('')
}

function fromBlock(node: RootContent): Inline[] {
  // With the other blocks switched off, nothing but paragraphs is left.
  return node.type === 'paragraph' ? node.children.flatMap(fromNode) : []
}

function fromNode(node: PhrasingContent): Inline[] {
  switch (node.type) {
    case 'text':
      // A line end within a paragraph is a space.
      return [{ kind: 'text', text: node.value.replace(/[ \t]*(\r\n|\r|\n)[ \t]*/g, ' ') }]
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }]
    case 'strong':
    case 'emphasis':
    case 'delete':
      return [{ kind: node.type, children: joined(node.children.flatMap(fromNode)) }]
    case 'break':
      return [{ kind: 'break' }]
    case 'link': {
      const children = joined(node.children.flatMap(fromNode))
      return isSafeLink(node.url) ? [{ kind: 'link', url: node.url, children }] : children
    }
    case 'image':
      return [{ kind: 'text', text: node.alt ?? '' }]
    default:
      return []
  }
}

function isSafeLink(url: string): boolean {
  return URL.canParse(url) && LINK_PROTOCOLS.includes(new URL(url).protocol)
}

function joined(pieces: readonly Inline[]): Inline[] {
  const result: Inline[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (piece.kind === 'text' && last?.kind === 'text') {
      result[result.length - 1] = { kind: 'text', text: last.text + piece.text }
    } else if (piece.kind !== 'text' || piece.text !== '') result.push(piece)
  }
  return result
}
