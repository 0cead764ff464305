import { describe, expect, it } from 'vitest'
import { Doing, makeCurrent } from '../../src/ops/doing.ts'
import { createLog, type LogFormat } from '../../src/ops/log.ts'
import { scrubber } from '../../src/ops/scrub.ts'

function logging(format: LogFormat, level: 'info' | 'warn' | 'error' = 'info', secrets: string[] = []) {
  const lines: string[] = []
  const current = makeCurrent()
  const scrub = scrubber(secrets)
  const log = createLog({ format, level, scrub, current, write: (text) => void lines.push(text) })
  return {
    lines,
    log,
    during: (work: () => void) => current.run(new Doing('telegram', '4711', Date.now), work),
  }
}

describe('the log of a process', () => {
  it('is one JSON object a line, with level, time and text', () => {
    const { lines, log } = logging('json')
    log('listening')
    log('a call failed', 'warn')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'info',
        msg: 'listening',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        pid: process.pid,
      },
      { level: 'warn', msg: 'a call failed' },
    ])
    expect(lines.every((line) => line.endsWith('\n') && line.trim().split('\n').length === 1)).toBe(true)
  })

  it('says which update a line belongs to, wherever it is written', async () => {
    const { lines, log, during } = logging('json')
    await new Promise<void>((resolve) => during(() => setTimeout(() => resolve(log('late')), 1)))
    log('outside')
    const [inside, outside] = lines.map((line) => JSON.parse(line))
    expect(inside).toMatchObject({ platform: 'telegram', request: '4711' })
    expect(outside).not.toHaveProperty('request')
  })

  it('is text for people', () => {
    const { lines, log, during } = logging('text')
    during(() => log('a call failed', 'error'))
    expect(lines).toEqual([expect.stringMatching(/^\S+Z error \[telegram 4711\] a call failed\n$/)])
  })

  it('leaves out what matters less', () => {
    const { lines, log } = logging('text', 'warn')
    log('listening')
    log('trouble', 'warn')
    expect(lines).toHaveLength(1)
  })
})

describe('what nobody may see', () => {
  const scrub = scrubber(['hunter2!', 'p@ss/word', 'abc'])

  it.each([
    ['the password is hunter2! again', 'the password is … again'],
    ['at p%40ss%2Fword', 'at …'],
    ['postgres://deckhand:secret@db:5432/x', 'postgres://…db:5432/x'],
    ['bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe', 'bot…/getMe'],
    ['MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz012345678901', '…'],
    [`/webhooks/1/${'aW50ZXJhY3Rpb2'.repeat(10)}`, '/webhooks/1/…'],
    ['a short secret is a hole in words: abcabc', 'a short secret is a hole in words: abcabc'],
    ['two\nlines\u2028and\u001b[31mmore', 'two lines and [31mmore'],
  ])('is taken out of %j', (line, clean) => {
    expect(scrub(line)).toBe(clean)
  })

  it('cuts a line that has no end', () => {
    expect(scrub('word '.repeat(1000)).length).toBeLessThanOrEqual(500)
  })
})
