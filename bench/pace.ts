/** How fast something went. */
export interface Pace {
  readonly perSecond: number
  /** How long each took, in any order. */
  readonly latenciesMs: readonly number[]
}

/** The time that 99 of 100 did not exceed. */
export function percentile99({ latenciesMs }: Pace): number {
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
}
