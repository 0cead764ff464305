import { ButtonStyle, ComponentType, TextInputStyle } from 'discord.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type {
  Delivery,
  HandleInteraction,
  OutgoingMessage,
} from '../../../../src/adapters/discord/transport/interaction.ts'
import type { TestChannel } from '../support/channels.ts'
import { isEphemeral } from '../support/channels.ts'
import { connectionCut, serverError } from '../support/faults.ts'
import type { TestUser } from '../support/user.ts'
import { Setting, WAYS, type Way } from './setting.ts'

const DEFER_AFTER_MS = 1500
const DROP_AFTER_MS = 13 * 60_000

const CARD: OutgoingMessage = {
  content: 'What runs kubelet?',
  components: [
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Show', custom_id: 'show' },
      ],
    },
  ],
}

const FORM = {
  title: 'Your answer',
  custom_id: 'write',
  components: [
    {
      type: ComponentType.Label as const,
      label: 'Agent',
      component: {
        type: ComponentType.TextInput as const,
        custom_id: 'text',
        style: TextInputStyle.Short as const,
      },
    },
  ],
}

/** Somebody who waits for a test to go on. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

describe.each(WAYS)('an interaction that comes %s', (way: Way) => {
  let setting: Setting
  let ann: TestUser
  let bob: TestUser
  let general: TestChannel
  let handle: HandleInteraction

  beforeEach(async () => {
    setting = await Setting.start(way, (interaction) => handle(interaction))
    ann = setting.server.user({ name: 'Ann' })
    bob = setting.server.user({ name: 'Bob' })
    general = setting.server.guild().channels[0]
  })

  /** A message of the bot's that everybody sees. */
  async function card() {
    handle = async (interaction) => void (await interaction.respond(shown(CARD)))
    const message = await ann.slash(general, 'quiz').shown()
    await setting.receiver.settled()
    return message
  }

  it('is answered with a message for everybody', async () => {
    handle = async (interaction) => void (await interaction.respond(shown(CARD)))
    const message = await ann.slash(general, 'quiz').shown()
    expect(message.content).toBe('What runs kubelet?')
    expect(bob.lastSeen(general)).toBe(message)
    expect(setting.server.refused).toEqual([])
  })

  it('is answered with a message for one person only', async () => {
    handle = async (interaction) => void (await interaction.respond(hidden(CARD)))
    const message = await ann.slash(general, 'review').shown()
    expect(ann.lastSeen(general)).toBe(message)
    expect(bob.lastSeen(general)).toBeUndefined()
  })

  it('changes the message that was pressed', async () => {
    const pressed = await card()
    handle = async (interaction) =>
      void (await interaction.respond({ kind: 'update', message: { content: 'Every node', components: [] } }))
    await ann.click(pressed, 'Show').shown()
    expect(general.messages).toHaveLength(1)
    expect(pressed).toMatchObject({ content: 'Every node', components: [] })
  })

  it('opens a form, and takes what was written', async () => {
    const pressed = await card()
    handle = async (interaction) => void (await interaction.respond({ kind: 'modal', modal: FORM }))
    const opened = await ann.click(pressed, 'Show').responded()
    handle = async (interaction) =>
      void (await interaction.respond({ kind: 'update', message: { content: textIn(interaction.raw) } }))
    await ann.submit(opened, 'kubelet').shown()
    expect(pressed.content).toBe('kubelet')
  })

  it('gives suggestions', async () => {
    handle = async (interaction) =>
      void (await interaction.respond({ kind: 'choices', choices: [{ name: 'Helm', value: 'helm' }] }))
    const { choices } = await ann.autocomplete(general, 'quiz', 'deck', 'he').responded()
    expect(choices).toEqual([{ name: 'Helm', value: 'helm' }])
  })

  it('pings nobody, whatever a message says', async () => {
    handle = async (interaction) => {
      await interaction.respond(shown({ content: '@everyone' }))
      await interaction.edit({ content: '@here', allowed_mentions: { parse: [] } })
      await interaction.followUp({ content: `<@${ann.id}>` }, 'everyone')
    }
    await ann.slash(general, 'quiz').shown()
    await setting.server.untilShown(bob, general, /<@/)
    const bodies = setting.server.calls.flatMap(({ body }) => body.data ?? (body.content ? body : []))
    expect(bodies).toHaveLength(3)
    for (const body of bodies) expect(body.allowed_mentions).toEqual({ parse: [] })
  })

  it('is deferred when the answer takes long; the answer follows', async () => {
    const database = gate()
    handle = async (interaction) => {
      await database.opened
      await interaction.respond(hidden(CARD))
    }
    const act = ann.slash(general, 'review')
    await setting.time.pass(DEFER_AFTER_MS)
    expect((await act.responded()).kind).toBe('deferred')
    database.open()
    const message = await act.shown()
    expect(message.content).toBe('What runs kubelet?')
    expect(isEphemeral(message)).toBe(true)
    expect(setting.server.refused).toEqual([])
  })

  it('shows everybody what was meant for everybody, though the deferral was private', async () => {
    const database = gate()
    handle = async (interaction) => {
      await database.opened
      await interaction.respond(shown(CARD))
    }
    const act = ann.slash(general, 'quiz')
    await setting.time.pass(DEFER_AFTER_MS)
    await act.responded()
    database.open()
    const message = await setting.server.untilShown(bob, general, /kubelet/)
    await setting.receiver.settled()
    expect(ann.sees(general)).toEqual([message])
  })

  it('shows one person only what was meant for them, though the deferral was for everybody', async () => {
    handle = async (interaction) => {
      await interaction.respond({ kind: 'deferred', visibility: 'everyone' })
      await interaction.respond(hidden(CARD))
    }
    const act = ann.slash(general, 'review')
    const message = await setting.server.untilShown(ann, general, /kubelet/)
    await setting.receiver.settled()
    expect((await act.responded()).kind).toBe('deferred')
    expect([ann.sees(general), bob.sees(general)]).toEqual([[message], []])
  })

  it('leaves the pressed message as it is until the answer is there', async () => {
    const pressed = await card()
    const database = gate()
    handle = async (interaction) => {
      await database.opened
      await interaction.respond({ kind: 'update', message: { content: 'Every node', components: [] } })
      await interaction.respond(hidden({ content: 'Well done' }))
    }
    const act = ann.click(pressed, 'Show')
    await setting.time.pass(DEFER_AFTER_MS)
    expect((await act.responded()).kind).toBe('deferred update')
    expect(pressed.content).toBe('What runs kubelet?')
    database.open()
    await setting.server.untilShown(ann, general, /Well done/)
    expect(pressed.content).toBe('Every node')
    expect(bob.lastSeen(general)).toBe(pressed)
  })

  it('gives no suggestions rather than late ones', async () => {
    const database = gate()
    const late = Promise.withResolvers<Delivery | null>()
    handle = async (interaction) => {
      await database.opened
      late.resolve(await interaction.respond({ kind: 'choices', choices: [{ name: 'Helm', value: 'helm' }] }))
    }
    const act = ann.autocomplete(general, 'quiz', 'deck', 'he')
    await setting.time.pass(DEFER_AFTER_MS)
    expect((await act.responded()).choices).toEqual([])
    database.open()
    expect(await late.promise).toBeNull()
    expect(setting.server.refused).toEqual([])
  })

  it('cannot open a form after a deferral, and says so in the log', async () => {
    const pressed = await card()
    const database = gate()
    const late = Promise.withResolvers<Delivery | null>()
    handle = async (interaction) => {
      await database.opened
      late.resolve(await interaction.respond({ kind: 'modal', modal: FORM }))
    }
    ann.click(pressed, 'Show')
    await setting.time.pass(DEFER_AFTER_MS)
    database.open()
    expect(await late.promise).toBeNull()
    expect(setting.log.join('\n')).toMatch(/^interaction \d+: a form came after the deferral/)
  })

  it('is dealt with once, though it comes twice', async () => {
    const handled: string[] = []
    handle = async (interaction) => {
      handled.push(interaction.raw.id)
      await interaction.respond(shown(CARD))
    }
    const act = ann.slash(general, 'quiz')
    act.repeat()
    await act.shown()
    act.repeat()
    // What comes after it has been taken too.
    await bob.slash(general, 'quiz').shown()
    expect(handled).toHaveLength(2)
    expect(general.messages).toHaveLength(2)
    expect(setting.server.refused).toEqual([])
  })

  it('that fails is logged in one line without its token, and others go on', async () => {
    handle = async (interaction) => {
      const { token, member } = interaction.raw
      if (member?.user.id === ann.id) throw new Error(`no connection for ${token}\n"what somebody wrote"`)
      await interaction.respond(shown(CARD))
    }
    const { payload } = ann.slash(general, 'review').interaction
    await bob.slash(general, 'quiz').shown()
    expect(setting.log).toEqual([`interaction ${payload.id}: Error: no connection for …`])
  })

  it('takes files', async () => {
    const files = [{ name: 'export.json', content: Buffer.from('{"cards":[]}') }]
    handle = async (interaction) => void (await interaction.respond(hidden({ content: 'All of it', files })))
    const message = await ann.slash(general, 'export').shown()
    expect(message).toMatchObject({ content: 'All of it' })
    expect(isEphemeral(message)).toBe(true)
    const [file] = setting.server.filesOf(message)
    expect([file?.name, String(file?.content)]).toEqual(['export.json', '{"cards":[]}'])
  })

  it('finds the message of its first response', async () => {
    const found = Promise.withResolvers<string | undefined>()
    handle = async (interaction) => {
      await interaction.respond(shown(CARD))
      found.resolve((await interaction.original())?.id)
    }
    const message = await ann.slash(general, 'quiz').shown()
    expect(await found.promise).toBe(message.id)
  })

  it('sends one more message where the one to change is gone', async () => {
    const deleted = gate()
    handle = async (interaction) => {
      await interaction.respond(hidden(CARD))
      await deleted.opened
      await interaction.edit({ content: 'Every node' })
    }
    const message = await ann.slash(general, 'review').shown()
    setting.server.channels.delete(message)
    deleted.open()
    const next = await setting.server.untilShown(ann, general, /Every node/)
    expect(isEphemeral(next)).toBe(true)
  })

  it('is given up when it is not dealt with within thirteen minutes: nothing is sent any more', async () => {
    const database = gate()
    const late = Promise.withResolvers<Delivery | null>()
    handle = async (interaction) => {
      await database.opened
      late.resolve(await interaction.respond(shown(CARD)))
    }
    const act = ann.slash(general, 'quiz')
    await setting.time.pass(DEFER_AFTER_MS)
    await act.responded()
    await setting.time.pass(DROP_AFTER_MS)
    database.open()
    expect(await late.promise).toBeNull()
    expect(setting.log).toEqual([expect.stringMatching(/^interaction \d+: given up after 13 minutes$/)])
    expect(setting.server.callsLike(/PATCH|webhooks/)).toEqual([])
  })

  it('refuses an edit before the first response', async () => {
    const edited = Promise.withResolvers<Delivery | null>()
    handle = async (interaction) => {
      interaction.edit({ content: 'Too early' }).then(edited.resolve, edited.reject)
    }
    ann.slash(general, 'review')
    await expect(edited.promise).rejects.toThrow(/^edit before the first response: call respond first/)
  })

  describe('whose token has expired', () => {
    /** Answers, then tries to add something when fifteen minutes are over. */
    async function addLate(
      channel: TestChannel,
      add: (...it: Parameters<HandleInteraction>) => Promise<Delivery | null>,
    ): Promise<Delivery | null> {
      const passed = gate()
      const added = Promise.withResolvers<Delivery | null>()
      handle = async (interaction) => {
        await interaction.respond(shown(CARD))
        await passed.opened
        add(interaction).then(added.resolve, added.reject)
      }
      const act = ann.slash(channel, 'quiz')
      await act.shown()
      setting.server.expire(act.interaction)
      passed.open()
      return added.promise
    }

    it('drops what comes then, with a line in the log', async () => {
      expect(await addLate(general, (it) => it.followUp({ content: 'Done' }, 'everyone'))).toBeNull()
      expect(await addLate(general, (it) => it.edit({ content: 'Done' }))).toBeNull()
      expect(setting.log).toEqual([expect.stringMatching(/too late and was dropped$/), expect.anything()])
    })

    it('sends a plain message instead where the handler allows it', async () => {
      const delivery = await addLate(general, (it) => it.edit({ content: 'Done' }, { whenLate: 'channel' }))
      const last = bob.lastSeen(general)
      expect(last?.content).toBe('Done')
      expect(delivery).toEqual({ to: 'channel', messageId: last?.id })
    })

    it('never shows others what is private', async () => {
      const add: Parameters<typeof addLate>[1] = (it) =>
        it.followUp({ content: 'Your cards' }, 'private', { whenLate: 'channel' })
      expect(await addLate(general, add)).toBeNull()
      expect(bob.lastSeen(general)?.content).toBe('What runs kubelet?')
      expect(await addLate(ann.dm, add)).toMatchObject({ to: 'channel' })
      expect(ann.lastSeen()?.content).toBe('Your cards')
    })

    it('does not fail where there is nothing to find or delete', async () => {
      await addLate(general, async (it) => {
        expect(await it.original()).toBeNull()
        await it.deleteOriginal()
        return null
      })
      expect(setting.log).toEqual([])
    })
  })
})

