import { Bot } from 'grammy'
import { describe, expect, it } from 'vitest'
import { receiveUpdates } from '../../../../src/adapters/telegram/transport/receive.ts'
import { refused, serverError } from '../support/faults.ts'
import { freePort } from '../support/freePort.ts'
import { TelegramServer } from '../support/server.ts'
import { FakeTime } from './fakeTime.ts'

async function withBot() {
  const server = await TelegramServer.start()
  const bot = new Bot(server.token, { client: { apiRoot: server.apiRoot } })
  const heard: string[] = []
  bot.on('message:text', (ctx) => {
    heard.push(`${ctx.me.username} hears ${ctx.message.text}`)
  })
  const time = new FakeTime()
  const lines: string[] = []
  const options = {
    webhook: null,
    allowedUpdates: ['message'] as const,
    log: (line: string) => lines.push(line),
    wait: time.wait,
  }
  return { server, bot, heard, time, lines, options }
}

describe('receiving updates', () => {
  it('polls', async () => {
    const { server, bot, heard, options } = await withBot()
    await using _ = server
    server.user().says('hello')
    const { stop } = await receiveUpdates(bot, options)
    await server.untilHandled()
    expect(heard).toEqual(['deckhand_test_bot hears hello'])
    await stop()
  })

  it('listens when there is a webhook', async () => {
    const { server, bot, heard, options } = await withBot()
    await using _ = server
    server.user().says('hello')
    const port = await freePort()
    const webhook = { url: `http://127.0.0.1:${port}/x`, secret: 'hush', port }
    const { stop } = await receiveUpdates(bot, { ...options, webhook })
    await server.untilHandled()
    expect(heard).toEqual(['deckhand_test_bot hears hello'])
    await stop()
  })

  it('begins once Telegram has answered, before there are updates', async () => {
    const { server, bot, options } = await withBot()
    await using _ = server
    const begin = async () => {
      await bot.api.setMyCommands([])
    }
    const { stop } = await receiveUpdates(bot, { ...options, begin })
    await server.untilCalled('getUpdates')
    const methods = server.calls.map(({ method }) => method)
    expect(methods).toEqual(['getMe', 'setMyCommands', 'deleteWebhook', 'getUpdates'])
    await stop()
  })

  it('waits for a Telegram that is away, and says so', async () => {
    const { server, bot, time, lines, options } = await withBot()
    await using _ = server
    server.fault('getMe', serverError(502))
    const receiving = receiveUpdates(bot, options)
    await time.pass(1000)
    const { stop } = await receiving
    expect(lines).toEqual(['Telegram: getMe: 502 Bad Gateway; trying again in 1 s'])
    await stop()
  })

  it('ends the waiting when it is told to', async () => {
    const { server, bot, options } = await withBot()
    await using _ = server
    server.fault('getMe', serverError(502), 100)
    const stopping = new AbortController()
    const receiving = receiveUpdates(bot, { ...options, signal: stopping.signal })
    await server.untilAnswered('getMe')
    stopping.abort()
    await expect(receiving).rejects.toThrow('502')
  })

  it('refuses to start with a token that Telegram does not know, without showing it', async () => {
    const { server, bot, options } = await withBot()
    await using _ = server
    server.fault('getMe', refused(401, 'Unauthorized'), 2)
    await expect(receiveUpdates(bot, options)).rejects.toThrow(/check TELEGRAM_TOKEN/)
    await expect(receiveUpdates(bot, options)).rejects.not.toThrow(server.token)
  })
})
