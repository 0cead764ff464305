import { once } from 'node:events'
import { connect } from 'node:net'
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import type { HandleUpdate } from '../../../../src/adapters/telegram/transport/polling.ts'
import { startWebhook } from '../../../../src/adapters/telegram/transport/webhook.ts'
import { refused, serverError } from '../support/faults.ts'
import { freePort } from '../support/freePort.ts'
import { TelegramServer } from '../support/server.ts'
import { FakeTime } from './fakeTime.ts'

const SECRET = 'hush_hush-42'
const ALLOWED = ['message', 'callback_query'] as const

async function listening(handle?: HandleUpdate) {
  const server = await TelegramServer.start()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/telegram`
  const time = new FakeTime()
  const lines: string[] = []
  const handled: Update[] = []
  const record: HandleUpdate = async (update) => {
    handled.push(update)
  }
  const start = () =>
    startWebhook(new Api(server.token, { apiRoot: server.apiRoot }), handle ?? record, {
      url,
      secret: SECRET,
      port,
      allowedUpdates: ALLOWED,
      log: (line) => lines.push(line),
      wait: time.wait,
    })
  return { server, url, port, time, lines, handled, start }
}

function post(url: string, body: string, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    body,
    headers: { 'x-telegram-bot-api-secret-token': SECRET, ...headers },
  })
}

describe('the webhook', () => {
  it('tells Telegram where it listens, and answers what it has dealt with', async () => {
    const { server, url, handled, start } = await listening()
    await using _ = server
    const ann = server.user()
    ann.says('before')
    const { stop } = await start()
    expect(server.callsOf('setWebhook')[0]?.payload).toEqual({
      url,
      secret_token: SECRET,
      allowed_updates: [...ALLOWED],
      max_connections: 40,
    })
    ann.says('after')
    await server.untilHandled()
    expect(handled.map(({ message }) => message?.text)).toEqual(['before', 'after'])
    await stop()
  })

  it('answers only when the update has been dealt with, so that a crash loses nothing', async () => {
    const work = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const { server, start } = await listening(() => {
      begun.resolve()
      return work.promise
    })
    await using _ = server
    const { stop } = await start()
    server.user().says('a')
    await begun.promise
    expect(server.updates.pending).toHaveLength(1)
    work.resolve()
    await server.untilHandled()
    await stop()
  })

  it('is done with an update that fails, and says so', async () => {
    const { server, lines, start } = await listening(() => Promise.reject(new Error('the database is away')))
    await using _ = server
    const { stop } = await start()
    const { update } = server.user().says('my diary')
    await server.untilHandled()
    expect(lines).toEqual([`update ${update?.update_id}: Error: the database is away`])
    await stop()
  })

  it('deals with updates side by side', async () => {
    const both = Promise.withResolvers<void>()
    let under = 0
    const { server, start } = await listening(() => {
      if (++under === 2) both.resolve()
      return both.promise
    })
    await using _ = server
    const { stop } = await start()
    server.user().says('a')
    server.user().says('b')
    await server.untilHandled()
    await stop()
  })

  it('takes what others post for garbage, and lives on', async () => {
    const { server, url, port, handled, start } = await listening()
    await using _ = server
    const { stop } = await start()
    const update = JSON.stringify({ update_id: 7 })
    const statusOf = async (response: Promise<Response>) => (await response).status
    expect(await statusOf(fetch(url))).toBe(404)
    expect(await statusOf(fetch(url, { method: 'PUT', body: update }))).toBe(404)
    expect(await statusOf(post(`${url}/else`, update))).toBe(404)
    expect(await statusOf(fetch(url, { method: 'POST', body: update }))).toBe(401)
    for (const secret of ['', 'hush', `${SECRET}x`, SECRET.toUpperCase()]) {
      expect(await statusOf(post(url, update, { 'x-telegram-bot-api-secret-token': secret }))).toBe(401)
    }
    for (const body of ['', '{', 'null', '[]', '{}', '{"update_id":"7"}', '{"update_id":1.5}', '\xff\x00']) {
      expect(await statusOf(post(url, body)), body).toBe(400)
    }
    expect(await rawAnswer(port, 'complete garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(handled).toEqual([])
    expect(await statusOf(post(`${url}?from=telegram`, update))).toBe(200)
    expect(handled).toEqual([{ update_id: 7 }])
    await stop()
  })

  it('looks at the secret before it reads anything', async () => {
    const { server, port, start } = await listening()
    await using _ = server
    const { stop } = await start()
    // The body never comes.
    const head = `POST /telegram HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n`
    expect(await rawAnswer(port, `${head}x-telegram-bot-api-secret-token: no\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 401/,
    )
    await stop()
  })

  it('reads no more than a megabyte', async () => {
    const { server, url, handled, start } = await listening()
    await using _ = server
    const { stop } = await start()
    const huge = (bytes: number) => JSON.stringify({ update_id: 1, pad: 'x'.repeat(bytes) })
    expect((await post(url, huge(2 ** 20 - 100))).status).toBe(200)
    // The connection may end before all of it is written.
    const status = await post(url, huge(2 ** 20)).then(
      (response) => response.status,
      () => 'cut',
    )
    expect([413, 'cut']).toContain(status)
    expect(handled).toHaveLength(1)
    await stop()
  })

  it('survives those who hang up', async () => {
    const { server, port, handled, start } = await listening()
    await using _ = server
    const { stop } = await start()
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /telegram HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\nx-telegram-bot-api-secret-token: ${SECRET}\r\n\r\n{"upd`,
    )
    await once(socket, 'connect')
    socket.destroy()
    server.user().says('still there?')
    await server.untilHandled()
    expect(handled).toHaveLength(1)
    await stop()
  })

  it('waits for Telegram when that is away at the start', async () => {
    const { server, time, lines, start } = await listening()
    await using _ = server
    server.fault('setWebhook', serverError(), 2)
    const started = start()
    await time.pass(1000)
    await time.pass(2000)
    const { stop } = await started
    expect(lines).toHaveLength(2)
    await stop()
  })

  it('does not start with an address that Telegram refuses, and leaves its port', async () => {
    const { server, start } = await listening()
    await using _ = server
    server.fault('setWebhook', refused(400, 'Bad Request: bad webhook: IP address 127.0.0.1 is reserved'))
    await expect(start()).rejects.toThrow('bad webhook')
    const { stop } = await start()
    await expect(start()).rejects.toThrow(/^Cannot listen on port \d+ \(EADDRINUSE: .*\): set PORT/)
    await stop()
  })
})

