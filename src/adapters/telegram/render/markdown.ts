import { type Inline, inlineText, parseInline } from '../../../markup/inline.ts'
import { harmlessLine } from './harmless.ts'
import { code, type FormattedText, joined, linked, plain, pre, type Style, styled } from './text.ts'
import { acceptedUrl } from './url.ts'

const STYLE_OF = {
  strong: 'bold',
  emphasis: 'italic',
  delete: 'strikethrough',
} as const satisfies Record<string, Style>

/** Inline Markdown as text with entities. */
export function fromMarkdown(markdown: string): FormattedText {
  return fromPieces(parseInline(markdown))
}

/** The same; a text that is nothing but one piece of code stands alone, so that it is easy to copy. */
export function fromMarkdownBlock(markdown: string): FormattedText {
  const pieces = parseInline(markdown)
  const [only] = pieces
  return only?.kind === 'code' && pieces.length === 1 ? pre(only.text) : fromPieces(pieces)
}

/** Inline Markdown without its marks, on one line: for buttons and polls, which take no entities. */
export function plainLine(markdown: string): string {
  return harmlessLine(inlineText(parseInline(markdown))).trim()
}

function fromPieces(pieces: readonly Inline[]): FormattedText {
  return joined(pieces.map(fromPiece))
}

function fromPiece(piece: Inline): FormattedText {
  switch (piece.kind) {
    case 'text':
      return plain(piece.text)
    case 'code':
      return code(piece.text)
    case 'break':
      return plain('\n')
    case 'link':
      return fromLink(piece.url, fromPieces(piece.children))
    default:
      return styled(STYLE_OF[piece.kind], fromPieces(piece.children))
  }
}

function fromLink(url: string, inner: FormattedText): FormattedText {
  // Telegram finds a bare address by itself, and opens it without asking.
  if (inner.text === url || `mailto:${inner.text}` === url) return inner
  const accepted = acceptedUrl(url)
  return accepted === null
    ? joined([inner, plain(` (${url.replace(/^mailto:/, '')})`)])
    : linked(accepted, inner)
}
