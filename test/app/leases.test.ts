import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLeases, type LeaseTime } from '../../src/app/leases.ts'
import type { Platform } from '../../src/core/learner.ts'
import { LEASE_SECONDS, type LeaseTable } from '../../src/db/lease.ts'

/** How the way between a process and the database can be. */
type Network = 'well' | 'refuses' | 'last answer is lost' | 'answers are lost' | 'nothing arrives'

/** One clock for all; what waits is woken in the order of its time. */
class World {
  nowMs = 0
  /** The one row there is. */
  lease: { holder: string; expiresAt: number } | null = null
  #sleepers: { at: number; wake: () => void }[] = []

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      this.#sleepers.push({ at: this.nowMs + Math.max(0, ms), wake: resolve })
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms
    for (;;) {
      // Whoever was woken does what follows, and may sleep again.
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      this.#sleepers.sort((a, b) => a.at - b.at)
      const next = this.#sleepers[0]
      if (next === undefined || next.at > end) break
      this.#sleepers.shift()
      this.nowMs = Math.max(this.nowMs, next.at)
      next.wake()
    }
    this.nowMs = end
  }
}

/** One process. */
class Node {
  readonly log: string[] = []
  network: Network = 'well'
  isReceiving = false
  /** How often it began. */
  begun = 0
  readonly ended: Promise<void>
  readonly #world: World
  readonly #name: string
  readonly #stop = new AbortController()
  #isFrozen = false

  constructor(world: World, name: string, drainMs = 0) {
    this.#world = world
    this.#name = name
    const time: LeaseTime = {
      now: () => world.nowMs,
      wait: (ms, signal) => this.#asLongAsAlive(world.sleep(ms, signal)),
    }
    const leases = createLeases(this.#table(), (line) => this.log.push(line), time)
    this.ended = leases.whileHolding(
      'discord',
      async (over) => {
        this.begun++
        this.isReceiving = true
        await new Promise<void>((resolve) => {
          if (over.aborted) resolve()
          over.addEventListener('abort', () => resolve())
        })
        this.isReceiving = false
        await world.sleep(drainMs)
      },
      this.#stop.signal,
    )
  }

  stop(): void {
    this.#stop.abort()
  }

  /** As `kill -9` does: nothing that it would do happens any more. */
  kill(): void {
    this.#isFrozen = true
    this.isReceiving = false
  }

  #asLongAsAlive<T>(work: Promise<T>): Promise<T> {
    return work.then((result) => (this.#isFrozen ? new Promise<T>(() => {}) : result))
  }

  #table(): LeaseTable {
    const world = this.#world
    let term = 0
    const ask = async <T>(timeoutMs: number, query: () => T): Promise<T> => {
      if (this.network === 'refuses') throw new Error('refused')
      if (this.network === 'nothing arrives') {
        await world.sleep(timeoutMs)
        throw new Error('late')
      }
      // It asks before it writes: only what was lost after that has taken effect.
      if (this.network === 'answers are lost') {
        await world.sleep(timeoutMs)
        throw new Error('late')
      }
      const result = query()
      if (this.network === 'last answer is lost') {
        this.network = 'answers are lost'
        await world.sleep(timeoutMs)
        throw new Error('late')
      }
      return result
    }
    return {
      take: (_platform: Platform, timeoutMs) =>
        this.#asLongAsAlive(
          ask(timeoutMs, () => {
            const mine = `${this.#name} ${term}`
            const { lease } = world
            if (lease !== null && lease.holder !== mine && lease.expiresAt > world.nowMs) return false
            world.lease = { holder: mine, expiresAt: world.nowMs + LEASE_SECONDS * 1000 }
            return true
          }),
        ),
      giveUp: (_platform, timeoutMs) => {
        const mine = `${this.#name} ${term++}`
        return this.#asLongAsAlive(
          ask(timeoutMs, () => {
            if (world.lease?.holder === mine) world.lease = null
          }),
        )
      },
      close: async () => {},
    }
  }
}

