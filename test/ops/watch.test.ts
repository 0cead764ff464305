import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src/core/log.ts'
import type { Store } from '../../src/core/store.ts'
import { collect } from '../../src/ops/collect.ts'
import { makeCurrent } from '../../src/ops/doing.ts'
import { createMetrics, type Metrics } from '../../src/ops/metrics.ts'
import { createWatch } from '../../src/ops/watch.ts'
import { storeCode, watchStore } from '../../src/ops/watchStore.ts'

/** All samples but those of the process itself, as "name{labels} value". */
async function samples({ registry }: Metrics): Promise<string[]> {
  const text = await registry.metrics()
  return text.split('\n').filter((line) => line.startsWith('deckhand_'))
}

function watching(store: Partial<Store> = {}) {
  const clock = { ms: 0 }
  const current = makeCurrent()
  const metrics = createMetrics()
  const watch = createWatch(metrics, current, () => clock.ms)
  return { clock, metrics, watch, store: watchStore(store as Store, metrics, current) }
}

describe('watching an update', () => {
  it('splits its time into waiting for the store, for the platform, and the rest', async () => {
    const takes = (ms: number) => async () => {
      clock.ms += ms
    }
    const { clock, metrics, watch, store } = watching({ unreachable: () => takes(20)() })
    await watch.update('telegram', '1', async () => {
      await takes(5)()
      await store.unreachable(1)
      await watch.call('telegram', takes(300))
      await store.unreachable(1)
    })
    const sums = (await samples(metrics)).filter((line) => line.includes('_sum'))
    expect(sums).toEqual([
      'deckhand_hop_seconds_sum{platform="telegram",hop="all"} 0.345',
      'deckhand_hop_seconds_sum{platform="telegram",hop="core"} 0.005',
      'deckhand_hop_seconds_sum{platform="telegram",hop="store"} 0.04',
      'deckhand_hop_seconds_sum{platform="telegram",hop="platform"} 0.3',
    ])
  })

  it('counts once what is waited for side by side, and keeps updates apart', async () => {
    const { clock, metrics, watch, store } = watching({
      unreachable: async () => {
        await Promise.resolve()
        clock.ms += 10
      },
    })
    const update = (id: string) =>
      watch.update('discord', id, async () => {
        await Promise.all([store.unreachable(1), store.unreachable(2)])
      })
    await update('1')
    const [sum] = (await samples(metrics)).filter((line) => /_sum.*store/.test(line))
    expect(sum).toBe('deckhand_hop_seconds_sum{platform="discord",hop="store"} 0.02')
    await Promise.all([update('2'), update('3')])
    expect((await samples(metrics)).find((line) => /_count.*all/.test(line))).toMatch(/ 3$/)
  })

  it('gives what the work gives, fails as it fails, and counts it all the same', async () => {
    const { metrics, watch } = watching()
    await expect(watch.update('discord', '1', async () => 7)).resolves.toBe(7)
    const failing = watch.update('discord', '1', () => Promise.reject(new Error('so it is')))
    await expect(failing).rejects.toThrow('so it is')
    expect((await samples(metrics)).find((line) => /_count.*all/.test(line))).toMatch(/ 2$/)
  })

  it('counts nothing where nobody asked for it', async () => {
    const watch = createWatch(null, makeCurrent())
    expect(await watch.update('telegram', '1', () => watch.call('telegram', async () => 1))).toBe(1)
    watch.refused('telegram', 429)
  })
})

describe('a store that is watched', () => {
  const entry = { kind: 'scheduled' } as LogEntry

  it('counts reviews that were written, by kind and platform', async () => {
    const written = [true, false, true]
    const { metrics, watch, store } = watching({ append: async () => written.shift() ?? false })
    await watch.update('telegram', '1', () => store.append(entry))
    await watch.update('telegram', '1', () => store.append(entry))
    await store.append({ ...entry, kind: 'undo' })
    expect((await samples(metrics)).filter((line) => line.startsWith('deckhand_reviews'))).toEqual([
      'deckhand_reviews_total{platform="telegram",kind="scheduled"} 1',
      'deckhand_reviews_total{platform="none",kind="undo"} 1',
    ])
  })

  it('counts daily quizzes that were opened, and those that were let pass', async () => {
    const place = { platform: 'discord', placeId: '1' } as const
    const { metrics, store } = watching({
      takeDailies: async () => ({ taken: 3, opened: 2, notes: [{ place, note: 'too late' }] }),
      openDailyNow: async () => ({ kind: 'none' }),
    })
    await store.takeDailies(new Date(), 10, () => {
      throw new Error('not asked here')
    })
    await store.openDailyNow(place, new Date(), () => {
      throw new Error('not asked here')
    })
    expect((await samples(metrics)).filter((line) => line.startsWith('deckhand_daily'))).toEqual([
      'deckhand_daily_quizzes_total{outcome="opened"} 2',
      'deckhand_daily_quizzes_total{outcome="passed"} 1',
    ])
  })

  it('counts its failures by operation and code, and throws them', async () => {
    const failure = new Error('Failed query: insert … params: my secret', {
      cause: Object.assign(new Error('no'), { code: '53300' }),
    })
    const { metrics, store } = watching({ append: () => Promise.reject(failure) })
    await expect(store.append(entry)).rejects.toBe(failure)
    expect((await samples(metrics)).filter((line) => line.startsWith('deckhand_store'))).toEqual([
      'deckhand_store_errors_total{operation="append",code="53300"} 1',
    ])
  })

  it.each([
    [{ code: '57P01' }, '57P01'],
    [{ code: 'ECONNREFUSED' }, 'network'],
    [{ code: 'EPIPE' }, 'network'],
    [{ code: 'CONNECTION_CLOSED' }, 'network'],
    [{ code: 'whatever a learner wrote' }, 'other'],
    [{}, 'other'],
  ])('knows few codes: %j is %s', (more, code) => {
    expect(storeCode(Object.assign(new Error('x'), more))).toBe(code)
  })
})

describe('the gauges', () => {
  const sources = {
    leases: () =>
      [
        ['discord', 'held'],
        ['telegram', 'elsewhere'],
      ] as const,
    overdue: async () => ({ quizQuestions: 0, dailyQuizzes: 2 }),
    queues: async () => [{ queue: 'discord.openDaily', states: { created: 3 }, lagSeconds: 12 }],
  }

  it('say who receives, what is late, and how the jobs are', async () => {
    const metrics = createMetrics()
    await collect(metrics, sources)
    expect((await samples(metrics)).filter((line) => !/_hop_|_errors_/.test(line))).toEqual([
      'deckhand_lease_held{platform="discord"} 1',
      'deckhand_lease_held{platform="telegram"} 0',
      'deckhand_database_up 1',
      'deckhand_due{what="quiz_questions"} 0',
      'deckhand_due{what="daily_quizzes"} 2',
      'deckhand_jobs{queue="discord.openDaily",state="created"} 3',
      'deckhand_job_lag_seconds{queue="discord.openDaily"} 12',
    ])
  })

  it('leave out what the database does not say, and say that it does not', async () => {
    const metrics = createMetrics()
    await collect(metrics, sources)
    await collect(metrics, {
      ...sources,
      overdue: () => Promise.reject(new Error('down')),
      queues: async () => [],
    })
    const text = (await samples(metrics)).join('\n')
    expect(text).toContain('deckhand_database_up 0')
    expect(text).not.toMatch(/deckhand_due|deckhand_job/)
  })
})
