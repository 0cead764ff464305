import stringWidth from 'string-width'
import { LIMITS } from './limits.ts'

/**
 * How many columns of text a phone of 360 dp shows of a button, by the number of buttons in its row, from one to eight:
 * it cuts what is longer. Measured for Telegram's font (15 sp, medium weight).
 */
const COLUMNS_OF_BUTTON = [28, 17, 10, 7, 5, 4, 3, 3] as const satisfies { length: typeof LIMITS.rowButtons }

/** Whether all labels can be read when they stand in one row. */
export function fitInRow(labels: readonly string[]): boolean {
  const columns = COLUMNS_OF_BUTTON[labels.length - 1]
  return columns !== undefined && labels.every((label) => stringWidth(label) <= columns)
}

/**
 * Breaks a row into as few as can be read, of lengths as equal as can be, shorter ones first ("Next" above "Hard"
 * and "Easy"). A label that is too long for any row has one of its own.
 *
 * @param row buttons in their order
 */
export function brokenRow<T>(row: readonly T[], labelOf: (button: T) => string): T[][] {
  const labels = row.map(labelOf)
  // best[n]: the best way to lay out what follows the first n buttons.
  const best: Layout[] = []
  best[row.length] = { rows: 0, unevenness: 0, length: 0 }
  for (let from = row.length - 1; from >= 0; from--) {
    for (let length = 1; length <= LIMITS.rowButtons && from + length <= row.length; length++) {
      const rest = best[from + length]
      if (rest === undefined) continue
      if (length > 1 && !fitInRow(labels.slice(from, from + length))) continue
      const layout = { rows: rest.rows + 1, unevenness: rest.unevenness + length ** 2, length }
      if (isBetter(layout, best[from])) best[from] = layout
    }
  }
  const rows: T[][] = []
  for (let from = 0; from < row.length; from += best[from]?.length ?? 1) {
    rows.push(row.slice(from, from + (best[from]?.length ?? 1)))
  }
  return rows
}

interface Layout {
  readonly rows: number
  /** The sum of the squares of the rows' lengths. */
  readonly unevenness: number
  /** Buttons in the first row. */
  readonly length: number
}

function isBetter(one: Layout, other: Layout | undefined): boolean {
  if (other === undefined || one.rows < other.rows) return true
  return one.rows === other.rows && one.unevenness < other.unevenness
}
