import { LIMITS } from './limits.ts'

/** So many buttons that stood alone come beside one another: more would break into lines of their own on a phone. */
const PACKED_IN_ROW = 3

/** Breaks rows that are longer than Discord takes into as few as can be, of lengths as equal as can be. */
export function broken<T>(rows: readonly (readonly T[])[]): T[][] {
  return rows.flatMap((row) => evenly(row, LIMITS.rowButtons))
}

/**
 * Brings buttons that stand alone together, where there are more rows than Discord takes.
 *
 * @param isPackable whether a button may leave its row
 */
export function packed<T>(rows: readonly (readonly T[])[], isPackable: (button: T) => boolean): T[][] {
  if (rows.length <= LIMITS.rows) return rows.map((row) => [...row])
  const groups: { readonly isPacked: boolean; readonly buttons: T[] }[] = []
  for (const row of rows) {
    const isPacked = row.length === 1 && row.every(isPackable)
    const last = groups.at(-1)
    if (isPacked && last?.isPacked) last.buttons.push(...row)
    else groups.push({ isPacked, buttons: [...row] })
  }
  return groups.flatMap(({ isPacked, buttons }) =>
    evenly(buttons, isPacked ? PACKED_IN_ROW : LIMITS.rowButtons),
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
