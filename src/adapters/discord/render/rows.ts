import { LIMITS } from './limits.ts'

/** Up to so many characters a label leaves room for others beside it on a desktop. */
const SHORT_LABEL = 24
/** So many short labels stand beside one another. */
const PACKED_IN_ROW = 3

/** Breaks rows that are longer than Discord takes into as few as can be, of lengths as equal as can be. */
export function broken<T>(rows: readonly (readonly T[])[]): T[][] {
  return rows.flatMap((row) => evenly(row, LIMITS.rowButtons))
}

/** Brings rows of one short label each together, where there are more rows than Discord takes. */
export function packed<T>(rows: readonly (readonly T[])[], labelOf: (button: T) => string): T[][] {
  if (rows.length <= LIMITS.rows) return rows.map((row) => [...row])
  const groups: T[][] = []
  let isOpen = false
  for (const row of rows) {
    const isShort = row.length === 1 && row.every((button) => labelOf(button).length <= SHORT_LABEL)
    const last = groups.at(-1)
    if (isShort && isOpen && last !== undefined) last.push(...row)
    else groups.push([...row])
    isOpen = isShort
  }
  return groups.flatMap((group) =>
    group.length > LIMITS.rowButtons ? evenly(group, PACKED_IN_ROW) : [group],
  )
}

/** Splits into as few pieces as can be, of lengths as equal as can be. */
export function evenly<T>(all: readonly T[], most: number): T[][] {
  const pieces: T[][] = []
  for (let from = 0; from < all.length; ) {
    const left = all.length - from
    const length = Math.ceil(left / Math.ceil(left / most))
    pieces.push(all.slice(from, from + length))
    from += length
  }
  return pieces
}
