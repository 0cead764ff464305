import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const MAIN = 'src/app/main.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-backup-'))
})
afterAll(() => rm(folder, { recursive: true }))

function environment(data: string) {
  return { PATH: process.env.PATH, DECKHAND_DATA: join(folder, data) }
}

function deckhand(data: string, words: readonly string[], input: string | Buffer = '') {
  const env = environment(data)
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], { env, input })
  return { status, stdout, told: `${stdout}${stderr}` }
}

describe('a backup through a pipe', () => {
  it('is nothing but the backup, and is restored from one', () => {
    expect(deckhand('here', ['start'], 'London\noff\n\n3\nq\n').told).toMatch(/1 answer today/)
    const { status, stdout } = deckhand('here', ['backup', '-'])
    expect(status).toBe(0)
    const restored = deckhand('there', ['restore', '-'], stdout)
    expect(restored.told).toMatch(/^\d+ rows of \S+ are restored\.\nAll is well/)
    expect(deckhand('there', ['start'], 'q\n').told).toMatch(/1 answer today/)
  })

  it('that was cut off is refused', () => {
    const { stdout } = deckhand('here', ['backup', '-'])
    const { status, told } = deckhand('elsewhere', ['restore', '-'], stdout.subarray(0, stdout.length >> 1))
    expect([status, told]).toEqual([1, expect.stringMatching(/unexpected end/)])
  })

  it('that nobody reads to its end has failed', async () => {
    const child = spawn(process.execPath, [MAIN, 'backup', '-'], { env: environment('here') })
    child.stdout.destroy()
    expect(await once(child, 'exit')).toEqual([1, null])
  })

  it('that is none is refused while more may come', async () => {
    const child = spawn(process.execPath, [MAIN, 'restore', '-'], { env: environment('elsewhere') })
    child.stdin.write(gzipSync('{"a":1}\n'))
    expect(await once(child, 'exit')).toEqual([1, null])
  })
})
