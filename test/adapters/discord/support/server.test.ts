import {
  ButtonStyle,
  Client,
  ComponentType,
  type DiscordAPIError,
  Events,
  GatewayIntentBits,
  InteractionResponseType,
  MessageFlags,
  REST,
  Routes,
} from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buttonLabels, textOf } from './channels.ts'
import { connectionCut, hang, serverError, tooManyRequests } from './faults.ts'
import { DiscordServer } from './server.ts'
import type { TestUser } from './user.ts'

let server: DiscordServer
let ann: TestUser
let rest: REST
const clients: Client[] = []

beforeEach(async () => {
  server = await DiscordServer.start()
  ann = server.user({ name: 'Ann' })
  rest = new REST({ api: server.apiRoot, retries: 0 }).setToken(server.token)
})

afterEach(async () => {
  for (const client of clients.splice(0)) await client.destroy()
  await server[Symbol.asyncDispose]()
})

/** A bot on plain discord.js. */
async function bot(intents: readonly GatewayIntentBits[] = []): Promise<Client> {
  const client = new Client({ intents, rest: { api: server.apiRoot } })
  clients.push(client)
  client.on(Events.Error, () => {})
  await client.login(server.token)
  await server.untilConnected()
  return client
}

const row = (...labels: string[]) => ({
  type: ComponentType.ActionRow,
  components: labels.map((label, index) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label,
    custom_id: `${index}`,
  })),
})

/** The code of the refusal of a message with these parts. */
async function refusalOf(body: object): Promise<unknown> {
  const { channels } = server.guild()
  return rest.post(Routes.channelMessages(channels[0].id), { body }).then(
    () => null,
    (error: DiscordAPIError) => error.code,
  )
}

