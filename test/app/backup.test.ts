import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const MAIN = 'src/app/main.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-backup-'))
})
afterAll(() => rm(folder, { recursive: true }))

function deckhand(data: string, words: readonly string[], input: string | Buffer = '') {
  const { PATH } = process.env
  const env = { PATH, DECKHAND_DATA: join(folder, data) }
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
})
