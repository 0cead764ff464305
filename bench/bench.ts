/** One comparison with a reference measured in the same run. */
export interface Figure {
  readonly what: string
  /** Ours over the reference's. */
  readonly ratio: number
  readonly bound: { readonly atMost: number } | { readonly atLeast: number }
  /** What it is compared with. */
  readonly reference: string
  /** The two figures behind the ratio, with their units. */
  readonly detail: string
}

/** A group of figures that share a set-up. */
export interface Bench {
  readonly name: string
  run(): Promise<Figure[]>
}

/** The middle value; of an even number, the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN
}

/** Milliseconds that `work` takes. */
export async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Whether a figure is within its bound. */
export function isMet({ ratio, bound }: Figure): boolean {
  return 'atMost' in bound ? ratio <= bound.atMost : ratio >= bound.atLeast
}

/** A figure's bound in words. */
export function wanted({ bound }: Figure): string {
  return 'atMost' in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`
}
