import { describe, expect, it } from 'vitest'
import { DiscordApi } from '../../../../src/adapters/discord/transport/api.ts'
import { recordingWatch } from '../../watching.ts'
import { connectionCut, serverError, tooManyRequests } from '../support/faults.ts'
import { Setting } from './setting.ts'

describe('calls to Discord', () => {
  it('obey a rate limit', async () => {
    const { api, server } = await Setting.server()
    const ann = server.user()
    server.fault(/messages$/, tooManyRequests(0.05))
    await api.send(ann.dm.id, { content: 'Hi' })
    expect(ann.sees()).toHaveLength(1)
    expect(server.callsLike(/messages$/)).toHaveLength(2)
  })

  it('are told to whoever watches: once each, with every try that fails', async () => {
    const { server } = await Setting.server()
    const { watch, told } = recordingWatch()
    const { token, apiRoot } = server
    const api = new DiscordApi({ token, apiRoot, pauseMs: 1, watch })
    const ann = server.user()
    server.fault(/messages$/, tooManyRequests(0.05))
    server.fault(/messages$/, serverError(502))
    server.fault(/messages$/, connectionCut({ taken: false }))
    await api.send(ann.dm.id, { content: 'Hi' })
    await expect(api.edit(ann.dm.id, '1', { content: 'Hi' })).rejects.toThrow()
    expect(told).toEqual(['call', 'refused 429', 'refused 502', 'refused network', 'call', 'refused 10008'])
  })

  it.each([
    ['an error of the server', serverError()],
    ['a cut connection', connectionCut({ taken: false })],
    ['a lost answer', connectionCut({ taken: true })],
  ])('are made again after %s, and the message is there once', async (_what, fault) => {
    const { api, server } = await Setting.server()
    const ann = server.user()
    server.fault(/messages$/, fault, 2)
    const { id } = await api.send(ann.dm.id, { content: 'Hi' })
    expect(ann.sees().map((message) => message.id)).toEqual([id])
  })

  it('give up after three tries', async () => {
    const { api, server } = await Setting.server()
    server.fault(/messages$/, serverError(), 9)
    await expect(api.send(server.user().dm.id, { content: 'Hi' })).rejects.toMatchObject({ status: 500 })
    expect(server.callsLike(/messages$/)).toHaveLength(3)
  })

  it('do not repeat a follow-up that may have been sent', async () => {
    const { api, server } = await Setting.server()
    const ann = server.user()
    const { payload } = ann.slash(ann.dm, 'review').interaction
    await api.respond(payload, { type: 4, data: { content: 'First' } })
    server.fault(/^POST .webhooks/, connectionCut({ taken: true }))
    await expect(api.followUp(payload, { content: 'Second' }, 'private')).rejects.toThrow()
    expect(ann.sees().map(({ content }) => content)).toEqual(['First', 'Second'])
  })

  it('send what has the same key once', async () => {
    const { api, server } = await Setting.server()
    const ann = server.user()
    const [first, second] = [
      await api.send(ann.dm.id, { content: 'Question 1' }, 'round-7-1'),
      await api.send(ann.dm.id, { content: 'Question 1' }, 'round-7-1'),
    ]
    expect(second.id).toBe(first.id)
    expect(ann.sees()).toHaveLength(1)
  })

  it('change and delete messages, also those that are gone', async () => {
    const { api, server } = await Setting.server()
    const ann = server.user()
    const channel = await api.directChannel(ann.id)
    const { id } = await api.send(channel, { content: 'Question 1' })
    await api.edit(channel, id, { content: 'Closed' })
    expect(ann.lastSeen()?.content).toBe('Closed')
    await api.delete(channel, id)
    await api.delete(channel, id)
    await expect(api.edit(channel, id, { content: 'Open' })).rejects.toMatchObject({ code: 10008 })
    expect(ann.sees()).toEqual([])
  })

  it('know who the bot is', async () => {
    const { api, server } = await Setting.server()
    expect(await api.application()).toMatchObject({ id: server.me.id, name: 'Deckhand' })
  })

  it('tell who is in a server, who has left it, and when the bot cannot know', async () => {
    const { api, server } = await Setting.server()
    const [ann, bob] = [server.user(), server.user()]
    const guild = server.guild({ name: 'Acme' })
    guild.left.add(bob.id)
    expect(await api.isMember(guild.id, ann.id)).toBe(true)
    expect(await api.isMember(guild.id, bob.id)).toBe(false)
    expect(await api.isMember(guild.id, '99')).toBe(false)
    expect(await api.isMember(server.guild({ hasBot: false }).id, ann.id)).toBeNull()
    expect(await api.isMember('99', ann.id)).toBeNull()
    server.fault(/^GET .guilds/, serverError(), 3)
    await expect(api.isMember(guild.id, ann.id)).rejects.toMatchObject({ status: 500 })
    expect(await api.guild(guild.id)).toMatchObject({ name: 'Acme' })
  })
})
