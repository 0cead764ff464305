import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeLock } from '../../../src/db/pglite/lock.ts'
import { processBirth } from '../../../src/db/pglite/processBirth.ts'
import { makeFolder, removeFolder } from '../support/databases.ts'

describe('the lock of a data folder', () => {
  let folder: string
  let file: string

  beforeEach(async () => {
    folder = await makeFolder()
    file = join(folder, 'pglite.lock')
  })
  afterEach(() => removeFolder(folder))

  const writeHolder = (holder: object) =>
    writeFile(
      file,
      JSON.stringify({ host: hostname(), since: '2026-01-05T09:00:00.000Z', birth: null, ...holder }),
    )

  test('names this process, readable only by its owner, and is gone once released', async () => {
    const release = await takeLock(file)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await release()
    expect(await readdir(folder)).toEqual([])
  })

  test('a folder in use is refused with who uses it, since when, and what to do', async () => {
    await writeHolder({ pid: process.pid, birth: await processBirth(process.pid) })
    await expect(takeLock(file)).rejects.toThrow(
      `in use by process ${process.pid} on ${hostname()}, since 2026-01-05T09:00:00.000Z. Stop it first, or set DATABASE_URL`,
    )
  })

  test('of ten that want it at once, one gets it', async () => {
    const taken = await Promise.allSettled(Array.from({ length: 10 }, () => takeLock(file)))
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['pglite.lock'])
  })

  test('what a dead process left is taken over, by one of ten that want it at once', async () => {
    const child = spawn(process.execPath, ['--eval', ''])
    await once(child, 'exit')
    await writeHolder({ pid: child.pid ?? 0 })
    const taken = await Promise.allSettled(Array.from({ length: 10 }, () => takeLock(file)))
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid })
    expect(await readdir(folder)).toEqual(['pglite.lock'])
  })

  test.runIf(process.platform === 'linux')(
    'a process that only got the same pid does not count as the holder',
    async () => {
      await writeHolder({ pid: process.pid, birth: 'an-earlier-boot 4711' })
      await takeLock(file)
      expect(JSON.parse(await readFile(file, 'utf8')).birth).toBe(await processBirth(process.pid))
    },
  )

  test('a holder on another computer is believed, and the way out is named', async () => {
    await writeHolder({ pid: 1, host: 'elsewhere' })
    await expect(takeLock(file)).rejects.toThrow(`on elsewhere, since 2026-01-05T09:00:00.000Z. If that`)
    await expect(takeLock(file)).rejects.toThrow(`delete ${file}`)
  })

  test('a file that is no lock is left alone', async () => {
    await writeFile(file, 'my shopping list')
    await expect(takeLock(file)).rejects.toThrow('is no lock file of Deckhand')
    expect(await readFile(file, 'utf8')).toBe('my shopping list')
  })
})
