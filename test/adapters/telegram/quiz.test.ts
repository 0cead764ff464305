import type { Message } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench } from './harness.ts'
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

const QUESTION_MS = 20_000

/** Waits for the poll with this number. */
function question(chat: TestUser['chat'], number: number): Promise<Message> {
  return bench.server.untilShown(chat, new RegExp(`^${number}/10`))
}

function rightOption({ poll }: Message): string {
  const text = poll?.options.find(({ text }) => text.startsWith('right'))?.text
  if (text === undefined) throw new Error('the poll has no right option')
  return text
}

function wrongOption({ poll }: Message): string {
  return poll?.options.find(({ text }) => text.startsWith('wrong'))?.text ?? ''
}

describe('a quiz in a private chat', () => {
  it('asks ten native quiz polls, one after the other, and sums up', async () => {
    const { user } = await bench.learner()
    user.says('/quiz helm')
    for (let number = 1; number <= 10; number++) {
      const poll = await question(user.chat, number)
      expect(poll.poll).toMatchObject({ type: 'quiz', is_anonymous: false })
      expect(poll.poll?.explanation).toMatch(/^Because of/)
      user.votes(poll, number <= 8 ? rightOption(poll) : wrongOption(poll))
    }
    await bench.shown(user, /8 of 10 right/)
    const answers = await bench.answers(user)
    expect(answers.filter((answer) => answer.endsWith(' 4'))).toHaveLength(8)
    expect(answers.filter((answer) => answer.endsWith(' 1'))).toHaveLength(2)
  })

  it('leaves a card that is not due alone when it is known, and lapses it when not', async () => {
    const { user } = await bench.learner()
    for (let time = 0; time < 2; time++) {
      user.says('/quiz helm')
      for (let number = 1; number <= 10; number++) {
        const poll = await question(user.chat, number)
        user.votes(poll, time === 0 || number > 1 ? rightOption(poll) : wrongOption(poll))
      }
      await bench.shown(user, /of 10 right/)
    }
    const { reviews } = await bench.data.store.exportLearner(await bench.learnerOf(user))
    const kinds = (reviews as { kind: string }[]).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'early').length).toBeLessThanOrEqual(1)
    expect(new Set(kinds)).toEqual(expect.objectContaining(new Set(['scheduled', 'practice'])))
  })

  it('counts an answer once, however often it is delivered, and asks the next question once', async () => {
    const { user } = await bench.learner()
    user.says('/quiz helm')
    const poll = await question(user.chat, 1)
    const vote = user.votes(poll, rightOption(poll))
    await question(user.chat, 2)
    for (let time = 0; time < 50; time++) if (vote !== null) bench.server.repeat(vote)
    await bench.server.untilHandled()
    expect(await bench.answers(user)).toHaveLength(1)
    expect(bench.server.callsOf('sendPoll')).toHaveLength(2)
  })

  it('gives way to a new one, and says when there is no such deck', async () => {
    const { user } = await bench.learner()
    user.says('/quiz helm')
    await question(user.chat, 1)
    user.says('/quiz')
    await bench.server.untilCalled('stopPoll')
    await bench.server.untilCalled('sendPoll', 2)
    user.says('/quiz nonsense')
    await bench.shown(user, /no such deck. There are: Helm, Nodes/)
  })
})

describe('a quiz in a group', () => {
  async function group() {
    const ann = bench.server.user({ firstName: 'Ann' })
    const bob = bench.server.user({ firstName: 'Bob @all' })
    const chat = bench.server.group({ members: [ann], administrators: [bob] })
    return { ann, bob, chat }
  }

  it('is answered by everyone, closes each question on time, and ends with standings', async () => {
    const { ann, bob, chat } = await group()
    ann.says('/quiz helm', { in: chat })
    for (let number = 1; number <= 10; number++) {
      const poll = await question(chat, number)
      expect(poll.poll?.open_period).toBe(20)
      ann.votes(poll, rightOption(poll))
      if (number === 1) bob.votes(poll, wrongOption(poll))
      await bench.server.untilHandled()
      await bench.after(QUESTION_MS - 1)
      expect(bench.server.lastShown(chat)?.message_id).toBe(poll.message_id)
      await bench.after(1)
    }
    const standings = await bench.server.untilShown(chat, /Quiz over/)
    expect(standings.text).toMatch(/1\.\s+Ann\s+10 of 10[\s\S]*2\.\s+Bob/)
    // Telegram looks for names to ping outside of code only.
    const code = standings.entities?.find(({ type }) => type === 'pre')
    const names = standings.text?.indexOf('@all') ?? -1
    expect(names).toBeGreaterThan(code?.offset ?? Number.POSITIVE_INFINITY)
    expect(names).toBeLessThan((code?.offset ?? 0) + (code?.length ?? 0))
    expect(await bench.answers(ann)).toHaveLength(10)
    expect(await bench.answers(bob)).toHaveLength(1)
  })

  it('goes on after a restart: the question on show takes answers and closes on time', async () => {
    const { ann, chat } = await group()
    ann.says('/quiz helm', { in: chat })
    const poll = await question(chat, 1)
    await bench.restart()
    ann.votes(poll, rightOption(poll))
    await bench.server.untilHandled()
    await bench.after(QUESTION_MS)
    await question(chat, 2)
    expect(await bench.answers(ann)).toHaveLength(1)
  })

  it('is one at a time, and an admin may end it', async () => {
    const { ann, bob, chat } = await group()
    ann.says('/quiz helm', { in: chat })
    await question(chat, 1)
    ann.says('/quiz nodes', { in: chat })
    await bench.server.untilShown(chat, /going on here already/)
    ann.says('/stop', { in: chat })
    await bench.server.untilShown(chat, /Only an admin/)
    bob.says('/stop', { in: chat })
    await bench.server.untilShown(chat, /Quiz over/)
    bob.says('/stop', { in: chat })
    await bench.server.untilShown(chat, /No quiz/)
  })

  it('never shows anybody’s own cards, but the way into the private chat', async () => {
    const { ann, chat } = await group()
    for (const command of ['/review', '/stats', '/export', '/forget', '/start']) {
      ann.says(command, { in: chat })
      await bench.server.untilHandled()
    }
    const shown = chat.messages.filter(({ from }) => from?.id === bench.server.me.id)
    expect(shown).toHaveLength(5)
    for (const { text, reply_markup } of shown) {
      expect(text).toMatch(/private chat/)
      expect(reply_markup?.inline_keyboard).toMatchObject([
        [{ url: expect.stringContaining('?start=review') }],
      ])
    }
    expect(bench.server.callsOf('sendDocument')).toEqual([])
  })
})
