import type { Message } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rounds } from '../../../src/db/schema.ts'
import { doJob } from '../../../src/jobs/handlers.ts'
import { Bench } from './harness.ts'
import type { TestChat } from './support/chats.ts'
import { refused, tooManyRequests } from './support/faults.ts'
import { buttonLabels } from './support/server.ts'
import type { TestUser } from './support/user.ts'

const DAY_MS = 86_400_000
/** For forty votes, on a machine that has other things to do. */
const PATIENCE_MS = 30_000

let bench: Bench

beforeEach(async () => {
  bench = await Bench.start()
})

afterEach(async () => {
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

/** What the jobs of a daily quiz do. */
async function job(kind: 'openDaily' | 'closeDaily', roundId: number): Promise<void> {
  const { data, platforms, log } = bench
  await doJob(
    { kind, platform: 'telegram', roundId },
    { store: data.store, platforms, now: () => bench.now, log: (line) => log.push(line) },
  )
}

/** A group with a daily quiz of three questions, which an admin has had opened now. */
async function group(members: readonly string[] = ['Ann', 'Bob'], title = 'Crew') {
  const admin = bench.server.user({ firstName: 'Eve' })
  const people = members.map((firstName) => bench.server.user({ firstName }))
  const chat = bench.server.group({ title, members: people, administrators: [admin] })
  admin.says('/daily set 9:00 zone=UTC decks=helm hours=12', { in: chat })
  await bench.server.untilShown(chat, /is set/)
  admin.says('/daily now', { in: chat })
  await bench.server.untilShown(chat, /in a moment/)
  await bench.server.untilHandled()
  return { admin, people, chat, roundId: await latestRound() }
}

async function latestRound(): Promise<number> {
  const ids = await bench.data.db.select({ id: rounds.id }).from(rounds)
  return Math.max(...ids.map(({ id }) => id))
}

function polls(chat: TestChat): Message[] {
  return chat.messages.filter(({ poll }) => poll !== undefined)
}

function option({ poll }: Message, kind: 'right' | 'wrong'): string {
  return poll?.options.find(({ text }) => text.startsWith(kind))?.text ?? ''
}

function texts(chat: TestChat, like: RegExp): Message[] {
  return chat.messages.filter(({ from, text }) => from?.id === bench.server.me.id && like.test(text ?? ''))
}

const RESULT = /the answers/

describe('a daily quiz in a group', () => {
  it('opens with a line and native quiz polls that close by themselves', async () => {
    const { chat, roundId } = await group()
    await job('openDaily', roundId)
    const [opening] = texts(chat, /^Daily quiz\n3 questions\. Everybody may answer each once, until/)
    expect(opening?.entities).toContainEqual(
      expect.objectContaining({ type: 'date_time', unix_time: Date.parse('2026-03-02T21:00:00Z') / 1000 }),
    )
    expect(polls(chat)).toHaveLength(3)
    for (const { poll } of polls(chat)) {
      expect(poll).toMatchObject({ type: 'quiz', is_anonymous: false, open_period: 43_200 })
      expect(poll?.explanation).toMatch(/^Because of/)
    }
    await job('openDaily', roundId)
    expect(polls(chat)).toHaveLength(3)
    expect(bench.server.refused).toEqual([])
  })

  it('takes the answers of twenty people, whatever they answer first, and shows once how it went', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `P${index}`)
    const { people, chat, roundId } = await group(names)
    await job('openDaily', roundId)
    const [first, second] = polls(chat)
    if (first === undefined || second === undefined) throw new Error('too few polls')
    for (const [index, person] of people.entries()) {
      person.votes(second, option(second, index < 12 ? 'right' : 'wrong'))
      person.votes(first, option(first, 'right'))
    }
    await bench.server.until('all votes', () => bench.server.updates.pending.length === 0, PATIENCE_MS)
    expect(polls(chat)).toHaveLength(3)
    await bench.after(DAY_MS / 2)
    await Promise.all([job('closeDaily', roundId), job('closeDaily', roundId)])
    await job('closeDaily', roundId)
    const results = texts(chat, RESULT)
    expect(results).toHaveLength(1)
    const { text = '' } = results[0] ?? {}
    expect(text).toMatch(/Right: 20 of 20 \(P\d+(?:, P\d+){9}, 10 more\)/)
    expect(text).toMatch(/Right: 12 of 20/)
    expect(text).toMatch(/8 × wrong/)
    expect(text).toContain('Nobody answered.')
    // Telegram shows the explanation with the poll.
    expect(text).not.toContain('Because of')
    expect(text).toMatch(/1\.\s+P\d+\s+2 of 3/)
    expect(text).toContain('… and 10 more')
    expect(polls(chat).every(({ poll }) => poll?.is_closed)).toBe(true)
    for (const person of people) expect(await bench.answers(person)).toHaveLength(2)
    expect(bench.server.refused).toEqual([])
  }, 60_000)

  it('counts an answer once, and none that was taken back or came late', async () => {
    const { people, chat, roundId } = await group()
    const [ann, bob] = people as [TestUser, TestUser]
    await job('openDaily', roundId)
    const [first, second] = polls(chat) as [Message, Message]
    const vote = ann.votes(first, option(first, 'wrong'))
    ann.retracts(first)
    if (vote !== null) for (let time = 0; time < 10; time++) bench.server.repeat(vote)
    await bench.server.untilHandled()
    expect(await bench.answers(ann)).toHaveLength(1)
    await bench.after(DAY_MS / 2)
    bob.votes(second, option(second, 'right'))
    await bench.server.untilHandled()
    expect(await bench.answers(bob)).toEqual([])
    await job('closeDaily', roundId)
    expect(texts(chat, RESULT)[0]?.text).toMatch(/The one who answered did not know\.\n1 × wrong/)
  })

  it('is made up for in private by the link below the result', async () => {
    const { people, chat, roundId } = await group()
    const [ann] = people as [TestUser]
    await job('openDaily', roundId)
    await bench.after(DAY_MS / 2)
    await job('closeDaily', roundId)
    const [result] = texts(chat, RESULT)
    expect(result?.reply_markup?.inline_keyboard).toMatchObject([
      [{ url: `https://t.me/${bench.server.me.username}?start=catchup-${roundId}` }],
    ])
    ann.says(`/start catchup-${roundId}`)
    const asked = await bench.shown(ann, /question 1 of 3/)
    expect(buttonLabels(asked).flat().length).toBeGreaterThan(1)
    await bench.press(ann, /right|wrong|^A$/)
    await bench.shown(ann, /Because of/)
    expect(await bench.answers(ann)).toHaveLength(1)
  })

  it('names nobody who is hidden, and calls nobody by their name', async () => {
    const { people, chat, roundId } = await group(['Ann', '@all *b* [x](http://evil.example) \u202e'])
    const [ann, bob] = people as [TestUser, TestUser]
    await job('openDaily', roundId)
    const [first] = polls(chat) as [Message]
    for (const person of [ann, bob]) person.votes(first, option(first, 'right'))
    await bench.server.untilHandled()
    await bench.data.store.changeSettings(await bench.learnerOf(ann), { hidden: true })
    await bench.after(DAY_MS / 2)
    await job('closeDaily', roundId)
    const [{ text = '', entities = [] } = {}] = texts(chat, RESULT)
    expect(text).toContain('Right: 2 of 2')
    expect(text).not.toContain('Ann')
    expect(text).toContain('*b* [x](http://evil')
    expect(text).not.toContain('\u202e')
    const code = entities.filter(({ type }) => type === 'pre')
    for (const { index } of text.matchAll(/@all/g)) {
      expect(code.some(({ offset, length }) => offset <= index && index < offset + length)).toBe(true)
    }
    expect(bench.server.refused).toEqual([])
  })

  it('goes on where a process was killed, and sends nothing again that it has noted', async () => {
    const { chat, roundId } = await group()
    bench.server.fault('sendPoll', refused(400, 'Bad Request: test'), 1)
    await expect(job('openDaily', roundId)).rejects.toThrow()
    // The line that goes before the first poll goes with it.
    expect(texts(chat, /^Daily quiz\n3/)).toEqual([])
    await job('openDaily', roundId)
    expect(texts(chat, /^Daily quiz\n3/)).toHaveLength(1)
    await bench.restart()
    await job('openDaily', roundId)
    expect(polls(chat)).toHaveLength(3)
  })

  it('sends each question once when two do it at the same time', async () => {
    const { chat, roundId } = await group()
    await Promise.allSettled([job('openDaily', roundId), job('openDaily', roundId)])
    await job('openDaily', roundId).catch(() => {})
    expect(polls(chat)).toHaveLength(3)
    expect(texts(chat, /^Daily quiz\n3/)).toHaveLength(1)
  })

  it('waits as long as Telegram wants, and asks everything all the same', async () => {
    const groups = [await group(['Ann']), await group(['Bob']), await group(['Cid'])]
    bench.server.fault('sendPoll', tooManyRequests(1), 2)
    await Promise.all(groups.map(({ roundId }) => job('openDaily', roundId)))
    for (const { chat } of groups) expect(polls(chat)).toHaveLength(3)
  })
})

