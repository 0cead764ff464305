import type { APIMessage } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Asking } from '../../../src/core/asking.ts'
import { handle } from '../../../src/core/handle.ts'
import { DEFAULT_SETTINGS } from '../../../src/core/learner.ts'
import { PRESENCE_HOURS } from '../../../src/core/team/presence.ts'
import { Bench } from './harness.ts'
import { isEphemeral, type TestChannel, textOf } from './support/channels.ts'
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

const ONLY_MANAGERS = /Only who may manage this server/

/** The code that stands on a screen as its heading. */
function codeOn(message: APIMessage): string {
  const code = /### (\S{4}-\S{4})/.exec(textOf(message))?.[1]
  if (code === undefined) throw new Error(`no code on ${textOf(message)}`)
  return code
}

/** Somebody as another platform knows them. */
function askingInTelegram(externalId: string): Asking {
  const identity = { platform: 'telegram', externalId } as const
  return { identity, initialSettings: DEFAULT_SETTINGS, now: bench.now }
}

describe('setting a daily quiz up', () => {
  it('takes every option, answers privately, and shows everybody what is set', async () => {
    const guild = bench.server.guild({ channels: ['general', 'quiz'] })
    const [general, quiz] = guild.channels
    const max = bench.manager()
    const options = {
      time: '9:00',
      zone: 'Berlin',
      questions: 5,
      decks: 'helm',
      channel: quiz as TestChannel,
      weekdays: 'mon-fri',
      hours: 12,
    }
    const set = await max.slash(general, 'daily set', options).shown()
    expect(isEphemeral(set)).toBe(true)
    expect(textOf(set)).toMatch(
      /The daily quiz is set[\s\S]*9:00[\s\S]*Europe\/Berlin[\s\S]*5[\s\S]*12 hours[\s\S]*Helm/,
    )
    const status = await bench.server.user().slash(general, 'daily status').shown()
    expect(isEphemeral(status)).toBe(true)
    expect(textOf(status)).toMatch(/Europe\/Berlin/)
    await max.slash(general, 'daily now').shown()
    await bench.work()
    expect(max.sees(quiz as TestChannel).filter((one) => /question \d of 5/.test(textOf(one)))).toHaveLength(
      5,
    )
  })

  it('is for who has the permission at that moment', async () => {
    const [general] = bench.server.guild().channels
    const max = bench.manager()
    const ann = bench.server.user()
    expect(textOf(await ann.slash(general, 'daily set', { time: '9:00' }).shown())).toMatch(ONLY_MANAGERS)
    await max.slash(general, 'daily set', { time: '9:00' }).shown()
    max.managesServers = false
    for (const path of [
      'daily now',
      'daily pause',
      'daily resume',
      'daily off',
      'team invite',
      'team leave',
    ]) {
      const refusal = await max.slash(general, path).shown()
      expect(textOf(refusal)).toMatch(ONLY_MANAGERS)
      expect(isEphemeral(refusal)).toBe(true)
    }
    expect(textOf(await max.slash(general, 'daily status').shown())).toMatch(/The next one opens/)
    max.managesServers = true
    expect(textOf(await max.slash(general, 'daily pause').shown())).toMatch(/Paused/)
    expect(textOf(await max.slash(general, 'daily resume').shown())).toMatch(/It goes on/)
    expect(textOf(await max.slash(general, 'daily off').shown())).toMatch(/no daily quiz here any more/)
  })

  it('is refused where the bot may not write, is not there, or there is no server', async () => {
    const guild = bench.server.guild({ channels: ['general', 'secret'] })
    const [general, secret] = guild.channels
    const max = bench.manager()
    if (secret !== undefined) secret.denied = 'missing access'
    const options = { time: '9:00', channel: secret as TestChannel }
    expect(textOf(await max.slash(general, 'daily set', options).shown())).toMatch(
      /I may not write in <#\d+>/,
    )
    expect(textOf(await max.slash(general, 'daily status').shown())).toMatch(/There is no daily quiz here/)
    const [stranger] = bench.server.guild({ hasBot: false }).channels
    expect(textOf(await max.slash(stranger, 'daily set', { time: '9:00' }).shown())).toMatch(
      /I am not in this server/,
    )
    expect(textOf(await max.slash(max.dm, 'daily status').shown())).toMatch(/servers only/)
  })

  it('says what it cannot read, and offers decks and zones, several decks with commas', async () => {
    const [general] = bench.server.guild().channels
    const max = bench.manager()
    expect(textOf(await max.slash(general, 'daily set', { time: 'noonish' }).shown())).toMatch(
      /time is "noonish"/,
    )
    const decks = await max.autocomplete(general, 'daily set', 'decks', 'helm, no').responded()
    expect(decks.choices).toEqual([{ name: 'Helm, Nodes', value: 'helm,nodes' }])
    const first = await max.autocomplete(general, 'team decks', 'decks', '').responded()
    expect(first.choices?.map(({ name }) => name)).toEqual(['All decks', 'Helm', 'Nodes'])
    const zones = await max.autocomplete(general, 'team zone', 'zone', 'lond').responded()
    expect(zones.choices).toEqual([{ name: 'Europe/London', value: 'Europe/London' }])
    const all = await max.slash(general, 'daily set', { time: '9:00', decks: 'helm,nodes' }).shown()
    expect(textOf(all)).toMatch(/Helm, Nodes/)
  })
})

