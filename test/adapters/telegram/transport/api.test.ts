import { Api, HttpError } from 'grammy'
import { describe, expect, it } from 'vitest'
import { configureApi } from '../../../../src/adapters/telegram/transport/api.ts'
import { recordingWatch } from '../../watching.ts'
import { connectionCut, hang, serverError, tooManyRequests } from '../support/faults.ts'
import { TelegramServer } from '../support/server.ts'

async function configured(options: Parameters<typeof configureApi>[1] = {}) {
  const server = await TelegramServer.start()
  const api = new Api(server.token, { apiRoot: server.apiRoot })
  configureApi(api, { pauseMs: 1, ...options })
  const ann = server.user()
  ann.says('/start')
  return { server, api, ann }
}

/** Telegram counts in whole seconds; the wait itself is the plugin's. */
const SOON = tooManyRequests(0.01)

describe('calls of Telegram', () => {
  it('wait when Telegram asks them to, and come through', async () => {
    const { server, api, ann } = await configured()
    await using _ = server
    server.fault('sendMessage', SOON, 3)
    await api.sendMessage(ann.id, 'Hi')
    expect(server.callsOf('sendMessage')).toHaveLength(4)
    expect(server.lastShown(ann.chat)?.text).toBe('Hi')
  })

  it('are told to whoever watches: once each, with every try that fails; waiting for updates is none', async () => {
    const { watch, told } = recordingWatch()
    const { server, api, ann } = await configured({ watch })
    await using _ = server
    server.fault('editMessageText', SOON)
    server.fault('editMessageText', serverError(502))
    server.fault('editMessageText', connectionCut({ taken: false }))
    await expect(api.editMessageText(ann.id, 1, 'Hi')).rejects.toMatchObject({ error_code: 400 })
    await api.getUpdates({ timeout: 0 })
    expect(told).toEqual(['call', 'refused 429', 'refused 502', 'refused network', 'refused 400'])
  })

  it('wait as long as Telegram says', async () => {
    const { server, api, ann } = await configured()
    await using _ = server
    server.fault('sendMessage', tooManyRequests(1))
    const start = performance.now()
    await api.sendMessage(ann.id, 'Hi')
    expect(performance.now() - start).toBeGreaterThanOrEqual(990)
  })

  it.each([
    ['polling', 61],
    ['webhook', 6],
  ] as const)('give up at once when that is too long (%s)', async (mode, seconds) => {
    const { server, api, ann } = await configured({ mode })
    await using _ = server
    server.fault('sendMessage', tooManyRequests(seconds))
    await expect(api.sendMessage(ann.id, 'Hi')).rejects.toMatchObject({ error_code: 429 })
    expect(server.callsOf('sendMessage')).toHaveLength(1)
  })

  it('give up after some tries', async () => {
    const { server, api, ann } = await configured()
    await using _ = server
    server.fault('sendMessage', SOON, 10)
    await expect(api.sendMessage(ann.id, 'Hi')).rejects.toMatchObject({ error_code: 429 })
    expect(server.callsOf('sendMessage')).toHaveLength(4)
  })

  it('are made again when Telegram’s servers fail', async () => {
    const { server, api, ann } = await configured()
    await using _ = server
    server.fault('sendMessage', serverError(502), 3)
    await api.sendMessage(ann.id, 'Hi')
    server.fault('sendMessage', serverError(500), 4)
    await expect(api.sendMessage(ann.id, 'Ho')).rejects.toMatchObject({ error_code: 500 })
    expect(server.callsOf('sendMessage')).toHaveLength(8)
  })

  it('are made again after a lost connection, unless that could send something twice', async () => {
    const { server, api, ann } = await configured()
    await using _ = server
    const { message_id } = await api.sendMessage(ann.id, 'Hi')
    server.fault('editMessageText', connectionCut({ taken: false }), 2)
    await api.editMessageText(ann.id, message_id, 'Ho')
    expect(server.lastShown(ann.chat)?.text).toBe('Ho')
    server.fault('sendMessage', connectionCut({ taken: true }))
    await expect(api.sendMessage(ann.id, 'Once')).rejects.toBeInstanceOf(HttpError)
    expect(ann.chat.messages.filter(({ text }) => text === 'Once')).toHaveLength(1)
  })

  it('do not wait for ever, nor ask a silent server twice', async () => {
    const { server, api, ann } = await configured({ timeoutMs: 20 })
    await using _ = server
    const { message_id } = await api.sendMessage(ann.id, 'Hi')
    server.fault('editMessageText', hang(), 2)
    await expect(api.editMessageText(ann.id, message_id, 'Ho')).rejects.toThrow(
      "No answer to 'editMessageText' in 0.02 s",
    )
    expect(server.callsOf('editMessageText')).toHaveLength(1)
  })

  it('leave a long poll the time it was asked to take', async () => {
    const { server, api, ann } = await configured({ timeoutMs: 20 })
    await using _ = server
    const offset = (server.updates.pending[0]?.update_id ?? 0) + 1
    const polled = api.getUpdates({ offset, timeout: 25 })
    await server.until('a long poll', () => server.updates.polled)
    // Longer than any other call may take.
    await expect(api.sendMessage(ann.id, 'Hi')).resolves.toBeDefined()
    server.fault('sendMessage', hang())
    await expect(api.sendMessage(ann.id, 'Ho')).rejects.toThrow('No answer')
    ann.says('hello')
    expect(await polled).toHaveLength(1)
  })

  it('end when their caller wants it, also while they wait', async () => {
    const { server, api, ann } = await configured()
    await using _ = server
    const caller = new AbortController()
    server.fault('sendMessage', tooManyRequests(50))
    const sent = api.sendMessage(ann.id, 'Hi', {}, caller.signal as never)
    await server.untilAnswered('sendMessage')
    caller.abort()
    await expect(sent).rejects.toThrow()
    await expect(api.sendMessage(ann.id, 'Hi', {}, caller.signal as never)).rejects.toThrow()
    expect(server.lastShown(ann.chat)).toBeUndefined()
  })
})
