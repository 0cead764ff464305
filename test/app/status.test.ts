import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { healthCommand } from '../../src/app/health.ts'
import { type Status, statusText } from '../../src/app/status.ts'

afterEach(() => vi.restoreAllMocks())

const STATUS: Status = {
  place: '"deckhand" at db:5432',
  migrations: 'current',
  figures: {
    version: '18.1',
    learners: 12,
    teams: 1,
    dailies: 2,
    openRounds: 1,
    rounds: 4,
    dailyRounds: 2,
    leases: [
      { platform: 'discord', holder: 'pod-0 7 ab12cd34 0', secondsLeft: 8 },
      { platform: 'telegram', holder: 'pod-1 7 ef56ab78 0', secondsLeft: -3 },
    ],
  },
  overdue: { quizQuestions: 0, dailyQuizzes: 0, reminders: 0, weeklySummaries: 0 },
  reviews: { practice: 20, scheduled: 321 },
  queues: [{ queue: 'discord.openDaily', states: { completed: 2, created: 1 }, lagSeconds: 0 }],
}

describe('the status', () => {
  it('is laid out for a person', () => {
    expect(statusText(STATUS)).toBe(
      [
        'database   Postgres 18.1, "deckhand" at db:5432; tables up to date',
        'receiving  discord: pod-0 7 ab12cd34 0, for another 8 s unless renewed',
        '           telegram: pod-1 7 ef56ab78 0, ran out 3 s ago',
        'people     12 learners, 1 team, 2 daily quizzes',
        'last 24 h  341 reviews: practice 20, scheduled 321',
        '           4 quizzes opened, 2 of them daily',
        'open now   1 quiz',
        'jobs       discord.openDaily: 1 waiting, 2 done',
        'late       nothing',
      ].join('\n'),
    )
  })

  it('says what is late', () => {
    const overdue = { quizQuestions: 0, dailyQuizzes: 1, reminders: 30, weeklySummaries: 0 }
    const queues = [
      { queue: 'a', states: {}, lagSeconds: 61.4 },
      { queue: 'dead', states: { created: 2 }, lagSeconds: 0 },
      { queue: 'b', states: { blocked: 3, retry: 1 }, lagSeconds: 0 },
    ]
    const text = statusText({ ...STATUS, overdue, queues })
    expect(text).toContain('late       1 daily quiz to open\n           30 reminders to send')
    expect(text).toContain('a: empty, 61 s late')
    // A word of pg-boss's that is not known here is shown as it is.
    expect(text).toContain('b: 1 to be tried again, 3 blocked')
    expect(text).toContain('given up: 2, see "deckhand jobs"')
  })
})

describe('the health of the process on this machine', () => {
  async function healthOf(status: number): Promise<number> {
    const server = createServer((_request, response) => response.writeHead(status).end()).listen(
      0,
      '127.0.0.1',
    )
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const code = await healthCommand(readConfig({ DECKHAND_PORT: String(port) }))
    server.close()
    return code
  }

  it('is 0 when it answers that it lives, else 1 and why', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(await healthOf(200)).toBe(0)
    expect(printed).not.toHaveBeenCalled()
    expect(await healthOf(500)).toBe(1)
    expect(printed).toHaveBeenLastCalledWith(expect.stringMatching(/healthz: 500$/))
    expect(await healthCommand(readConfig({ DECKHAND_PORT: '1' }))).toBe(1)
    expect(printed).toHaveBeenLastCalledWith('http://127.0.0.1:1/healthz: ECONNREFUSED')
    expect(await healthCommand(readConfig({}))).toBe(1)
    expect(printed).toHaveBeenLastCalledWith(expect.stringContaining('DECKHAND_PORT is not set'))
  })
})
