/** Results kept before all are forgotten: what one build of many notes asks for again and again fits in. */
const MOST_KEPT = 100_000

/** A function of a text that keeps its results: a build compares the same few texts with each other many times. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>()
  return (text) => {
    const known = results.get(text)
    if (known !== undefined) return known
    if (results.size >= MOST_KEPT) results.clear()
    const result = work(text)
    results.set(text, result)
    return result
  }
}
