import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimDaily } from '../../src/core/daily/claim.ts'
import { dailySent } from '../../src/core/daily/dailyPosting.ts'
import { setDaily } from '../../src/core/daily/dailyRequests.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { type PlatformHands, Platforms } from '../../src/core/platforms.ts'
import type { Here } from '../../src/core/team/team.ts'
import { readQueues } from '../../src/db/figures.ts'
import { deadJobs, retryDead } from '../../src/jobs/list.ts'
import { type OpenJobs, openJobs } from '../../src/jobs/openJobs.ts'
import { replan } from '../../src/jobs/replan.ts'
import { JobWorker } from '../../src/jobs/work.ts'
import type { TestPlace } from '../db/support/databases.ts'
import { makeCard } from '../db/support/fixtures.ts'
import { openTestStore, type TestStore } from '../db/support/openTestStore.ts'
import { hurry } from './support/hurry.ts'

const HERE: Here = { place: { platform: 'discord', placeId: '77' }, name: 'Guild', chatId: '770' }
const MORNING = new Date('2026-01-05T07:00:00Z')
const NINE = new Date('2026-01-05T08:00:00Z')
const NEXT_NINE = new Date('2026-01-06T08:00:00Z')

/**
 * What jobs do for daily quizzes, whichever database is underneath.
 *
 * @param makePlace makes a migrated, empty database
 */