describe('Discord on loopback, with plain discord.js', () => {
  it('lets a bot answer a command, a press and a form', async () => {
    const client = await bot()
    const { channels } = server.guild()
    client.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.reply({ content: 'A card', components: [row('Write')] as never })
      } else if (interaction.isButton()) {
        await interaction.showModal({
          title: 'Answer',
          customId: 'form',
          components: [
            {
              type: ComponentType.Label,
              label: 'Your answer',
              component: { type: ComponentType.TextInput, customId: 'text', style: 1 },
            },
          ],
        } as never)
      } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        await interaction.update({ content: `You wrote ${interaction.fields.getTextInputValue('text')}` })
      }
    })
    const card = await ann.slash(channels[0], 'review', { count: 3 }).shown()
    expect(textOf(card)).toBe('A card')
    expect(buttonLabels(card)).toEqual(['Write'])
    const form = await ann.click(card, 'Write').responded()
    expect(form.kind).toBe('modal')
    await ann.submit(form, 'kubelet').shown()
    expect(ann.lastSeen(channels[0])?.content).toBe('You wrote kubelet')
    expect(server.refused).toEqual([])
  })

  it('shows an ephemeral message to its person only, thinking or not', async () => {
    const client = await bot()
    const { channels } = server.guild()
    const bob = server.user({ name: 'Bob' })
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      await interaction.deferReply({ flags: MessageFlags.Ephemeral })
      await interaction.editReply('For you')
      await interaction.followUp('For all')
    })
    const act = ann.slash(channels[0], 'stats')
    expect((await act.shown()).content).toBe('For you')
    await server.untilShown(bob, channels[0], /For all/)
    expect(ann.sees(channels[0]).map(({ content }) => content)).toEqual(['For you', 'For all'])
    expect(bob.sees(channels[0]).map(({ content }) => content)).toEqual(['For all'])
  })

  it('gives suggestions while somebody types', async () => {
    const client = await bot()
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isAutocomplete()) return
      await interaction.respond([{ name: `${interaction.options.getFocused()}m`, value: 'helm' }])
    })
    const { choices } = await ann.autocomplete(ann.dm, 'quiz', 'deck', 'hel').responded()
    expect(choices).toEqual([{ name: 'helm', value: 'helm' }])
  })

  it('hands the message over on which somebody chose a command', async () => {
    const client = await bot()
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return
      await interaction.reply(`Of: ${interaction.targetMessage.content}`)
    })
    const message = ann.says(ann.dm, 'pods are mortal')
    expect((await ann.contextCommand(message, 'Make a card').shown()).content).toBe('Of: pods are mortal')
  })

  it('refuses a second response, a late one, and calls after the token’s end', async () => {
    const act = ann.slash(ann.dm, 'review')
    const { id, token } = act.interaction.payload
    const respond = () =>
      rest.post(Routes.interactionCallback(id, token), {
        auth: false,
        body: { type: InteractionResponseType.ChannelMessageWithSource, data: { content: 'Hi' } },
      })
    const edit = () =>
      rest.patch(Routes.webhookMessage(server.me.id, token), { auth: false, body: { content: 'Ho' } })
    await expect(edit()).rejects.toMatchObject({ code: 10015 })
    await respond()
    await edit()
    await expect(respond()).rejects.toMatchObject({ code: 40060 })
    expect(act.interaction.refusedResponses).toBe(1)
    server.expire(act.interaction)
    await expect(edit()).rejects.toMatchObject({ code: 50027, status: 401 })
    const late = ann.slash(ann.dm, 'review').interaction
    server.expire(late)
    await expect(
      rest.post(Routes.interactionCallback(late.payload.id, late.payload.token), {
        auth: false,
        body: { type: 4, data: { content: 'Hi' } },
      }),
    ).rejects.toMatchObject({ code: 10062 })
  })

  it.each([
    ['nothing at all', {}, 50006],
    ['content that is too long', { content: 'x'.repeat(2001) }, 50035],
    ['a label that is too long', { components: [row('x'.repeat(81))] }, 50035],
    ['six rows', { components: Array.from({ length: 6 }, () => row('a')) }, 50035],
    ['six buttons in a row', { components: [row('a', 'b', 'c', 'd', 'e', 'f')] }, 50035],
    ['the same custom_id twice', { components: [row('a'), row('b')] }, 50035],
    ['embeds of 6001 characters', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3001) })) }, 50035],
    [
      'a custom_id that is too long',
      {
        components: [
          { type: 1, components: [{ type: 2, style: 1, label: 'a', custom_id: 'x'.repeat(101) }] },
        ],
      },
      50035,
    ],
    ['what is right', { content: 'x'.repeat(2000), components: [row('a', 'b', 'c', 'd', 'e')] }, null],
  ])('judges a message with %s', async (_what, body, code) => {
    expect(await refusalOf(body)).toBe(code)
  })

  it('lets the bot write only where it may', async () => {
    const post = (id: string) => rest.post(Routes.channelMessages(id), { body: { content: 'Hi' } })
    const { channels } = server.guild()
    channels[0].denied = 'missing permissions'
    ann.dm.denied = 'cannot send'
    await expect(post(channels[0].id)).rejects.toMatchObject({ code: 50013 })
    await expect(post(ann.dm.id)).rejects.toMatchObject({ code: 50007 })
    await expect(post(server.guild({ hasBot: false }).channels[0].id)).rejects.toMatchObject({ code: 50001 })
    await expect(post('123')).rejects.toMatchObject({ code: 10003 })
  })

  it('keeps one message of those with the same enforced nonce', async () => {
    const body = { content: 'Question 1', nonce: 'round-1-1', enforce_nonce: true }
    for (let time = 0; time < 2; time++) await rest.post(Routes.channelMessages(ann.dm.id), { body })
    expect(ann.sees()).toHaveLength(1)
  })

  it('plays what goes wrong with calls', async () => {
    const get = () => rest.get(Routes.user())
    server.fault(/^GET .users/, serverError(502))
    await expect(get()).rejects.toMatchObject({ status: 502 })
    server.fault(/^GET .users/, connectionCut({ taken: false }))
    await expect(get()).rejects.toThrow()
    server.fault(/^GET .users/, tooManyRequests(0.01))
    await expect(get()).resolves.toMatchObject({ id: server.me.id })
    const slow = hang()
    server.fault(/^GET .users/, slow)
    const pending = get()
    await server.untilCalled(/users/, 5)
    slow.release()
    await expect(pending).resolves.toMatchObject({ username: 'Deckhand' })
  })

  it('goes on with a session after the connection was cut, and gives what was missed', async () => {
    const client = await bot()
    const seen = new Promise((resolve) => client.once(Events.InteractionCreate, resolve))
    server.gateway.drop()
    ann.slash(ann.dm, 'review')
    await server.until('a resumed session', () => server.gateway.resumed === 1)
    await expect(seen).resolves.toMatchObject({ commandName: 'review' })
    expect(server.gateway.identified).toBe(1)
  })

  it('shows servers to those only who ask for them', async () => {
    server.guild({ channels: ['a', 'b'] })
    const client = await bot([GatewayIntentBits.Guilds])
    await server.until('the server', () => client.guilds.cache.first()?.available)
    expect(client.channels.cache.size).toBe(2)
    const blind = await bot()
    expect(blind.guilds.cache.first()?.available).toBe(false)
  })

  it('says which calls there were when something does not come', async () => {
    await rest.get(Routes.user())
    const nothing = server.until('a miracle', () => false, 1)
    await expect(nothing).rejects.toThrow(/miracle[\s\S]*GET \/users\/@me: 200/)
  })
})