describe('of several processes on one database', () => {
  it('one receives, and goes on as long as it lives', async () => {
    const world = new World()
    const nodes = [new Node(world, 'a'), new Node(world, 'b'), new Node(world, 'c')]
    await world.pass(60_000)
    expect(nodes.map(({ begun }) => begun)).toEqual([1, 0, 0])
    expect(nodes[0]?.isReceiving).toBe(true)
    expect(nodes.map(({ log }) => log.length)).toEqual([1, 1, 1])
  })

  it('another one receives within 15 s after a kill', async () => {
    const world = new World()
    const [a, b] = [new Node(world, 'a'), new Node(world, 'b')]
    await world.pass(34_567)
    a.kill()
    await world.pass(15_000)
    expect(b.isReceiving).toBe(true)
  })

  it.each(['refuses', 'last answer is lost', 'answers are lost', 'nothing arrives'] as const)(
    'one that cannot renew (%s) stops before another begins, which it does within 15 s',
    async (how) => {
      const world = new World()
      const [a, b] = [new Node(world, 'a'), new Node(world, 'b')]
      await world.pass(20_000)
      a.network = how
      let stoppedAt = 0
      let begunAt = 0
      for (let ms = 0; ms < 30_000; ms += 100) {
        await world.pass(100)
        expect(a.isReceiving && b.isReceiving).toBe(false)
        if (!a.isReceiving && stoppedAt === 0) stoppedAt = ms
        if (b.isReceiving && begunAt === 0) begunAt = ms
      }
      expect(stoppedAt).toBeLessThanOrEqual(7000)
      expect(begunAt).toBeLessThanOrEqual(15_000)
      expect(a.log.join()).toMatch(/could not be renewed; this process receives no more/)
    },
  )

  it('one that is told to stop gives the lease up once it is done, and the next begins at its next look', async () => {
    const world = new World()
    const [a, b] = [new Node(world, 'a', 4000), new Node(world, 'b')]
    await world.pass(20_000)
    a.stop()
    await world.pass(3900)
    expect([a.isReceiving, b.isReceiving]).toEqual([false, false])
    await world.pass(200)
    await a.ended
    expect(world.lease?.holder.startsWith('a') ?? false).toBe(false)
    await world.pass(2500)
    expect(b.isReceiving).toBe(true)
  })

  it('gives the lease up when receiving fails, and fails as it did', async () => {
    const world = new World()
    const time: LeaseTime = { now: () => world.nowMs, wait: (ms, signal) => world.sleep(ms, signal) }
    const given: string[] = []
    const table: LeaseTable = {
      take: async () => true,
      giveUp: async (platform) => void given.push(platform),
      close: async () => {},
    }
    const leases = createLeases(table, () => {}, time)
    const failing = leases.whileHolding(
      'telegram',
      () => Promise.reject(new Error('no such token')),
      new AbortController().signal,
    )
    await expect(failing).rejects.toThrow('no such token')
    expect(given).toEqual(['telegram'])
  })

  it('never two receive, whatever fails when, and one does again once all is well', async () => {
    const network = fc.constantFrom<Network>(
      'well',
      'well',
      'refuses',
      'last answer is lost',
      'nothing arrives',
    )
    const step = fc.record({
      node: fc.nat(2),
      network,
      ms: fc.integer({ min: 1, max: 9000 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.nat(6000), async (steps, drainMs) => {
        const world = new World()
        const nodes = ['a', 'b', 'c'].map((name) => new Node(world, name, drainMs))
        const receiving = () => nodes.filter(({ isReceiving }) => isReceiving).length
        for (const { node, network, ms } of steps) {
          const changed = nodes[node]
          if (changed !== undefined) changed.network = network
          for (let passed = 0; passed < ms; passed += 250) {
            await world.pass(Math.min(250, ms - passed))
            expect(receiving()).toBeLessThanOrEqual(1)
          }
        }
        for (const node of nodes) node.network = 'well'
        await world.pass(30_000)
        expect(receiving()).toBe(1)
      }),
      { numRuns: 60 },
    )
  })
})