export function defineJobsContract(makePlace: () => Promise<TestPlace>): void {
  let opened: TestStore
  let jobs: OpenJobs
  let clock: Date
  let log: string[]
  let done: string[]
  let failure: Error | null

  beforeAll(async () => {
    opened = await openTestStore(await makePlace(), (transaction, decided) =>
      jobs.enqueue(transaction, decided),
    )
    jobs = await openJobs(opened.jobsPlace, (line) => log.push(line), false)
  })
  beforeEach(async () => {
    await opened.reset()
    await jobs.boss.deleteAllJobs()
    log = []
    done = []
    failure = null
    clock = NINE
    const cards = ['a', 'b', 'c', 'd'].map((id) => makeCard(id, { wrong: ['1', '2', '3'] }))
    await opened.store.syncDecks([{ id: 'helm', title: 'Helm', cards }])
    const initialSettings = { ...DEFAULT_SETTINGS, timeZone: 'Europe/Berlin' }
    const asking = {
      identity: { platform: 'discord', externalId: '1' },
      initialSettings,
      now: MORNING,
    } as const
    await setDaily(opened.store, asking, HERE, { time: '9:00', hours: '12' })
  })
  afterAll(async () => {
    await jobs?.close()
    await opened?.close()
  })

  /** Sends the questions that were not sent, as an adapter does. */
  const hands: PlatformHands = {
    openDaily: async (roundId) => {
      if (failure !== null) throw failure
      const round = await opened.store.dailyRound(roundId)
      for (const question of round?.questions ?? []) {
        if (round === null || question.messageId !== null) continue
        done.push(`sent ${question.position}`)
        const externalId = `${roundId}-${question.position}`
        await dailySent(opened.store, round, question, { externalId, messageId: externalId })
      }
    },
    closeDaily: async (roundId) => void done.push(`closed ${roundId}`),
    post: async () => true,
    isMember: async () => true,
  }

  function worker(connected = true): JobWorker {
    const platforms = new Platforms()
    if (connected) platforms.join('discord', hands)
    return new JobWorker(jobs, {
      store: opened.store,
      platforms,
      now: () => clock,
      log: (line) => log.push(line),
    })
  }

  const claim = (now: Date) => opened.store.takeDailies(now, 100, claimDaily)

  /** What waits is due, by the clock of the test. */
  async function work(at = worker()): Promise<void> {
    await hurry(jobs, clock)
    await at.run()
  }

  test('a claim is sent once and closed once, at its time', async () => {
    await claim(NINE)
    await work()
    expect(done).toEqual(['sent 0', 'sent 1', 'sent 2'])
    clock = new Date('2026-01-05T19:59:00Z')
    await work()
    expect(done).toHaveLength(3)
    clock = new Date('2026-01-05T20:00:00Z')
    await work()
    await work()
    expect(done.slice(3)).toEqual(['closed 1'])
    expect(await opened.store.dailyRound(1)).toMatchObject({ ended: true })
    expect(log).toEqual([])
  })

  test('a process that dies between claim and sending leaves the job to others', async () => {
    await claim(NINE)
    const [taken] = await jobs.boss.fetch('discord.openDaily')
    expect(taken).toBeDefined()
    await work()
    expect(done).toEqual([])
    // Its time is over: whoever looks after the jobs gives it back.
    await jobs.boss.fail('discord.openDaily', taken?.id ?? '', { reason: 'expired' })
    await work()
    expect(done).toEqual(['sent 0', 'sent 1', 'sent 2'])
  })

  test('what a restored backup has no jobs for is planned anew, once', async () => {
    await claim(NINE)
    expect(await replan(jobs, await opened.store.unfinishedDailies())).toBe(0)
    await jobs.boss.deleteAllJobs()
    expect(await replan(jobs, await opened.store.unfinishedDailies())).toBe(1)
    expect(await replan(jobs, await opened.store.unfinishedDailies())).toBe(0)
    await work()
    expect(done).toHaveLength(3)
    await jobs.boss.deleteAllJobs()
    expect(await replan(jobs, await opened.store.unfinishedDailies())).toBe(1)
    clock = new Date('2026-01-05T20:00:00Z')
    await work()
    expect(done.slice(3)).toEqual(['closed 1'])
    expect(await opened.store.unfinishedDailies()).toEqual([])
  })

  test('a job that runs twice, at once too, sends each question once', async () => {
    await claim(NINE)
    const again = { kind: 'openDaily', platform: 'discord', roundId: 1 } as const
    await work()
    await jobs.add([again, again])
    await work()
    expect(done).toEqual(['sent 0', 'sent 1', 'sent 2'])
  })

  test('jobs wait for a process that is connected to their platform', async () => {
    await claim(NINE)
    await work(worker(false))
    expect(done).toEqual([])
    await work()
    expect(done).toHaveLength(3)
  })

  test('what fails is tried again, and at last kept with a reason that shows no secret', async () => {
    await claim(NINE)
    const secret = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
    failure = new Error(`Forbidden at https://u:pw@api.example.org/bot${secret}/sendPoll`)
    for (let tries = 0; tries < 9; tries++) await work()
    const dead = await deadJobs(jobs, 10)
    expect(dead).toMatchObject([{ queue: 'discord.openDaily', subject: 'round 1' }])
    expect(dead[0]?.reason).toContain('Forbidden')
    expect(JSON.stringify([dead, log])).not.toMatch(/AAHdq|pw@/)
    expect(log).toHaveLength(9)
    expect(log[0]).toContain('try 1 of 9')
    expect(log[8]).toContain('given up')
    failure = null
    expect(await retryDead(jobs)).toBe(1)
    await work()
    expect(done).toHaveLength(3)
    expect(await deadJobs(jobs, 10)).toEqual([])
  })

  test('a quiz that comes after its time is let be, with a line that says so', async () => {
    await claim(NINE)
    clock = NEXT_NINE
    await work()
    expect(done).toEqual([])
    expect(log).toEqual([expect.stringContaining('on 2026-01-05 was not opened in time')])
    expect(await opened.store.dailyRound(1)).toMatchObject({ ended: true })
  })

  test('a quiz of which nothing could be posted ends without a word', async () => {
    await claim(NINE)
    failure = new Error('Missing Access')
    for (let tries = 0; tries < 9; tries++) await work()
    failure = null
    await jobs.add([{ kind: 'closeDaily', platform: 'discord', roundId: 1, at: clock }])
    clock = new Date('2026-01-05T20:00:00Z')
    await work()
    expect(done).toEqual([])
    expect(await opened.store.dailyRound(1)).toMatchObject({ ended: true })
  })

  test('decks without a card that can be asked leave a line', async () => {
    await opened.store.syncDecks([{ id: 'helm', title: 'Helm', cards: [makeCard('open')] }])
    await claim(NINE)
    await work()
    expect(done).toEqual([])
    expect(log).toEqual([expect.stringContaining('has no question')])
  })

  test('a job of a transaction that is taken back is not there', async () => {
    const { db } = opened
    const job = { kind: 'openDaily', platform: 'discord', roundId: 7 } as const
    await expect(
      db.transaction(async (transaction) => {
        await jobs.enqueue(transaction, [job])
        throw new Error('taken back')
      }),
    ).rejects.toThrow('taken back')
    expect(await readQueues(db)).toEqual([])
    await db.transaction((transaction) => jobs.enqueue(transaction, [job]))
    expect(await readQueues(db)).toMatchObject([{ queue: 'discord.openDaily', states: { created: 1 } }])
  })
}
