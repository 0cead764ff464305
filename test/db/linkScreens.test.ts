import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Request } from '../../src/core/action.ts'
import type { Asking } from '../../src/core/asking.ts'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS, type Platform } from '../../src/core/learner.ts'
import type { Screen } from '../../src/core/screen.ts'
import { confirmTeam, inviteTeam, joinTeam } from '../../src/core/team/placeRequests.ts'
import type { Here } from '../../src/core/team/team.ts'
import { makePgliteFolder } from './support/databases.ts'
import { at, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

describe('joining accounts, as people see it', () => {
  let opened: TestStore

  beforeAll(async () => {
    opened = await openTestStore(await makePgliteFolder())
  })
  beforeEach(() => opened.reset())
  afterAll(() => opened?.close())

  function asking(platform: Platform, externalId: string, minutes: number): Asking {
    return { identity: { platform, externalId }, initialSettings: DEFAULT_SETTINGS, now: at(minutes) }
  }
  const ask = (platform: Platform, request: Request, minutes = 0) =>
    handle(opened.store, asking(platform, `on ${platform}`, minutes), request)
  const said = (screen: Screen) =>
    [screen.notice, ...screen.blocks.map((block) => ('text' in block ? block.text : ''))]
      .filter(Boolean)
      .join('\n')
  const labels = (screen: Screen) => screen.buttons.flat().map(({ label }) => label)
  function actionOn(screen: Screen, label: string) {
    const button = screen.buttons.flat().find((one) => one.label === label)
    if (button === undefined) throw new Error(`no button "${label}" among ${labels(screen)}`)
    return button.action
  }
  const press = (platform: Platform, screen: Screen, label: string, minutes = 0) =>
    ask(platform, actionOn(screen, label), minutes)
  const codeOn = (screen: Screen) => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said(screen))?.[0] ?? ''

  test('a code is shown, entered as people write it, seen from both sides and confirmed by both', async () => {
    await opened.store.syncDecks([makeDeck('d', ['a', 'b'])])
    const { id } = await opened.store.learner(
      { platform: 'discord', externalId: 'on discord' },
      DEFAULT_SETTINGS,
    )
    await new Study(opened.store, id).answer('a', 4)
    const shown = await ask('discord', { kind: 'link', code: null })
    const code = codeOn(shown)
    expect(said(shown)).toContain(`/link ${code}`)
    expect(said(shown)).toContain('until 12:10')
    expect(shown.visibility).toBe('private')

    const early = await press('discord', shown, 'Confirm')
    expect(early.notice).toBe('Nobody has entered the code yet.')
    expect(codeOn(early)).toBe(code)

    const entered = await ask('telegram', {
      kind: 'link',
      code: ` ${code.toLowerCase().replace('-', ' – ')} `,
    })
    expect(said(entered)).toContain(
      'The code comes from Discord: an account with 1 card answered, known since',
    )
    expect(said(entered)).toContain('Still missing: yours here, and the one on Discord.')

    const seen = await press('discord', early, 'Confirm', 1)
    expect(said(seen)).toContain('The code was entered on Telegram: an account with 0 cards answered')
    expect(said(seen)).toContain('Still missing: yours here, and the one on Telegram.')
    const waiting = await press('telegram', entered, 'Confirm', 1)
    expect(said(waiting)).toContain('Still missing: the one on Discord.')
    expect(labels(waiting)).toEqual(['Give up'])
    expect(said(await press('discord', seen, 'Confirm', 2))).toContain('Joined')
    expect(said(await press('telegram', entered, 'Confirm', 2))).toContain('Joined')
    for (const platform of ['discord', 'telegram'] as const) {
      expect(JSON.stringify(await ask(platform, { kind: 'stats' }, 3))).toContain('1')
      expect(said(await ask(platform, { kind: 'askUnlink' }, 3))).toContain('Separate this account?')
    }
    const unlinked = await press('telegram', await ask('telegram', { kind: 'askUnlink' }, 4), 'Separate', 4)
    expect(said(unlinked)).toContain('from now on Telegram counts by itself')
    for (const kind of ['unlink', 'askUnlink'] as const) {
      expect(said(await ask('telegram', { kind }, 5))).toContain('not joined with another one')
    }
  })

  test('what does not work is said with its reason, and with when to try again', async () => {
    const code = codeOn(await ask('discord', { kind: 'link', code: null }))
    expect(said(await ask('telegram', { kind: 'link', code: 'what?' }))).toContain('looks like K7QF-93XM')
    expect(said(await ask('discord', { kind: 'link', code }))).toContain('this very account')
    const other = asking('discord', 'somebody', 0)
    expect(said(await handle(opened.store, other, { kind: 'link', code }))).toContain('this platform as well')
    expect(said(await ask('telegram', { kind: 'link', code }, 11))).toContain('has expired')
    for (const _ of [1, 2, 3, 4]) {
      expect(said(await ask('telegram', { kind: 'link', code: '2222-2222' }, 11.5))).toContain(
        'does not work',
      )
    }
    const blocked = await ask('telegram', { kind: 'link', code }, 12)
    expect(said(blocked)).toBe('Too many wrong codes. Try again at 12:21.')
  })

  test('either side can give it up, and every button of it says so from then on', async () => {
    const shown = await ask('discord', { kind: 'link', code: null })
    const entered = await ask('telegram', { kind: 'link', code: codeOn(shown) })
    expect(said(await press('telegram', entered, 'Give up'))).toContain('Given up')
    for (const [platform, screen] of [
      ['discord', shown],
      ['telegram', entered],
    ] as const) {
      for (const label of ['Confirm', 'Give up']) {
        expect(said(await press(platform, screen, label))).toContain('Nothing was joined')
      }
    }
  })

  describe('of a team', () => {
    const guild: Here = {
      place: { platform: 'discord', placeId: 'g' },
      name: 'Helm study',
      chatId: 'c',
    }
    const group: Here = { place: { platform: 'telegram', placeId: '-1' }, name: 'Group', chatId: '-1' }
    const confirmOn = (screen: Screen) => {
      const action = actionOn(screen, 'Confirm')
      return action.kind === 'confirmTeam' ? action.pairingId : ''
    }

    test('two places become one team once an admin of each has confirmed', async () => {
      const { store } = opened
      const [ann, bo] = [asking('discord', 'ann', 0), asking('telegram', 'bo', 1)]
      const shown = await inviteTeam(store, ann, guild)
      expect(said(shown)).toContain(`/team join ${codeOn(shown)}`)
      const entered = await joinTeam(store, bo, group, codeOn(shown))
      expect(said(entered)).toContain('The code comes from Helm study (Discord).')
      const seen = await confirmTeam(store, ann, guild, confirmOn(shown))
      expect(said(seen)).toContain('The code was entered in a Telegram group.')
      // A private chat is no place to confirm a team in.
      await handle(store, bo, actionOn(entered, 'Confirm'))
      expect(said(await confirmTeam(store, bo, group, confirmOn(entered)))).toContain('Still missing')
      expect((await store.teamAt(group.place))?.id).not.toBe((await store.teamAt(guild.place))?.id)
      // Any admin of the place may, and nobody of another place.
      const cy = asking('discord', 'cy', 2)
      const elsewhere = { ...guild, place: { ...guild.place, placeId: 'h' } }
      expect(said(await confirmTeam(store, cy, elsewhere, confirmOn(seen)))).toContain('Nothing was joined')
      expect(said(await confirmTeam(store, cy, guild, confirmOn(seen)))).toContain('one team now')
      const team = await store.teamAt(guild.place)
      expect(await store.teamAt(group.place)).toEqual(team)
      expect(await store.placesOf(team?.id ?? 0)).toHaveLength(2)
      expect(said(await joinTeam(store, bo, group, codeOn(shown)))).toContain('this very team')
    })

    test('two places of one platform can be joined, and no place with itself', async () => {
      const { store } = opened
      const ann = asking('discord', 'ann', 0)
      const other = { ...guild, place: { ...guild.place, placeId: 'h' }, name: 'Other' }
      const shown = await inviteTeam(store, ann, guild)
      expect(said(await joinTeam(store, ann, guild, codeOn(shown)))).toContain('this very team')
      const entered = await joinTeam(store, ann, other, codeOn(shown))
      await confirmTeam(store, ann, guild, confirmOn(entered))
      expect(said(await confirmTeam(store, ann, other, confirmOn(entered)))).toContain('one team now')
      expect(await opened.differences()).toEqual([])
    })
  })
})