describe('the end of the webhook', () => {
  it('waits for what is under way, and leaves the rest to the next start', async () => {
    const work = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const { server, start } = await listening(() => {
      begun.resolve()
      return work.promise
    })
    await using _ = server
    const { stop, ended } = await start()
    server.user().says('a')
    await begun.promise
    const stopped = stop()
    const bob = server.user()
    bob.says('too late')
    await server.until('a failed delivery', () => (server.webhook?.failures.length ?? 0) > 0)
    work.resolve()
    await Promise.all([stopped, ended])
    await server.until('one update left', () => server.updates.pending.length === 1)
    expect(server.updates.pending[0]?.message?.text).toBe('too late')
    expect(server.callsOf('deleteWebhook')).toEqual([])
  })

  it('waits no longer than 8 s', async () => {
    const begun = Promise.withResolvers<void>()
    const { server, time, start } = await listening(() => {
      begun.resolve()
      return new Promise(() => {})
    })
    await using _ = server
    const { stop } = await start()
    server.user().says('endless')
    await begun.promise
    const stopped = stop()
    await time.pass(8000)
    await stopped
    await server.until('a failed delivery', () => server.webhook?.failures.length === 1)
    expect(server.updates.pending).toHaveLength(1)
  })
})

/** What the server says to these bytes. */
async function rawAnswer(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  const [answer] = await once(socket, 'data')
  socket.destroy()
  return String(answer)
}
