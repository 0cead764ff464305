import { plainText } from './inline.ts'
import type { Block, Paragraph } from './tree.ts'

/** The paragraph that leads a list: the one that ends with a colon directly before it, else null. */
export function leadOf(previous: Block | undefined): Paragraph | null {
  return previous?.kind === 'paragraph' && plainText(previous.phrase.nodes).endsWith(':') ? previous : null
}
