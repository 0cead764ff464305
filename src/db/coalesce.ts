/** How calls are gathered. */
export interface Gathering<Item, Result> {
  /** Calls, of one item or of many, under way at once; what comes meanwhile waits and goes together. */
  readonly atOnce: number
  /** Items in one call at most. */
  readonly most: number
  /** Two items of the same key never go in one call. */
  keyOf(item: Item): string
  one(item: Item): Promise<Result>
  /** All or none; the results in the order of the items. */
  many(items: readonly Item[]): Promise<readonly Result[]>
  /** Whether a call of many failed for what no item is to blame for, so that none of them would fare better alone. */
  isEveryones(failure: unknown): boolean
}

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result | Promise<Result>): void
  reject(reason: unknown): void
}

/**
 * Gathers what is asked at the same time into few calls. Nothing ever waits for a timer: while fewer than
 * `atOnce` calls are under way an item goes with all that is asked in the same turn of the event loop, else with
 * all that waits as soon as one of them ends. Where a call of many fails its two halves are tried, and theirs, so
 * that a bad item fails nobody else; of 256 items it takes 16 calls to find one.
 *
 * @returns takes one item and gives its result
 */
export function coalesce<Item, Result>(gathering: Gathering<Item, Result>): (item: Item) => Promise<Result> {
  const { atOnce, most, keyOf, one, many, isEveryones } = gathering
  let waiting: Waiting<Item, Result>[] = []
  let underWay = 0
  let planned = false

  const alone = ({ item, resolve }: Waiting<Item, Result>): Promise<unknown> => {
    const result = one(item)
    resolve(result)
    return result.catch(() => {})
  }

  const together = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await many(batch.map(({ item }) => item))
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index]
        if (result === undefined) reject(new Error(`${results.length} results for ${batch.length} items`))
        else resolve(result)
      })
    } catch (failure) {
      if (isEveryones(failure)) {
        for (const { reject } of batch) reject(failure)
        return
      }
      const middle = batch.length >> 1
      await call(batch.slice(0, middle))
      await call(batch.slice(middle))
    }
  }

  const call = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    const [first] = batch
    await (batch.length === 1 && first !== undefined ? alone(first) : together(batch))
  }

  const takeBatch = (): Waiting<Item, Result>[] => {
    const batch = new Map<string, Waiting<Item, Result>>()
    const later: Waiting<Item, Result>[] = []
    for (const each of waiting) {
      const key = keyOf(each.item)
      if (batch.size < most && !batch.has(key)) batch.set(key, each)
      else later.push(each)
    }
    waiting = later
    return [...batch.values()]
  }

  /**
   * The answers of one call come in one turn, and what they lead to is asked in the same: a call begun at the
   * first of them would leave with it alone.
   */
  const sendSoon = (): void => {
    if (planned || underWay >= atOnce) return
    planned = true
    setImmediate(() => {
      planned = false
      void send()
    })
  }

  const send = async (): Promise<void> => {
    underWay++
    const batch = takeBatch()
    if (waiting.length > 0) sendSoon()
    await call(batch)
    underWay--
    if (waiting.length > 0) sendSoon()
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      sendSoon()
    })
}
