import type { Pool } from '../fact.ts'
import type { Block, Section } from '../tree.ts'

/**
 * Where a card's wrong choices may come from: the same block, the same section, the same chapter.
 *
 * @param what tells apart answers that do not mix, e.g. terms and their meanings
 */
export function poolsOf(section: Section, block: Block | null, what: string): Pool[] {
  const keys = [`section ${section.line}`, `chapter ${section.path[0] ?? ''}`]
  if (block !== null) keys.unshift(`block ${block.line}`)
  return keys.map((key) => ({ key: `${key}: ${what}`, formsOnly: false }))
}
