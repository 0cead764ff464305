import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type ReadinessSources, readiness } from '../../src/ops/readiness.ts'
import { type OpsAnswers, type OpsServer, startOpsServer } from '../../src/ops/server.ts'

let server: OpsServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

async function serving(answers: Partial<OpsAnswers> = {}): Promise<string> {
  server = await startOpsServer(0, {
    readiness: async () => null,
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'a 1\n' }),
    ...answers,
  })
  return `http://127.0.0.1:${server.port}`
}

const WELL: ReadinessSources = {
  isStopping: () => false,
  migrations: async () => 'current',
  leases: () => [['discord', 'elsewhere']],
}

describe('the port for an operator’s tools', () => {
  it('says that the process lives', async () => {
    const response = await fetch(`${await serving()}/healthz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ status: 'alive' })
  })

  it('says 200 when the process can do its work, else 503 and why', async () => {
    const ready = await fetch(`${await serving()}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
    await server?.close()
    const reasons = { database: 'no answer in 1 s' }
    const not = await fetch(`${await serving({ readiness: async () => reasons })}/readyz?verbose`)
    expect([not.status, await not.json()]).toEqual([503, { status: 'not ready', reasons }])
  })

  it('gives metrics as Prometheus reads them', async () => {
    const response = await fetch(`${await serving()}/metrics`)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/)
    expect(await response.text()).toBe('a 1\n')
  })

  it('knows no other path, changes nothing, and tells nothing of what fails', async () => {
    const url = await serving({ metrics: () => Promise.reject(new Error('canary')) })
    expect((await fetch(`${url}/etc/passwd`)).status).toBe(404)
    expect((await fetch(`${url}/healthz`, { method: 'POST', body: 'x' })).status).toBe(405)
    const failed = await fetch(`${url}/metrics`)
    expect(failed.status).toBe(500)
    expect(await failed.text()).not.toContain('canary')
  })

  it('says which setting to change when the port is taken', async () => {
    const other = createServer().listen(0)
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await expect(startOpsServer(port, {} as OpsAnswers)).rejects.toThrow(
      `Cannot listen on port ${port} (EADDRINUSE): set DECKHAND_PORT to a free one`,
    )
    other.close()
  })
})

describe('a process is ready', () => {
  it('when the database answers with all migrations and it is known who receives', async () => {
    expect(await readiness(WELL)).toBeNull()
    expect(await readiness({ ...WELL, leases: () => [['telegram', 'held']] })).toBeNull()
  })

  it('while a newer program takes over, which has changed the database', async () => {
    expect(await readiness({ ...WELL, migrations: async () => 'newer' })).toBeNull()
  })

  it.each<[string, Partial<ReadinessSources>, object]>([
    ['it is stopping', { isStopping: () => true }, { process: 'stopping' }],
    [
      'the database fails',
      { migrations: () => Promise.reject(new Error('canary')) },
      { database: 'no answer in 1 s' },
    ],
    [
      'migrations are missing',
      { migrations: async () => 'behind' },
      { migrations: expect.stringContaining('lacks migrations') },
    ],
    [
      'the database does not say who receives',
      {
        leases: () => [
          ['discord', 'held'],
          ['telegram', 'unknown'],
        ],
      },
      { lease: 'not known who receives: telegram' },
    ],
  ])('not when %s', async (_, change, reasons) => {
    expect(await readiness({ ...WELL, ...change })).toEqual(reasons)
  })

  it('not when the database does not answer in a second', async () => {
    const begun = performance.now()
    expect(await readiness({ ...WELL, migrations: () => new Promise(() => {}) })).toEqual({
      database: 'no answer in 1 s',
    })
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990)
  })
})
