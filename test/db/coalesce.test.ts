import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coalesce, type Gathering } from '../../src/db/coalesce.ts'

/** A stand-in for a database whose calls end only when the test says so. */
function heldCalls() {
  const calls: { readonly items: readonly string[]; end(): void }[] = []
  const call = (items: readonly string[]) =>
    new Promise<readonly string[]>((resolve) => {
      calls.push({ items, end: () => resolve(items) })
    })
  return { calls, call }
}

/** Gathers with nothing special but what the test names. */
function gather<Item>(special: Partial<Gathering<Item, Item>> & Pick<Gathering<Item, Item>, 'call'>) {
  return coalesce<Item, Item>({
    atOnce: 1,
    most: 10,
    least: 1,
    keyOf: String,
    isEveryones: () => false,
    ...special,
  })
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Long enough for a call to be answered and for the next one to begin. */
const twoTurns = async () => {
  await turn()
  await turn()
}

describe('calls gathered', () => {
  test('go together when asked in one turn, and what comes meanwhile goes when one of them ends', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ most: 3, call })
    const early = ['a', 'b'].map(ask)
    await turn()
    const late = ['c', 'd', 'e', 'f'].map(ask)
    for (const items of [['a', 'b'], ['c', 'd', 'e'], ['f']]) {
      await twoTurns()
      expect(calls.at(-1)?.items).toEqual(items)
      calls.at(-1)?.end()
    }
    expect(await Promise.all([...early, ...late])).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(calls).toHaveLength(3)
  })

  test('are shared among those that are free, in parts that are worth a call', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ atOnce: 2, least: 2, call })
    const many = Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask))
    await twoTurns()
    expect(calls.map(({ items }) => items)).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ])
    for (const { end } of calls) end()
    await many
    const few = Promise.all(['f', 'g'].map(ask))
    await twoTurns()
    expect(calls.at(-1)?.items).toEqual(['f', 'g'])
    calls.at(-1)?.end()
    await few
  })

  test('use what is free for those that do not fit in one', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ atOnce: 2, most: 2, call })
    const results = Promise.all(['a', 'b', 'c'].map(ask))
    await twoTurns()
    expect(calls.map(({ items }) => items)).toEqual([['a', 'b'], ['c']])
    for (const { end } of calls) end()
    await results
  })

  test('wait beside a call of many until as many wait, or one is free', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ atOnce: 2, least: 3, call })
    const many = ['a', 'b'].map(ask)
    await twoTurns()
    const waiting = [ask('c')]
    await twoTurns()
    expect(calls.map(({ items }) => items)).toEqual([['a', 'b']])
    waiting.push(ask('d'))
    await twoTurns()
    expect(calls.map(({ items }) => items)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    const last = ask('e')
    calls[0]?.end()
    await Promise.all(many)
    calls[1]?.end()
    await Promise.all(waiting)
    await twoTurns()
    expect(calls.at(-1)?.items).toEqual(['e'])
    calls.at(-1)?.end()
    expect(await last).toBe('e')
  })

  test('need not be as many beside a call of very many', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ atOnce: 2, least: 3, call })
    const first = Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask))
    await twoTurns()
    const second = Promise.all(['f', 'g', 'h'].map(ask))
    await twoTurns()
    expect(calls.map(({ items }) => items.length)).toEqual([5, 3])
    for (const { end } of calls) end()
    await Promise.all([first, second])
  })

  test('go at once beside a single one that hangs', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ atOnce: 2, least: 16, call })
    const hanging = ask('a')
    await twoTurns()
    for (const item of ['b', 'c', 'd']) {
      const result = ask(item)
      await twoTurns()
      calls.at(-1)?.end()
      expect(await result).toBe(item)
    }
    calls[0]?.end()
    await hanging
  })

  test('never hold two items of one key', async () => {
    const { calls, call } = heldCalls()
    const ask = gather<string>({ keyOf: (item) => item.charAt(0), call })
    const results = Promise.all(['a1', 'a2', 'b1'].map(ask))
    for (let index = 0; index < 2; index++) {
      await twoTurns()
      calls[index]?.end()
    }
    await results
    expect(calls.map(({ items }) => items)).toEqual([['a1', 'b1'], ['a2']])
  })

  test('that fail together are tried by halves, so that bad items fail nobody else', async () => {
    const bad = new Set([3, 150])
    const calls: number[] = []
    const callDatabase = async (items: readonly number[]): Promise<number[]> => {
      calls.push(items.length)
      if (items.some((item) => bad.has(item))) throw new Error('one of these is bad')
      return items.map((item) => item * 10)
    }
    const ask = gather<number>({ most: 256, call: callDatabase })
    const items = Array.from({ length: 256 }, (_, index) => index)
    const results = await Promise.allSettled(items.map(ask))
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(
      items.map((item) => (bad.has(item) ? 'failed' : item * 10)),
    )
    // Trying each alone would take 257.
    expect(calls).toHaveLength(31)
  })

  test('that fail for what no item is to blame for are not tried again', async () => {
    let calls = 0
    const ask = gather<number>({
      isEveryones: (failure) => failure === 'lost',
      call: async (items) => {
        if (++calls === 1) throw 'lost'
        return items
      },
    })
    const results = await Promise.allSettled([1, 2, 3, 4].map(ask))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
    expect(calls).toBe(1)
    expect(await ask(5)).toBe(5)
  })

  test('give each item its own result, each asked exactly once, in any order of ending', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (scheduler, items, atOnce, most, least) => {
          let asked = 0
          let underWay = 0
          const call = async (batch: readonly number[]): Promise<number[]> => {
            expect(++underWay).toBeLessThanOrEqual(atOnce)
            expect(batch.length).toBeLessThanOrEqual(most)
            expect(new Set(batch).size).toBe(batch.length)
            asked += batch.length
            await scheduler.schedule(Promise.resolve())
            underWay--
            return batch.map((item) => item * 2)
          }
          const ask = gather<number>({ atOnce, most, least, call })
          const results = Promise.all(items.map(ask))
          await scheduler.waitFor(results)
          expect(await results).toEqual(items.map((item) => item * 2))
          expect(asked).toBe(items.length)
        },
      ),
    )
  })
})