describe('the summary of a week', () => {
  it('is posted in the group, and left out with a line in the log where the bot was thrown out', async () => {
    const { admin, people, chat, roundId } = await group(['Ann'])
    await job('openDaily', roundId)
    const [first] = polls(chat) as [Message]
    people[0]?.votes(first, option(first, 'right'))
    await bench.server.untilHandled()
    bench.now = new Date(bench.now.getTime() + 7 * DAY_MS)
    const { data, platforms, log } = bench
    const place = { platform: 'telegram', placeId: String(chat.info.id) } as const
    const team = await data.store.teamAt(place)
    const post = () =>
      doJob(
        { kind: 'postWeekly', platform: 'telegram', teamId: team?.id ?? 0, chatId: place.placeId },
        { store: data.store, platforms, now: () => bench.now, log: (line) => log.push(line) },
      )
    await post()
    expect(texts(chat, /^The week of Crew\n[\s\S]*Ann/)).toHaveLength(1)
    expect(log).toEqual([])
    admin.removesBot(chat)
    await bench.server.untilHandled()
    await post()
    expect(texts(chat, /^The week of Crew/)).toHaveLength(1)
    expect(log.at(-1)).toBe(
      `the weekly summary of team ${team?.id} was not posted: I am not in chat ${place.placeId} any more`,
    )
  })
})

