import { describe, expect, it } from 'vitest'
import { SeenIds } from '../../../../src/adapters/discord/transport/seenIds.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const MINUTE_MS = 60_000

describe('the ids seen', () => {
  it('are known for fifteen minutes', () => {
    const seen = new SeenIds()
    expect(seen.add('1', new Date(START))).toBe(true)
    expect(seen.add('1', new Date(START + 15 * MINUTE_MS))).toBe(false)
    expect(seen.add('1', new Date(START + 16 * MINUTE_MS))).toBe(true)
  })

  it('are at most ten thousand: the oldest are forgotten', () => {
    const seen = new SeenIds()
    for (let id = 0; id <= 10_000; id++) seen.add(String(id), new Date(START))
    expect(seen.add('10000', new Date(START))).toBe(false)
    expect(seen.add('0', new Date(START))).toBe(true)
  })
})
