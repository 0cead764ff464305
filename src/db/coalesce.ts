/** How what is asked is gathered into calls. */
export interface Gathering<Item, Result> {
  /** Calls under way at once; what comes meanwhile waits and goes together. */
  readonly atOnce: number
  /** Items in one call at most. */
  readonly most: number
  /** Items that are worth a call beside another: each call has a cost of its own, so fewer are never divided. */
  readonly least: number
  /** Two items of the same key never go in one call. */
  keyOf(item: Item): string
  /** One call: all or none; the results in the order of the items. */
  call(items: readonly Item[]): Promise<readonly Result[]>
  /** Whether a call failed for what no item is to blame for, so that none of them would fare better alone. */
  isEveryones(failure: unknown): boolean
}

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(reason: unknown): void
}

/**
 * Gathers what is asked at the same time into few calls. Nothing ever waits for a timer: while no call is under
 * way an item goes with what is asked in the same turn of the event loop, else with what waits as soon as one
 * ends. Another call begins beside those under way when `least` items wait for it, or as many as the largest
 * of them holds: so a call that hangs holds up fewer than it holds itself. Calls that are free share what waits.
 *
 * Where a call of many fails its two halves are tried, and theirs, so that a bad item fails nobody else; of 256
 * items it takes 16 calls to find one.
 *
 * @returns takes one item and gives its result
 */
export function coalesce<Item, Result>(gathering: Gathering<Item, Result>): (item: Item) => Promise<Result> {
  const { atOnce, most, least, keyOf, isEveryones } = gathering
  let waiting: Waiting<Item, Result>[] = []
  const underWay = new Set<readonly Waiting<Item, Result>[]>()
  let planned = false

  const call = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await gathering.call(batch.map(({ item }) => item))
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index]
        if (result === undefined) reject(new Error(`${results.length} results for ${batch.length} items`))
        else resolve(result)
      })
    } catch (failure) {
      if (batch.length === 1 || isEveryones(failure)) {
        for (const { reject } of batch) reject(failure)
        return
      }
      const middle = batch.length >> 1
      await call(batch.slice(0, middle))
      await call(batch.slice(middle))
    }
  }

  const takeBatch = (): Waiting<Item, Result>[] => {
    const parts = Math.min(atOnce - underWay.size, Math.floor(waiting.length / least))
    const share = Math.ceil(waiting.length / Math.max(1, parts))
    const batch = new Map<string, Waiting<Item, Result>>()
    const later: Waiting<Item, Result>[] = []
    for (const each of waiting) {
      const key = keyOf(each.item)
      if (batch.size < Math.min(share, most) && !batch.has(key)) batch.set(key, each)
      else later.push(each)
    }
    waiting = later
    return [...batch.values()]
  }

  const isWorthACall = (): boolean => {
    if (waiting.length === 0 || underWay.size >= atOnce) return false
    return [...underWay].every(({ length }) => waiting.length >= Math.min(length, least))
  }

  /**
   * The answers of one call come in one turn, and what they lead to is asked in the same: a call begun at the
   * first of them would leave with it alone.
   */
  const sendSoon = (): void => {
    if (planned || !isWorthACall()) return
    planned = true
    setImmediate(() => {
      planned = false
      void send()
    })
  }

  const send = async (): Promise<void> => {
    const batch = takeBatch()
    underWay.add(batch)
    sendSoon()
    await call(batch)
    underWay.delete(batch)
    sendSoon()
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      sendSoon()
    })
}
