import type { Block } from './tree.ts'

/**
 * Adds what stands in a further stretch of a section; a list that was cut in between is made whole.
 *
 * @param isInList the stretch begins with a further item of the list at the end
 */
export function appendBlocks(above: Block[], below: readonly Block[], isInList: boolean): void {
  const [first] = below
  const last = above.at(-1)
  const isCut = isInList && last?.kind === 'list' && first?.kind === 'list'
  if (isCut) above.splice(-1, 1, { ...last, items: [...last.items, ...first.items] })
  // One by one: as arguments of a single call they could be too many.
  for (const block of isCut ? below.slice(1) : below) above.push(block)
}