describe('the first response through the gateway', () => {
  let setting: Setting
  let ann: TestUser
  let result: PromiseWithResolvers<Delivery | null>

  beforeEach(async () => {
    result = Promise.withResolvers()
    setting = await Setting.start('through the gateway', async (interaction) => {
      await interaction.respond(shown(CARD), { whenLate: 'channel' }).then(result.resolve, result.reject)
      await interaction.followUp({ content: 'More' }, 'everyone')
    })
    ann = setting.server.user()
  })

  it.each([
    ['an error of the server', serverError(502)],
    ['a cut connection', connectionCut({ taken: false })],
    ['a lost answer', connectionCut({ taken: true })],
  ])('is tried again after %s, and shown once', async (_what, fault) => {
    setting.server.fault(/callback$/, fault)
    ann.slash(ann.dm, 'quiz')
    await setting.server.untilShown(ann, ann.dm, /More/)
    expect(ann.sees().map(({ content }) => content)).toEqual(['What runs kubelet?', 'More'])
    expect(await result.promise).toEqual({ to: 'interaction', messageId: null })
  })

  it('is left to the process that was faster, and so is all that follows', async () => {
    const other = setting.receiverOf(async (interaction) => {
      await interaction.respond(shown({ content: 'Faster' }))
    })
    await setting.connect(undefined, other)
    const act = ann.slash(ann.dm, 'quiz')
    await setting.server.untilAnswered(/callback$/, 2)
    expect(act.interaction.refusedResponses).toBe(1)
    // Whichever was slower has nothing more to say: there is one first message, and at most what follows it.
    const [first, ...others] = ann.sees().map(({ content }) => content)
    if (first === 'Faster') expect(others).toEqual([])
    else expect(others.filter((content) => content !== 'More')).toEqual([])
  })

  it('that comes too late goes where the handler allows', async () => {
    const act = ann.slash(ann.dm, 'quiz')
    act.interaction.isLate = true
    expect(await result.promise).toMatchObject({ to: 'channel' })
    expect(ann.lastSeen()?.content).toBe('What runs kubelet?')
  })
})

function shown(message: OutgoingMessage) {
  return { kind: 'message', message, visibility: 'everyone' } as const
}

function hidden(message: OutgoingMessage) {
  return { kind: 'message', message, visibility: 'private' } as const
}

/** What was written into the form, wherever it stands in it. */
function textIn(raw: unknown): string {
  return /"value":"([^"]*)"/.exec(JSON.stringify(raw))?.[1] ?? ''
}
