import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src/core/learner.ts'
import { Bench } from './harness.ts'
import { refused } from './support/faults.ts'

let bench: Bench

beforeEach(async () => {
  bench = await Bench.start()
})

afterEach(async () => {
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

function group(title = 'Crew') {
  const eve = bench.server.user({ firstName: 'Eve' })
  const ann = bench.server.user({ firstName: 'Ann' })
  const chat = bench.server.group({ title, members: [ann], administrators: [eve] })
  return { eve, ann, chat }
}

const ADMINS_ONLY = /Only an admin/

describe('a command about a team', () => {
  it.each([
    '/daily set 9:00',
    '/daily 9:00',
    '/daily now',
    '/daily pause',
    '/daily resume',
    '/daily off',
    '/team invite',
    '/team join K7QF-93XM',
    '/team weekly off',
    '/team decks helm',
    '/team zone Berlin',
    '/team leave',
  ])('%s is for admins, as Telegram says at that moment', async (command) => {
    const { eve, ann, chat } = group()
    ann.says(command, { in: chat })
    await bench.server.untilShown(chat, ADMINS_ONLY)
    chat.administrators.delete(eve.id)
    const before = chat.messages.length
    eve.says(command, { in: chat })
    await bench.server.untilHandled()
    expect(chat.messages.slice(before + 1).at(-1)?.text).toMatch(ADMINS_ONLY)
  })

  it('is taken from an admin who hides behind the group, and not from another bot', async () => {
    const { eve, chat } = group()
    eve.says('/daily set 9:00 zone=UTC', { in: chat, isAnonymous: true })
    await bench.server.untilShown(chat, /is set/)
    expect(bench.server.callsOf('getChatMember')).toEqual([])
    const bot = bench.server.user({ firstName: 'Bot' })
    Object.assign(bot.info, { is_bot: true })
    chat.members.set(bot.id, bot.info)
    const before = chat.messages.length
    bot.says('/daily off', { in: chat })
    await bench.server.untilHandled()
    expect(chat.messages).toHaveLength(before + 1)
  })

  it('finds the admins also where members are hidden from the bot', async () => {
    const { eve, chat } = group()
    bench.server.fault('getChatMember', refused(400, 'Bad Request: CHAT_ADMIN_REQUIRED'))
    eve.says('/daily set 9:00 zone=UTC', { in: chat })
    await bench.server.untilShown(chat, /is set/)
  })

  it('shows what is set up to everybody, and how an admin sets it', async () => {
    const { eve, ann, chat } = group()
    ann.says('/daily', { in: chat })
    await bench.server.untilShown(chat, /no daily quiz[\s\S]*\/daily set 9:00 zone=/)
    eve.says('/daily set 25:00', { in: chat })
    await bench.server.untilShown(chat, /25:00/)
    eve.says('/daily set 9:00 zone=Berlin questions=5 decks=helm days=mon-fri hours=12', { in: chat })
    await bench.server.untilShown(chat, /is set/)
    ann.says('/daily status', { in: chat })
    await bench.server.untilShown(chat, /5 cards?|5 questions?|Questions\s+5/)
    ann.says('/daily nonsense', { in: chat })
    await bench.server.untilShown(chat, /^\/daily set/)
  })

  it('is refused in private with a word on where it works', async () => {
    const ann = bench.server.user()
    for (const command of ['/daily', '/team', '/leaderboard']) {
      ann.says(command)
      await bench.shown(ann, /for groups/)
    }
  })
})

describe('two groups that become one team', () => {
  it('are joined by a code that an admin of each confirms, asked of Telegram at the press', async () => {
    const one = group('One')
    const other = group('Other')
    one.eve.says('/team invite', { in: one.chat })
    const invitation = await bench.server.untilShown(one.chat, /\/team join \w{4}-\w{4}/)
    const code = /\/team join (\w{4}-\w{4})/.exec(invitation.text ?? '')?.[1]
    other.eve.says(`/team join ${code}`, { in: other.chat })
    const asked = await bench.server.untilShown(other.chat, /Join these places/)
    expect(await other.ann.press(asked, 'Confirm').answered()).toMatchObject({
      text: expect.stringMatching(ADMINS_ONLY),
    })
    expect(await other.eve.press(asked, 'Confirm').answered()).toMatchObject({ text: '' })
    await bench.server.untilHandled()
    one.chat.administrators.delete(one.eve.id)
    expect(await one.eve.press(invitation, 'Confirm').answered()).toMatchObject({
      text: expect.stringMatching(ADMINS_ONLY),
    })
    one.chat.administrators.add(one.eve.id)
    await one.eve.press(invitation, 'Confirm').answered()
    const seen = await bench.server.untilShown(one.chat, /Join these places[\s\S]*Other/)
    await one.eve.press(seen, 'Confirm').answered()
    await bench.server.untilShown(one.chat, /one team now/)
    const teams = await Promise.all(
      [one, other].map(({ chat }) =>
        bench.data.store.teamAt({ platform: 'telegram', placeId: String(chat.info.id) }),
      ),
    )
    expect(teams[0]?.id).toBe(teams[1]?.id)
  })

  it('stay two when another admin gives the code up, and it works no more', async () => {
    const one = group('One')
    const other = group('Other')
    one.eve.says('/team invite', { in: one.chat })
    const invitation = await bench.server.untilShown(one.chat, /\/team join \w{4}-\w{4}/)
    const code = /\/team join (\w{4}-\w{4})/.exec(invitation.text ?? '')?.[1]
    expect(await one.ann.press(invitation, 'Give up').answered()).toMatchObject({
      text: expect.stringMatching(ADMINS_ONLY),
    })
    one.chat.administrators.add(one.ann.id)
    await one.ann.press(invitation, 'Give up').answered()
    await bench.server.untilShown(one.chat, /Given up: nothing was joined/)
    other.eve.says(`/team join ${code}`, { in: other.chat })
    await bench.server.untilShown(other.chat, /That code does not work/)
  })

  it('have no other buttons: what is one’s own is for the private chat', async () => {
    const { ann, chat } = group()
    ann.says('/team', { in: chat })
    const shown = await bench.server.untilShown(chat, /./)
    const press = ann.press(shown, { data: 'g:flash:0:0:2' })
    expect(await press.answered()).toMatchObject({ text: expect.stringMatching(/private chat/) })
    expect(await bench.answers(ann)).toEqual([])
  })
})

describe('an account on another platform', () => {
  it('is linked by a code, entered or shown, and separated again', async () => {
    const { user } = await bench.learner()
    const { store } = bench.data
    const there = { platform: 'discord', externalId: '77' } as const
    const settings = DEFAULT_SETTINGS
    const other = await store.learner(there, settings)
    user.says('/link 2222-2222')
    await bench.shown(user, /does not work/)
    user.says('/link')
    const shown = await bench.shown(user, /\/link \w{4}-\w{4}/)
    const code = (/\/link (\w{4}-\w{4})/.exec(shown.text ?? '')?.[1] ?? '').replace('-', '')
    const party = { learnerId: other.id, platform: 'discord', placeId: null } as const
    const entered = await store.enterCode(party, 'person', code, bench.now)
    if (entered.kind !== 'entered') throw new Error(entered.kind)
    await store.confirmPairing(party, 'person', entered.pairing.id, bench.now)
    await user.press(shown, 'Confirm').answered()
    const asked = await bench.shown(user, /Join these accounts/)
    await user.press(asked, 'Confirm').answered()
    await bench.shown(user, /Joined/)
    expect((await store.learner(there, settings)).id).toBe(await bench.learnerOf(user))
    user.says('/unlink')
    await bench.shown(user, /Separate this account/)
    await bench.press(user, 'Separate')
    await bench.shown(user, /Separated/)
    expect((await store.learner(there, settings)).id).not.toBe(await bench.learnerOf(user))
  })
})

describe('who is in a group', () => {
  it('is what Telegram says: whoever left is not, and of some it does not say', async () => {
    const { ann, eve, chat } = group()
    const isMember = (userId: number) =>
      bench.platforms.isMember({ platform: 'telegram', placeId: String(chat.info.id) }, String(userId))
    expect(await isMember(ann.id)).toBe(true)
    expect(await isMember(eve.id)).toBe(true)
    ann.leaves(chat)
    expect(await isMember(ann.id)).toBe(false)
    expect(await isMember(424242)).toBe(false)
    bench.server.fault('getChatMember', refused(400, 'Bad Request: CHAT_ADMIN_REQUIRED'))
    expect(await isMember(eve.id)).toBeNull()
    eve.removesBot(chat)
    expect(await isMember(eve.id)).toBeNull()
  })
})