describe('a group that changes', () => {
  it('keeps its daily quiz as a supergroup, with the quiz that is open', async () => {
    const { people, chat, roundId } = await group()
    const [ann] = people as [TestUser]
    await job('openDaily', roundId)
    const [first] = polls(chat) as [Message]
    const supergroup = bench.server.migrate(chat)
    await bench.server.untilHandled()
    ann.votes(first, option(first, 'right'))
    await bench.server.untilHandled()
    await bench.after(DAY_MS / 2)
    await job('closeDaily', roundId)
    expect(texts(supergroup, RESULT)[0]?.text).toContain('Right: 1 of 1 (Ann)')
    ann.says('/daily', { in: supergroup })
    await bench.server.untilShown(supergroup, /Next: |tomorrow|09:00|9:00/)
  })

  it('is followed also when only the answer to a call says that it is another one now', async () => {
    const { chat, roundId } = await group()
    const supergroup = bench.server.migrate(chat)
    bench.server.updates.confirm(({ message }) => message?.migrate_to_chat_id !== undefined)
    await job('openDaily', roundId)
    expect(polls(supergroup)).toHaveLength(3)
  })

  it('has its daily quiz paused when the bot is thrown out, and says why nothing came', async () => {
    const { admin, chat, roundId } = await group()
    admin.removesBot(chat)
    await bench.server.untilHandled()
    const place = { platform: 'telegram', placeId: String(chat.info.id) } as const
    await bench.server.until('the pause', () => bench.server.callsOf('sendChatAction').length > 0)
    await bench.server.untilHandled()
    expect((await bench.data.store.daily(place))?.next).toBeNull()
    await expect(job('openDaily', roundId)).rejects.toThrow(
      `I am not in the Telegram group "Crew" (${chat.info.id}) any more: add me again`,
    )
  })

  it('says in words what is not allowed there', async () => {
    const { roundId } = await group()
    bench.server.fault('sendPoll', refused(400, 'Bad Request: not enough rights to send polls to the chat'))
    await expect(job('openDaily', roundId)).rejects.toThrow('I may not send messages and polls in')
  })
})
