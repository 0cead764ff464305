import type { APIMessage } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench } from './harness.ts'
import { isEphemeral, type TestChannel, textOf } from './support/channels.ts'
import { refused } from './support/faults.ts'
import type { TestUser } from './support/user.ts'

let bench: Bench

beforeEach(async () => {
  bench = await Bench.start()
})

afterEach(async () => {
  expect(bench.server.refused).toEqual([])
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

const QUIZ = { deck: 'helm', count: 3, seconds: 30 }

function question(user: TestUser, channel: TestChannel, number: number): Promise<APIMessage> {
  return bench.server.until(`question ${number}`, () =>
    user.sees(channel).find((message) => new RegExp(`question ${number} of`).test(textOf(message))),
  )
}

describe('a quiz in a channel', () => {
  it('is answered by twenty at once, each once, and shows nothing before a question closes', async () => {
    const {
      channels: [general],
    } = bench.server.guild()
    const people = Array.from({ length: 20 }, (_, index) =>
      bench.server.user({ name: `Member ${index} @everyone` }),
    )
    const [ann] = people
    if (ann === undefined) return
    await ann.slash(general, 'quiz', QUIZ).shown()
    const first = await question(ann, general, 1)
    const toasts = await Promise.all(
      people.map((one, index) => one.click(first, index < 12 ? /^right/ : /^wrong a/).shown()),
    )
    for (const toast of toasts) {
      expect(isEphemeral(toast)).toBe(true)
      expect(textOf(toast)).toMatch(/Your answer is in/)
    }
    expect(textOf(await ann.click(first, /^wrong b/).shown())).toMatch(/answered already/)
    expect(textOf(first)).not.toMatch(/Because of/)
    await bench.after(20_000)
    expect(textOf(first)).not.toMatch(/Because of/)
    await bench.after(11_000)
    const closed = await bench.server.until('the result', () => /12 of 20 right/.test(textOf(first)) && first)
    expect(textOf(closed)).toMatch(/Because of/)
    expect(closed.components).toEqual([])
    for (const number of [2, 3]) {
      const next = await question(ann, general, number)
      await ann.click(next, /^right/).shown()
      await bench.after(31_000)
    }
    const standings = await bench.server.untilShown(ann, general, /Quiz over/)
    expect(textOf(standings)).toMatch(/3 of 3/)
    expect(await bench.answers(ann)).toHaveLength(3)
  })

  it('survives a restart in the middle of a question', async () => {
    const {
      channels: [general],
    } = bench.server.guild()
    const ann = bench.server.user()
    await ann.slash(general, 'quiz', QUIZ).shown()
    const first = await question(ann, general, 1)
    await bench.restart()
    expect(textOf(await ann.click(first, /^right/).shown())).toMatch(/Your answer is in/)
    await bench.after(31_000)
    await question(ann, general, 2)
    expect(await bench.answers(ann)).toHaveLength(1)
  })

  it('is one at a time, and offers the decks there are', async () => {
    const {
      channels: [general],
    } = bench.server.guild()
    const ann = bench.server.user()
    const { choices } = await ann.autocomplete(general, 'quiz', 'deck', 'he').responded()
    expect(choices).toEqual([{ name: 'Helm', value: 'helm' }])
    await ann.slash(general, 'quiz', QUIZ).shown()
    expect(textOf(await ann.slash(general, 'quiz', QUIZ).shown())).toMatch(/going on here already/)
    expect(textOf(await ann.slash(general, 'quiz', { deck: 'none' }).shown())).toMatch(/no such deck/)
  })

  it('says so when the bot may not write in the channel', async () => {
    const {
      channels: [general],
    } = bench.server.guild()
    const ann = bench.server.user()
    bench.server.fault(/^POST .*\/channels\/\d+\/messages/, refused(403, 50013, 'Missing Permissions'))
    expect(textOf(await ann.slash(general, 'quiz', QUIZ).shown())).toMatch(/may not write in this channel/)
    await ann.slash(general, 'quiz', QUIZ).shown()
    await question(ann, general, 1)
  })
})
