import type { APIMessage } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deck } from '../../../src/core/card.ts'
import { type Block, privateScreen, type Screen } from '../../../src/core/screen.ts'
import type { Store } from '../../../src/core/store.ts'
import { sampleCard } from '../../support/sampleDeck.ts'
import { Bench } from './harness.ts'
import { buttonLabels, isEphemeral, type TestChannel, textOf } from './support/channels.ts'
import { connectionCut, hang, refused } from './support/faults.ts'
import type { TestUser } from './support/user.ts'

const HOUR_MS = 3_600_000
const DAILY = { time: '9:00', questions: 2, decks: 'helm', hours: 2 }

let bench: Bench
/** What is to go wrong in the store, by the method's name, each once. */
let broken: string[]

function breaking(store: Store): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        const index = broken.indexOf(String(name))
        if (index < 0) return value.apply(target, given)
        broken.splice(index, 1)
        return Promise.reject(new Error(`the process ends before ${String(name)}`))
      }
    },
  })
}

beforeEach(async () => {
  broken = []
  bench = await Bench.start(undefined, breaking)
})

afterEach(async () => {
  expect(bench.server.refused).toEqual([])
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

/** Sets a daily quiz up in a new server and opens today's; its jobs are still to be done. */
async function opened(options: Record<string, string | number> = DAILY) {
  const guild = bench.server.guild({ name: 'Acme' })
  const max = bench.manager()
  const [general] = guild.channels
  await max.slash(general, 'daily set', options).shown()
  await max.slash(general, 'daily now').shown()
  return { guild, general, max }
}

/** The questions in a channel, as somebody sees them. */
function questions(user: TestUser, channel: TestChannel): APIMessage[] {
  return user.sees(channel).filter((message) => /Daily quiz · .* · question \d of \d/.test(textOf(message)))
}

function ends(user: TestUser, channel: TestChannel): APIMessage[] {
  return user.sees(channel).filter((message) => /Quiz over/.test(textOf(message)))
}

describe('a daily quiz', () => {
  it('asks one message per question, each counting down, and once when it is opened twice', async () => {
    const { general, max } = await opened()
    const [job] = bench.data.jobs
    await bench.work()
    if (job?.kind === 'openDaily') bench.data.jobs.push(job)
    await bench.work()
    const asked = questions(max, general)
    expect(asked).toHaveLength(2)
    for (const message of asked) {
      expect(textOf(message)).toMatch(/Closes <t:\d+:R>/)
      expect(buttonLabels(message)).toHaveLength(4)
    }
  })

  it('counts twenty people’s answers once each, tells only them, and shows the result when it closes', async () => {
    const { general, max } = await opened()
    await bench.work()
    const [first, second] = questions(max, general)
    if (first === undefined || second === undefined) throw new Error('two questions were asked')
    const people = Array.from({ length: 20 }, (_, index) => bench.server.user({ name: `Member ${index}` }))
    const pressed = people.map((one, index) => [one, index < 12 ? /^right/ : /^wrong a/] as const)
    const toasts: APIMessage[] = []
    // In waves: a slow machine takes longer for twenty at once than Discord waits.
    for (let from = 0; from < pressed.length; from += 5) {
      const wave = pressed.slice(from, from + 5).map(([one, choice]) => one.click(first, choice).shown())
      toasts.push(...(await Promise.all(wave)))
    }
    for (const toast of toasts) {
      expect(isEphemeral(toast)).toBe(true)
      expect(textOf(toast)).toMatch(/Your answer is in: [A-D]. Right or wrong shows <t:\d+:R>/)
    }
    const [ann] = people
    if (ann === undefined) return
    expect(textOf(await ann.click(first, /^wrong b/).shown())).toMatch(/answered already/)
    await bench.after(HOUR_MS)
    await bench.work()
    expect(ends(ann, general)).toEqual([])
    await bench.after(HOUR_MS)
    expect(textOf(await ann.click(second, /^right/).shown())).toMatch(/takes no answers any more/)
    await bench.work()
    expect(textOf(first)).toMatch(/12 of 20 right[\s\S]*Because of[\s\S]*New to all of you[\s\S]*sample\.md/)
    expect(textOf(second)).toMatch(/nobody answered/)
    expect(buttonLabels(first)).toEqual([])
    const [end, ...more] = ends(ann, general)
    expect(more).toEqual([])
    expect(textOf(end as APIMessage)).toMatch(
      /Daily quiz · 2 questions[\s\S]*1 of 2[\s\S]*… and 5 more[\s\S]*Question 1/,
    )
    expect(await bench.answers(ann)).toHaveLength(1)
  })

  it('lets whoever missed it catch up for their own eyes, and leaves what everybody sees', async () => {
    const { general, max } = await opened()
    await bench.work()
    await bench.after(2 * HOUR_MS)
    await bench.work()
    const [end] = ends(max, general)
    if (end === undefined) throw new Error('the quiz has an end')
    const before = textOf(end)
    const ann = bench.server.user()
    const first = await ann.click(end, 'Catch up').shown()
    expect(first.id).not.toBe(end.id)
    expect(isEphemeral(first)).toBe(true)
    expect(textOf(first)).toMatch(/question 1 of 2/)
    const feedback = await ann.click(first, /^right/).shown()
    expect(feedback.id).toBe(first.id)
    expect(textOf(feedback)).toMatch(/^### Right\./)
    const second = await ann.click(feedback, 'Next').shown()
    const wrong = await ann.click(second, /^wrong a/).shown()
    expect(textOf(wrong)).toMatch(/Not right/)
    expect(textOf(await ann.click(wrong, 'Next').shown())).toMatch(/1 of 2 right/)
    expect(textOf(end)).toBe(before)
    expect(await bench.answers(ann)).toHaveLength(2)
    // Somebody else begins at the beginning.
    const bob = bench.server.user({ name: 'Bob' })
    expect(textOf(await bob.click(end, 'Catch up').shown())).toMatch(/question 1 of 2/)
  })

  it('names nobody who is hidden, but counts them', async () => {
    const { general, max } = await opened()
    await bench.work()
    const [ann, bob] = [bench.server.user({ name: 'Ann' }), bench.server.user({ name: 'Secret' })]
    for (const question of questions(max, general)) {
      for (const one of [ann, bob]) await one.click(question, /^right/).shown()
    }
    await bench.data.store.changeSettings(await bench.learnerOf(bob), { hidden: true })
    await bench.after(2 * HOUR_MS)
    await bench.work()
    const texts = [...questions(max, general), ...ends(max, general)].map(textOf)
    expect(texts).toHaveLength(3)
    expect(texts.join('\n')).not.toMatch(/Secret/)
    expect(texts[0]).toMatch(/2 of 2 right[\s\S]*Ann and 1 more/)
    expect(texts[2]).toMatch(/Ann[\s\S]*2 of 2[\s\S]*and 1 more/)
  })
})

describe('a process that ends in the middle', () => {
  it('leaves a question that was sent but not noted, which is not sent again', async () => {
    const { general, max } = await opened()
    broken.push('questionSent')
    await expect(bench.work()).rejects.toThrow('before questionSent')
    expect(questions(max, general)).toHaveLength(1)
    await bench.restart()
    await bench.work()
    expect(questions(max, general)).toHaveLength(2)
    const ann = bench.server.user()
    for (const question of questions(max, general)) {
      expect(textOf(await ann.click(question, /^right/).shown())).toMatch(/Your answer is in/)
    }
  })

  it('shows the result once, wherever it ended, and however often it is closed', async () => {
    const { general, max } = await opened()
    await bench.work()
    await bench.after(2 * HOUR_MS)
    bench.server.fault(/^POST .*messages$/, connectionCut({ taken: true }), 3)
    await expect(bench.work()).rejects.toThrow()
    broken.push('endRound')
    await expect(bench.work()).rejects.toThrow('before endRound')
    await bench.restart()
    const [job] = bench.data.jobs
    await bench.work()
    if (job !== undefined) bench.data.jobs.push(job, job)
    await bench.work()
    expect(ends(max, general)).toHaveLength(1)
    expect(questions(max, general)).toHaveLength(2)
  })
})

describe('a channel in trouble', () => {
  it('fails the job in words that say what to do, and the quiz comes once it may', async () => {
    const { general, max } = await opened()
    general.denied = 'missing permissions'
    await expect(bench.work()).rejects.toThrow(
      new RegExp(`I may not write in channel ${general.id}: give me View Channel and Send Messages`),
    )
    general.denied = null
    await bench.work()
    expect(questions(max, general)).toHaveLength(2)
  })

  it('that is gone is named', async () => {
    const { general } = await opened()
    bench.server.channels.remove(general)
    await expect(bench.work()).rejects.toThrow(
      `channel ${general.id} is gone: set another one with /daily set`,
    )
  })

  it('leaves a deleted question deleted, and shows the others', async () => {
    const { general, max } = await opened()
    await bench.work()
    const [first] = questions(max, general)
    if (first !== undefined) bench.server.channels.delete(first)
    await bench.after(2 * HOUR_MS)
    await bench.work()
    expect(questions(max, general)).toHaveLength(1)
    expect(ends(max, general)).toHaveLength(1)
  })

  it('that is slow holds up no other', async () => {
    const slow = await opened()
    const stuck = hang()
    bench.server.fault(new RegExp(`^POST .channels.${slow.general.id}.messages`), stuck)
    const quick = await opened()
    const working = bench.work()
    await bench.server.until('the other quiz', () => questions(quick.max, quick.general).length === 2)
    expect(questions(slow.max, slow.general)).toEqual([])
    stuck.release()
    await working
    expect(questions(slow.max, slow.general)).toHaveLength(2)
  })
})

describe('hostile texts', () => {
  it('show as they are written in questions, results and standings, and ping nobody', async () => {
    const hostile = '*_[]~># @everyone <@123> [x](http://e.example) ||s|| ``` \u202e'
    const deck: Deck = {
      id: 'helm',
      title: `Helm ${hostile}`,
      cards: [
        sampleCard({
          id: 'a',
          kind: 'choice',
          prompt: `Which ${hostile}`,
          answer: 'right',
          wrong: [`no ${hostile}`, 'x'],
          explanation: `Because ${hostile} ${'word '.repeat(600)}`,
        }),
      ],
    }
    await bench.data.store.syncDecks([deck])
    const { general, max } = await opened()
    await bench.work()
    const eve = bench.server.user({ name: '<@1> @everyone `x`' })
    const [question] = questions(max, general)
    if (question === undefined) throw new Error('a question was asked')
    await eve.click(question, /./).shown()
    await bench.after(2 * HOUR_MS)
    await bench.work()
    expect(ends(max, general)).toHaveLength(1)
    for (const { body } of bench.server.callsLike(/messages|callback/)) {
      const mentions = body.data?.allowed_mentions ?? body.allowed_mentions
      if (mentions !== undefined) expect(mentions).toEqual({ parse: [] })
    }
    for (const message of max.sees(general)) expect(textOf(message)).not.toMatch(/(?<!\\)@everyone|(?<!\\)<@/)
  })
})

describe('a quiz in a server that the bot was taken out of', () => {
  it('fails in words, too', async () => {
    await opened()
    bench.server.fault(/^POST .*messages/, refused(403, 50001, 'Missing Access'))
    await expect(bench.work()).rejects.toThrow(/may not write .*\(Discord server "Acme"; .*50001/)
    await bench.work()
  })
})

describe('what is posted by the clock', () => {
  it('is there once, however often it is tried, and in each channel', async () => {
    const [general, other] = bench.server.guild({ channels: ['general', 'other'] }).channels
    const hands = bench.platforms.of('discord')
    const line: Block = { kind: 'plain', text: 'The week of Acme' }
    const screen: Screen = { ...privateScreen({ blocks: [line] }), visibility: 'everyone' }
    for (const key of ['20260105', '20260105', '20260112']) await hands?.post(general.id, screen, key)
    await hands?.post(other?.id ?? '', screen, '20260105')
    const ann = bench.server.user()
    expect(ann.sees(general)).toHaveLength(2)
    expect(other && ann.sees(other)).toHaveLength(1)
  })

  it('says what to do where it may not write', async () => {
    const [general] = bench.server.guild().channels
    bench.server.fault(/^POST .*messages/, refused(403, 50001, 'Missing Access'))
    const screen = privateScreen({ blocks: [{ kind: 'plain', text: 'The week of Acme' }] })
    await expect(bench.platforms.of('discord')?.post(general.id, screen, '20260105')).rejects.toThrow(
      /give me View Channel/,
    )
  })
})
