import { type Inline, inlineText, parseInline } from '../../markup/inline.ts'
import { harmless } from './harmless.ts'
import type { Paint } from './paint.ts'

/**
 * Draws inline Markdown for a terminal. Without colours, code stands in backticks and what was struck out in
 * tildes; bold and emphasis go.
 *
 * @returns text with line feeds where the author broke the line, not yet wrapped
 */
export function drawInline(markdown: string, paint: Paint): string {
  return parseInline(markdown)
    .map((piece) => drawPiece(piece, paint))
    .join('')
}

function drawPiece(piece: Inline, paint: Paint): string {
  switch (piece.kind) {
    case 'text':
      return harmless(piece.text)
    case 'code':
      return paint.colour ? paint.as('code', harmless(piece.text)) : `\`${harmless(piece.text)}\``
    case 'break':
      return '\n'
  }
  const inner = piece.children.map((child) => drawPiece(child, paint)).join('')
  switch (piece.kind) {
    case 'strong':
    case 'emphasis':
      return paint.as(piece.kind, inner)
    case 'delete':
      return paint.colour ? paint.as('delete', inner) : `~~${inner}~~`
    case 'link':
      return drawLink(piece.url, inlineText(piece.children), inner, paint)
  }
}

function drawLink(url: string, text: string, drawn: string, paint: Paint): string {
  const address = paint.as('link', harmless(url))
  // A bare address is its own text.
  return text === url || `mailto:${text}` === url ? address : `${drawn} (${address})`
}
