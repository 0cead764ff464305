import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Turns } from '../../src/core/turns.ts'

/** Work that a test ends by hand. */
class Works {
  readonly begun: string[] = []
  readonly #ends = new Map<string, PromiseWithResolvers<void>>()

  of(name: string): () => Promise<void> {
    return () => {
      this.begun.push(name)
      const end = Promise.withResolvers<void>()
      this.#ends.set(name, end)
      return end.promise
    }
  }

  async end(name: string, failure?: Error): Promise<void> {
    const end = this.#ends.get(name)
    if (end === undefined) throw new Error(`"${name}" has not begun; begun are ${this.begun.join(', ')}`)
    if (failure === undefined) end.resolve()
    else end.reject(failure)
    this.#ends.delete(name)
    await settled()
  }

  get open(): string[] {
    return [...this.#ends.keys()]
  }
}

/** Pauses of a line; they are over at once unless a test holds them. */
const atOnce = async () => {}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('lets a person wait behind themselves, in order, and nobody else', async () => {
    const works = new Works()
    const turns = new Turns({ atOnce: 1, waiting: 2, pauseMs: 1 }, atOnce)
    for (const name of ['a1', 'a2', 'a3', 'b1']) turns.take(name.slice(0, 1), works.of(name))
    expect(works.begun).toEqual(['a1', 'b1'])
    await works.end('a1')
    expect(works.begun).toEqual(['a1', 'b1', 'a2'])
    await works.end('b1')
    await works.end('a2')
    await works.end('a3')
    expect(turns.people).toBe(0)
  })

  it('refuses what is too much, and says once that it does until the line is empty', async () => {
    const works = new Works()
    const turns = new Turns({ atOnce: 1, waiting: 1, pauseMs: 1 }, atOnce)
    const take = (name: string) => turns.take('a', works.of(name))
    expect([take('1'), take('2')].map(({ kind }) => kind)).toEqual(['taken', 'taken'])
    expect([take('3'), take('4')]).toEqual([
      { kind: 'refused', isFirst: true },
      { kind: 'refused', isFirst: false },
    ])
    expect(turns.take('b', works.of('5')).kind).toBe('taken')
    await works.end('1')
    expect(take('6').kind).toBe('taken')
    expect(take('7')).toEqual({ kind: 'refused', isFirst: false })
    await works.end('2')
    await works.end('6')
    take('8')
    take('9')
    expect(take('10')).toEqual({ kind: 'refused', isFirst: true })
    expect(works.begun).toEqual(['1', '5', '2', '6', '8'])
  })

  it('works a line off slowly once it has refused something, until it is empty', async () => {
    const works = new Works()
    const pauses: { ms: number; end(): void }[] = []
    const turns = new Turns(
      { atOnce: 1, waiting: 2, pauseMs: 250 },
      (ms) => new Promise<void>((end) => pauses.push({ ms, end })),
    )
    const take = (name: string) => turns.take('a', works.of(name)).kind
    expect(['1', '2', '3', '4'].map(take)).toEqual(['taken', 'taken', 'taken', 'refused'])
    await works.end('1')
    expect([works.begun, pauses.map(({ ms }) => ms)]).toEqual([['1'], [250]])
    expect(take('5')).toBe('refused')
    for (const name of ['2', '3']) {
      pauses.shift()?.end()
      await settled()
      await works.end(name)
    }
    expect(take('6')).toBe('taken')
    expect(works.begun).toEqual(['1', '2', '3'])
    pauses.shift()?.end()
    await settled()
    await works.end('6')
    pauses.shift()?.end()
    await settled()
    expect(turns.people).toBe(0)
    take('7')
    take('8')
    await works.end('7')
    expect([works.begun.slice(3), pauses]).toEqual([['6', '7', '8'], []])
  })

  it('fails as the work fails, and the next one begins', async () => {
    const works = new Works()
    const turns = new Turns({ atOnce: 1, waiting: 1, pauseMs: 1 }, atOnce)
    const first = turns.take('a', works.of('1'))
    turns.take('a', works.of('2'))
    const failure = first.kind === 'taken' ? expect(first.done).rejects.toThrow('one fails') : null
    await works.end('1', new Error('one fails'))
    await failure
    expect(works.begun).toEqual(['1', '2'])
  })

  it('never has more under way or waiting than the bounds, keeps the order, and forgets who is done', async () => {
    const bounds = fc.record({ atOnce: fc.integer({ min: 1, max: 3 }), waiting: fc.nat(4) })
    // A person who sends, or null: the oldest work that is under way ends.
    const steps = fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 2 }), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(bounds, steps, async (limits, events) => {
        const works = new Works()
        const turns = new Turns({ ...limits, pauseMs: 1 }, atOnce)
        const taken: string[] = []
        for (const [index, person] of events.entries()) {
          const [oldest] = works.open
          if (person === null && oldest !== undefined) await works.end(oldest)
          if (person === null) continue
          const name = `${person}${index}`
          if (turns.take(person, works.of(name)).kind === 'taken') taken.push(name)
          const mine = taken.filter((one) => one.startsWith(person))
          const begun = works.begun.filter((one) => one.startsWith(person))
          const open = works.open.filter((one) => one.startsWith(person))
          expect(open.length).toBeLessThanOrEqual(limits.atOnce)
          expect(mine.length - begun.length).toBeLessThanOrEqual(limits.waiting)
          expect(begun).toEqual(mine.slice(0, begun.length))
          // Nobody waits while there is room for them.
          expect(open.length === limits.atOnce || begun.length === mine.length).toBe(true)
        }
        while (works.open[0] !== undefined) await works.end(works.open[0])
        expect(works.begun.toSorted()).toEqual(taken.toSorted())
        expect(turns.people).toBe(0)
      }),
      { numRuns: 200 },
    )
  })
})
