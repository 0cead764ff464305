import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { failureLine, stopHard } from '../../src/app/stopping.ts'

describe('a process that is told to stop', () => {
  function stopping(stop: AbortSignal) {
    const lines: string[] = []
    const codes: number[] = []
    stopHard(
      stop,
      (line, level = 'info') => void lines.push(`${level} ${line}`),
      (code) => void codes.push(code),
      20,
    )
    return { lines, codes }
  }

  it('is given some time, then ended with a line in the log', async () => {
    const stop = new AbortController()
    const { lines, codes } = stopping(stop.signal)
    await delay(30)
    expect([lines, codes]).toEqual([[], []])
    stop.abort()
    expect([lines, codes]).toEqual([['info stopping'], []])
    await expect.poll(() => codes).toEqual([1])
    expect(lines[1]).toMatch(/^error stopped hard: not done/)
  })

  it('may have been told so before', async () => {
    const { codes } = stopping(AbortSignal.abort())
    await expect.poll(() => codes).toEqual([1])
  })
})

describe('an error as a line', () => {
  it.each<[unknown, string]>([
    [
      new Error('Cannot listen on port 1 (EACCES): set PORT to a free one'),
      'Cannot listen on port 1 (EACCES): set PORT to a free one',
    ],
    [
      new Error('Failed query: insert into "mistakes" values ($1)\nparams: what Ann wrote', {
        cause: Object.assign(new Error('value "what Ann wrote" is bad\nDETAIL: what Ann wrote'), {
          code: '22P02',
        }),
      }),
      'a query failed: 22P02 value … is bad',
    ],
    [new Error('Failed query: select 1\nparams: what Ann wrote'), 'a query failed'],
    ['what Ann wrote', 'something that is no error was thrown: string'],
  ])('says what to do, and nothing that a query was given', (error, line) => {
    expect(failureLine(error)).toBe(line)
  })
})
