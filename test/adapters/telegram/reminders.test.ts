import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench } from './harness.ts'

const HOUR_MS = 3_600_000

let bench: Bench

beforeEach(async () => {
  bench = await Bench.start()
})

afterEach(async () => {
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

/** Somebody with one card due tomorrow, reminded at 19:00 in London; it is 09:00 there. */
async function studied() {
  const { user } = await bench.learner()
  await bench.press(user, 'Show answer')
  await bench.shown(user, /Every node/)
  await bench.press(user, /^Good/)
  await bench.shown(user, /Who schedules/)
  await bench.server.untilHandled()
  return user
}

/** Days of a bot that runs: it looks at the clock more than once a day. */
async function daysLater(days: number): Promise<void> {
  for (let hours = 0; hours < 24 * days; hours++) await bench.after(HOUR_MS)
}

const reminded = () =>
  bench.server
    .callsOf('sendMessage')
    .filter(({ payload }) => /^\d+ cards? (?:is|are) due\n/.test(String((payload as { text: string }).text)))
    .length

describe('a reminder', () => {
  it('comes once a day at the person’s hour, and starts a review by one press', async () => {
    const user = await studied()
    await bench.after(10 * HOUR_MS)
    expect(reminded()).toBe(0)
    await bench.after(23.9 * HOUR_MS)
    expect(reminded()).toBe(0)
    await bench.after(0.1 * HOUR_MS)
    expect(reminded()).toBe(1)
    await bench.after(1000)
    await bench.restart()
    await bench.after(1000)
    expect(reminded()).toBe(1)
    await bench.shown(user, /1 card is due/)
    await bench.press(user, 'Start')
    await bench.shown(user, /kubelet/)
  })

  it('stays away when nothing is due, and from who has studied already', async () => {
    const user = await studied()
    await bench.after(10 * HOUR_MS)
    await bench.after(24 * HOUR_MS - 60_000)
    user.says('/review')
    await bench.shown(user, /kubelet/)
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    await bench.after(60_000)
    await bench.after(24 * HOUR_MS)
    expect(reminded()).toBe(0)
  })

  it('is left out when the bot was down at the time', async () => {
    await studied()
    await bench.after(10 * HOUR_MS)
    await bench.after(24 * HOUR_MS + 2 * HOUR_MS)
    expect(reminded()).toBe(0)
    await bench.after(22 * HOUR_MS)
    expect(reminded()).toBe(1)
  })

  it('comes again an hour later when asked to, and never again when turned off', async () => {
    const user = await studied()
    await bench.after(10 * HOUR_MS)
    await bench.after(24 * HOUR_MS)
    await bench.shown(user, /1 card is due/)
    await bench.press(user, 'In an hour')
    await bench.shown(user, /in an hour/)
    await bench.server.untilHandled()
    await bench.after(HOUR_MS)
    expect(reminded()).toBe(2)
    await bench.shown(user, /1 card is due/)
    await bench.press(user, 'No reminders')
    await bench.shown(user, /Reminder is now off/)
    await bench.server.untilHandled()
    await daysLater(3)
    expect(reminded()).toBe(2)
  })

  it('stops for who has blocked the bot, until they come back', async () => {
    const user = await studied()
    user.blocks()
    await bench.server.untilHandled()
    await daysLater(3)
    expect(reminded()).toBe(0)
    user.says('/start')
    await bench.shown(user, /Welcome back/)
    await bench.server.untilHandled()
    await daysLater(1)
    expect(reminded()).toBe(1)
  })

  it('stops as well when Telegram only says so at the next message', async () => {
    const user = await studied()
    user.chat.bot = 'blocked'
    await bench.after(10 * HOUR_MS)
    await bench.after(24 * HOUR_MS)
    expect(
      bench.server.calls.filter(({ answer }) => answer?.ok === false && answer.error_code === 403),
    ).toHaveLength(1)
    await daysLater(5)
    expect(
      bench.server.calls.filter(({ answer }) => answer?.ok === false && answer.error_code === 403),
    ).toHaveLength(1)
  })
})
