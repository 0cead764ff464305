/** What people write into a cell that says nothing. */
const EMPTY = /^(?:[-–—?.…]*|n\/?a)$/i

/** @param text a cell's plain text */
export function isEmptyCell(text: string): boolean {
  return EMPTY.test(text)
}