describe('two servers', () => {
  async function invited(): Promise<{
    max: TestUser
    mia: TestUser
    there: TestChannel
    shown: APIMessage
    entered: APIMessage
  }> {
    const [here] = bench.server.guild({ name: 'Acme' }).channels
    const [there] = bench.server.guild({ name: 'Globex' }).channels
    const [max, mia] = [bench.manager('Max'), bench.manager('Mia')]
    const shown = await max.slash(here, 'team invite').shown()
    const entered = await mia.slash(there, 'team join', { code: codeOn(shown) }).shown()
    return { max, mia, there, shown, entered }
  }

  it('become one team when who manages each of them confirms', async () => {
    const { max, mia, there, shown, entered } = await invited()
    expect(textOf(entered)).toMatch(/Join these places\?[\s\S]*Acme \(Discord\)/)
    await mia.click(entered, 'Confirm').shown()
    const whom = await max.click(shown, 'Confirm').shown()
    expect(whom.id).toBe(shown.id)
    expect(textOf(whom)).toMatch(/Globex \(Discord\)/)
    expect(textOf(await max.click(whom, 'Confirm').shown())).toMatch(/Joined: both places are one team/)
    const status = textOf(await bench.server.user().slash(there, 'team show').shown())
    expect(status).toMatch(/Acme/)
    expect(status).toMatch(/Globex/)
  })

  it('stay apart when one of them may not manage their server any more', async () => {
    const { max, mia, shown, entered } = await invited()
    mia.managesServers = false
    const refusal = await mia.click(entered, 'Confirm').shown()
    expect(textOf(refusal)).toMatch(ONLY_MANAGERS)
    const waiting = await max.click(shown, 'Confirm').shown()
    expect(textOf(waiting)).not.toMatch(/Joined/)
  })
})

describe('a leaderboard', () => {
  it('is for everybody in the channel, and has nobody who has left the server', async () => {
    const guild = bench.server.guild({ name: 'Acme' })
    const [general] = guild.channels
    const max = bench.manager()
    await max.slash(general, 'daily set', { time: '9:00', decks: 'helm' }).shown()
    await max.slash(general, 'daily now').shown()
    await bench.work()
    const [ann, bob] = [bench.server.user({ name: 'Ann' }), bench.server.user({ name: 'Bob' })]
    for (const question of ann.sees(general).filter((one) => /question \d of 3/.test(textOf(one)))) {
      for (const one of [ann, bob]) await one.click(question, /^right/).shown()
    }
    guild.left.add(bob.id)
    expect(textOf(await ann.slash(general, 'leaderboard').shown())).toMatch(/Bob/)
    // Whoever has just taken part is taken to be there; later Discord is asked.
    await bench.after(PRESENCE_HOURS * 3_600_000 + 1000)
    const board = await ann.slash(general, 'leaderboard', { period: 'all' }).shown()
    expect(isEphemeral(board)).toBe(false)
    expect(max.sees(general)).toContain(board)
    expect(textOf(board)).toMatch(/Leaderboard[\s\S]*Ann/)
    expect(textOf(board)).not.toMatch(/Bob/)
    const ofDeck = await ann.slash(general, 'leaderboard', { period: 'all', deck: 'helm' }).shown()
    expect(textOf(ofDeck)).toMatch(/Helm/)
  })

  it('says privately that there is no team yet', async () => {
    const [general] = bench.server.guild().channels
    const none = await bench.server.user().slash(general, 'leaderboard').shown()
    expect(isEphemeral(none)).toBe(true)
    expect(textOf(none)).toMatch(/No team here yet/)
  })
})

describe('a link with another platform', () => {
  it('shows a code, is confirmed on both sides, and can be taken apart', async () => {
    const { user, channel } = await bench.learner()
    const { store } = bench.data
    const shown = await user.slash(channel, 'link').shown()
    expect(isEphemeral(shown)).toBe(true)
    const there = askingInTelegram('77')
    const entered = await handle(store, there, { kind: 'link', code: codeOn(shown) })
    const confirm = entered.buttons.flat().find(({ label }) => label === 'Confirm')
    if (confirm === undefined) throw new Error('there is nothing to confirm')
    await handle(store, there, confirm.action)
    const whom = await user.click(shown, 'Confirm').shown()
    expect(textOf(whom)).toMatch(/entered on Telegram/)
    const joined = await user.click(whom, 'Confirm').shown()
    expect(joined.id).toBe(shown.id)
    expect(textOf(joined)).toMatch(/Joined/)
    expect((await store.learner(there.identity, DEFAULT_SETTINGS)).id).toBe(await bench.learnerOf(user))
    const asked = await user.slash(channel, 'unlink').shown()
    await user.click(asked, 'Separate').shown()
    expect((await store.learner(there.identity, DEFAULT_SETTINGS)).id).not.toBe(await bench.learnerOf(user))
  })

  it('takes the code of the other side, and says when it does not work', async () => {
    const { user, channel } = await bench.learner()
    const wrong = await user.slash(channel, 'link', { code: 'K7QF-93XM' }).shown()
    expect(textOf(wrong)).toMatch(/does not work/)
    expect(textOf(await user.slash(channel, 'link', { code: 'hello' }).shown())).toMatch(
      /eight letters and digits/,
    )
  })
})
