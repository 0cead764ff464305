import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { DiscordApi } from '../../../../src/adapters/discord/transport/api.ts'
import { startGateway } from '../../../../src/adapters/discord/transport/gateway.ts'
import { freePort } from '../../telegram/support/freePort.ts'
import { refused, serverError } from '../support/faults.ts'
import { Setting } from './setting.ts'

/** A bot that answers every command with "Here". */
function bot(options?: { heartbeatMs: number }): Promise<Setting> {
  const way = 'through the gateway'
  return Setting.start(
    way,
    async (interaction) => {
      const message = { content: 'Here' }
      await interaction.respond({ kind: 'message', message, visibility: 'everyone' })
    },
    options,
  )
}

/** Somebody asks, and is answered. */
async function isAnswered({ server }: Setting): Promise<boolean> {
  const ann = server.user()
  return (await ann.slash(ann.dm, 'review').shown()).content === 'Here'
}

describe('the gateway', () => {
  it('is asked for nothing but interactions', async () => {
    const setting = await bot()
    expect(setting.server.gateway.intents).toBe(0)
    expect(setting.states).toEqual(['Discord: connected to the gateway'])
    expect(await isAnswered(setting)).toBe(true)
  })

  it('is resumed after a cut connection, with what came meanwhile, and one line for each state', async () => {
    const setting = await bot()
    const { server } = setting
    const ann = server.user()
    server.gateway.drop()
    const act = ann.slash(ann.dm, 'review')
    expect((await act.shown()).content).toBe('Here')
    expect([server.gateway.resumed, server.gateway.identified]).toEqual([1, 1])
    expect(setting.states.slice(1)).toEqual([
      'Discord: the gateway has closed the connection; connecting again',
      'Discord: connected to the gateway again, nothing was missed',
    ])
  })

  it.each([
    ['told to connect again', ({ gateway }: Setting['server']) => gateway.requestReconnect()],
    ['told to resume', ({ gateway }: Setting['server']) => gateway.invalidate({ resumable: true })],
  ])('is resumed after it was %s', async (_what, disturb) => {
    const setting = await bot()
    const { gateway } = setting.server
    disturb(setting.server)
    await setting.server.until('a resumed session', () => gateway.resumed === 1)
    expect(await isAnswered(setting)).toBe(true)
  })

  // discord.js lets five seconds pass between two sessions, as Discord demands.
  it('gets a new session where the old one is over', { timeout: 15_000 }, async () => {
    const [told, cut] = await Promise.all([bot(), bot()])
    told.server.gateway.invalidate()
    cut.server.gateway.drop({ lost: true })
    for (const { server } of [told, cut]) {
      await server.until('a new session', () => server.gateway.identified === 2, 10_000)
      expect(server.gateway.resumed).toBe(0)
    }
    expect(await Promise.all([isAnswered(told), isAnswered(cut)])).toEqual([true, true])
  })

  it('is left for a new connection when it no longer answers heartbeats', async () => {
    const setting = await bot({ heartbeatMs: 40 })
    setting.server.gateway.isMute = true
    await setting.server.until('a resumed session', () => setting.server.gateway.resumed > 0)
    setting.server.gateway.isMute = false
    expect(await isAnswered(setting)).toBe(true)
  })

  it('that does not know the token makes the start fail, naming the variable and not its value', async () => {
    const setting = await Setting.server()
    const token = 'MTAwMDAw.wrong0.wrong-wrong-wrong-wrong'
    const starting = setting.connect(token)
    await expect(starting).rejects.toThrow(/check DISCORD_TOKEN/)
    await expect(starting).rejects.not.toThrow(/wrong-/)
  })

  it('that refuses the token of a new session makes the start fail', async () => {
    const setting = await Setting.server()
    // The token is replaced right after the gateway's address was asked for.
    const { server } = setting
    const token = 'MTAwMDAw.wrong0.wrong-wrong-wrong-wrong'
    const url = `ws://127.0.0.1:${new URL(server.apiRoot).port}/`
    const limit = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 }
    server.fault(/^GET .gateway.bot$/, {
      kind: 'refuse',
      refusal: Object.assign(refused(200, 0, ''), {
        status: 200,
        body: { url, shards: 1, session_start_limit: limit },
      }) as never,
    })
    await expect(setting.connect(token)).rejects.toThrow(/check DISCORD_TOKEN/)
  })

  it('that does not know the token any more ends it', async () => {
    const setting = await Setting.server()
    const receiving = await setting.connect()
    setting.server.gateway.close(4004)
    await expect(receiving.ended).rejects.toThrow(/4004 .*check DISCORD_TOKEN/)
  })

  it('is tried again as long as Discord fails, with a line each time', async () => {
    const setting = await Setting.server()
    setting.server.fault(/gateway/, serverError(503), 2)
    const connecting = setting.connect()
    await setting.time.pass(1000)
    await setting.time.pass(2000)
    await connecting
    expect(setting.states).toEqual([
      'Discord: GET /gateway/bot: 503 Service Unavailable; trying again in 1 s',
      'Discord: GET /gateway/bot: 503 Service Unavailable; trying again in 2 s',
      'Discord: connected to the gateway',
    ])
  })

  it('that cannot be reached keeps nobody from stopping', async () => {
    const log: string[] = []
    const stopping = new AbortController()
    const setting = await Setting.server()
    const apiRoot = `http://127.0.0.1:${await freePort()}/api`
    const { token } = setting.server
    const starting = startGateway(setting.receiver, {
      token,
      apiRoot,
      api: new DiscordApi({ token, apiRoot }),
      log: (line) => {
        log.push(line)
        stopping.abort()
      },
      signal: stopping.signal,
    })
    await expect(starting).rejects.toThrow()
    expect(log).toEqual([expect.stringMatching(/^Discord: .*ECONNREFUSED.*; trying again in 1 s$/)])
  })

  it('is left alone once it was told to stop, even between two tries to connect', async () => {
    const setting = await Setting.server()
    const receiving = await setting.connect()
    const { gateway } = setting.server
    gateway.drop()
    await setting.server.until('the end of the connection', () => gateway.connected === 0)
    setting.time.letPass(2000)
    await receiving.stop()
    // discord.js tries again after half a second.
    await delay(700)
    expect([gateway.connected, gateway.resumed, gateway.identified]).toEqual([0, 0, 1])
    await receiving.ended
  })

  it('is left after what is under way has been answered', async () => {
    const setting = await Setting.server()
    const database = Promise.withResolvers<void>()
    const receiver = setting.receiverOf(async (interaction) => {
      await database.promise
      const message = { content: 'Here' }
      await interaction.respond({ kind: 'message', message, visibility: 'private' })
    })
    const receiving = await setting.connect(undefined, receiver)
    const ann = setting.server.user()
    const act = ann.slash(ann.dm, 'review')
    await setting.time.pass(1500)
    await act.responded()
    const stopped = receiving.stop()
    database.resolve()
    expect((await act.shown()).content).toBe('Here')
    await stopped
    expect(setting.server.gateway.connected).toBe(0)
  })
})
