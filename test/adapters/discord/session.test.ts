import type { APIMessage } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench } from './harness.ts'
import { buttonLabels, isEphemeral, textOf } from './support/channels.ts'

let bench: Bench

beforeEach(async () => {
  bench = await Bench.start()
})

afterEach(async () => {
  expect(bench.server.refused).toEqual([])
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

describe('a review', () => {
  it('begins with a deck, a clock and a reminder, and is for the person’s eyes only', async () => {
    const ann = bench.server.user()
    const [general] = bench.server.guild().channels
    const welcome = await ann.slash(general, 'review').shown()
    expect(isEphemeral(welcome)).toBe(true)
    const zone = await ann.click(welcome, /^Nodes/).shown()
    expect(textOf(zone)).toMatch(/which clock/)
    const reminder = await ann.click(zone, /London/).shown()
    const card = await ann.click(reminder, '19:00').shown()
    expect(textOf(card)).toMatch(/What runs `kubelet`/)
    expect(card.id).toBe(welcome.id)
  })

  it('goes from prompt to answer to the next card in one message', async () => {
    const { user, card } = await bench.learner()
    const answer = await user.click(card, 'Show answer').shown()
    expect(textOf(answer)).toMatch(/Every node[\s\S]*As an agent/)
    expect(buttonLabels(answer)).toEqual(expect.arrayContaining(['Again · 1 d', 'Good · 1 d']))
    const next = await user.click(answer, /^Good/).shown()
    expect(textOf(next)).toMatch(/Who schedules/)
    const wrong = await user.click(next, 'proxy').shown()
    expect(textOf(wrong)).toMatch(/Not quite[\s\S]*scheduler/)
    expect(await bench.answers(user)).toEqual(['flash 4', 'pick 1'])
  })

  it('takes a written answer in a modal, and shows the difference', async () => {
    const { user, card } = await bench.learner()
    const second = await user.click(card, 'Suspend').shown()
    const third = await user.click(second, 'Suspend').shown()
    expect(textOf(third)).toMatch(/Which agent/)
    const opened = await user.click(third, 'Write your answer').responded()
    const result = await user.submit(opened, 'kubelt').shown()
    expect(textOf(result)).toMatch(/Right, but for the spelling[\s\S]*Difference/)
    expect(result.id).toBe(card.id)
    expect(await bench.answers(user)).toEqual(['flash suspend', 'pick suspend', 'write 4'])
  })

  it('takes back, tells why, and shows decks, stats, settings and help', async () => {
    const { user, channel, card } = await bench.learner()
    const answer = await user.click(card, 'Show answer').shown()
    await user.click(answer, /^Good/).shown()
    expect(textOf(await user.slash(channel, 'undo').shown())).toMatch(/Undone/)
    expect(textOf(await user.slash(channel, 'decks').shown())).toMatch(/Decks/)
    expect(textOf(await user.slash(channel, 'stats').shown())).toMatch(/Your study/)
    expect(textOf(await user.slash(channel, 'settings').shown())).toMatch(/Reviews a day/)
    expect(textOf(await user.slash(channel, 'help').shown())).toMatch(/What I can do/)
    expect(await bench.answers(user)).toEqual(['flash 4', 'flash undo'])
  })

  it('opens one deck, and offers decks and time zones while they are typed', async () => {
    const { user, channel } = await bench.learner()
    const { choices: decks } = await user.autocomplete(channel, 'review', 'deck', 'no').responded()
    expect(decks).toEqual([{ name: 'Nodes', value: 'nodes' }])
    expect(textOf(await user.slash(channel, 'review', { deck: 'helm' }).shown())).toMatch(/Which command/)
    expect(textOf(await user.slash(channel, 'review', { deck: 'none' }).shown())).toMatch(/no such deck/)
    const { choices: zones } = await user.autocomplete(channel, 'settings', 'zone', 'lond').responded()
    expect(zones).toEqual([{ name: 'Europe/London', value: 'Europe/London' }])
    expect(textOf(await user.slash(channel, 'settings', { zone: 'Berlin' }).shown())).toMatch(
      /Europe\/Berlin/,
    )
  })

  it('works in direct messages and in private channels without the bot', async () => {
    const ann = bench.server.user()
    expect(textOf(await ann.slash(ann.dm, 'review').shown())).toMatch(/Welcome/)
    expect(textOf(await ann.slash(bench.server.groupChat(ann), 'decks').shown())).toMatch(/Decks/)
  })
})

describe('what comes twice or is made up', () => {
  it('changes nothing when an interaction is delivered again', async () => {
    const { user, channel, card } = await bench.learner()
    const show = user.click(card, 'Show answer')
    const grade = user.click(await show.shown(), /^Good/)
    await grade.shown()
    const undo = user.slash(channel, 'undo')
    await undo.shown()
    for (let time = 0; time < 10; time++) for (const act of [show, grade, undo]) act.repeat()
    await bench.settled()
    expect(await bench.answers(user)).toEqual(['flash 4', 'flash undo'])
  })

  it('answers forged and old buttons politely', async () => {
    const { user, card } = await bench.learner()
    for (const customId of ['g:flash:0:0:9', 'x', 'w:v:flash', 'a:99', 'menu:0', '*'.repeat(100)]) {
      const toast = await user.click(card, { customId }).shown()
      expect(textOf(toast)).toMatch(/no longer works|over/)
      expect(isEphemeral(toast)).toBe(true)
    }
    expect(textOf(await user.click(card, { customId: 'g:flash:7:0:2' }).shown())).toMatch(/Already answered/)
    expect(await bench.answers(user)).toEqual([])
  })
})

describe('a person’s own data and cards', () => {
  it('is given as a file, and deleted after asking twice', async () => {
    const { user, channel, card } = await bench.learner()
    await user.click(await user.click(card, 'Show answer').shown(), /^Good/).shown()
    const exported = await user.slash(channel, 'export').shown()
    const [file] = await bench.server.until('the file', () => {
      const files = bench.server.filesOf(exported)
      return files.length > 0 && files
    })
    expect(JSON.parse(String(file?.content)).reviews).toHaveLength(1)
    const first = await user.slash(channel, 'forget').shown()
    const second = await user.click(first, /^Delete/).shown()
    expect(await bench.answers(user)).toHaveLength(1)
    expect(textOf(await user.click(second, 'Delete for good').shown())).toMatch(/Nothing about you is left/)
    expect(await bench.answers(user)).toEqual([])
  })

  it('makes a card of a message, previewed before it is kept', async () => {
    const { user, channel } = await bench.learner()
    const said = bench.server.user({ name: 'Bob' }).says(channel, 'The default port is **8080**')
    const form = await user.contextCommand(said, 'Make a card').responded()
    const preview = await user
      .submit(form, { prompt: 'Which port?', answer: 'The default port is **8080**' })
      .shown()
    expect(isEphemeral(preview)).toBe(true)
    expect(textOf(preview)).toMatch(/Which port/)
    const edit = await user.click(preview, 'Edit').responded()
    const again = await user.submit(edit, { prompt: 'Which default port?', answer: '8080' }).shown()
    const kept = await user.click(again, 'Keep').shown()
    expect(textOf(kept)).toMatch(/next new cards/)
    const decks: APIMessage = await user.slash(channel, 'decks').shown()
    expect(JSON.stringify(decks.components) + textOf(decks)).toMatch(/My cards/)
    const { choices: own } = await user.autocomplete(channel, 'review', 'deck', 'my').responded()
    expect(textOf(await user.slash(channel, 'review', { deck: String(own?.[0]?.value) }).shown())).toMatch(
      /Which default port/,
    )
    const { choices: quiz } = await user.autocomplete(channel, 'quiz', 'deck', 'my').responded()
    expect(quiz).toEqual([])
  })
})
