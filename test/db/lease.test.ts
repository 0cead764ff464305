import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LEASE_SECONDS, type LeaseTable, openLeaseTable } from '../../src/db/lease.ts'
import { makePostgres, type TestPlace } from './support/databases.ts'
import { startProxy } from './support/proxy.ts'

const PATIENCE_MS = 10_000

describe('the lease of a platform in Postgres', () => {
  let place: TestPlace
  let admin: postgres.Sql
  const tables: LeaseTable[] = []

  beforeEach(async () => {
    place = await makePostgres()
    admin = postgres(place.databaseUrl ?? '', { max: 1 })
  })
  afterEach(async () => {
    await Promise.all(tables.splice(0).map((table) => table.close()))
    await admin.end()
    await place.remove()
  })

  function open(url = place.databaseUrl ?? ''): LeaseTable {
    const table = openLeaseTable(url)
    tables.push(table)
    return table
  }

  const take = (table: LeaseTable) => table.take('discord', PATIENCE_MS)

  /** Lets so many seconds pass for the lease. */
  const pass = (seconds: number) =>
    admin`update leases set expires_at = expires_at - make_interval(secs => ${seconds})`

  test('is taken by one of ten at once, renewed by that one, and free for another platform', async () => {
    const ten = Array.from({ length: 10 }, () => open())
    const taken = await Promise.all(ten.map(take))
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect(await Promise.all(ten.map(take))).toEqual(taken)
    const other = ten[taken.indexOf(false)]
    expect(await other?.take('telegram', PATIENCE_MS)).toBe(true)
  })

  test('lasts so long after the last renewal, by the clock of the database, and is then taken by one', async () => {
    const [holder, ...others] = [open(), open(), open(), open()] as const
    await take(holder)
    await pass(LEASE_SECONDS - 2)
    expect(await Promise.all(others.map(take))).toEqual([false, false, false])
    await take(holder)
    await pass(LEASE_SECONDS - 2)
    expect(await Promise.all(others.map(take))).toEqual([false, false, false])
    await pass(2)
    expect((await Promise.all(others.map(take))).filter(Boolean)).toHaveLength(1)
    expect(await take(holder)).toBe(false)
  })

  test('is free as soon as it is given up; nobody else can give it up', async () => {
    const [a, b] = [open(), open()]
    await take(a)
    await b.giveUp('discord', PATIENCE_MS)
    expect(await take(b)).toBe(false)
    await a.giveUp('discord', PATIENCE_MS)
    expect(await take(b)).toBe(true)
  })

  test('survives a connection that is cut, and one that hangs half open; then it is asked over a new one', async () => {
    const proxy = await startProxy(new URL(place.databaseUrl ?? ''))
    const [a, b] = [open(proxy.url), open()]
    try {
      expect(await take(a)).toBe(true)
      proxy.cut()
      await expect(untilTaken(a)).resolves.toBe(true)
      proxy.hang()
      await expect(a.take('discord', 200)).rejects.toThrow('no answer in 200 ms')
      await pass(LEASE_SECONDS)
      expect(await take(b)).toBe(true)
      proxy.heal()
      expect(await take(a)).toBe(false)
      await b.giveUp('discord', PATIENCE_MS)
      expect(await take(a)).toBe(true)
    } finally {
      proxy.close()
    }
  })

  /** The first question after a cut may meet the end of the old connection. */
  async function untilTaken(table: LeaseTable): Promise<boolean> {
    return take(table).catch(() => take(table))
  }
})
