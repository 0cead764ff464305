import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { inLanes, personOf } from '../../../../src/adapters/telegram/lanes.ts'
import { configureApi } from '../../../../src/adapters/telegram/transport/api.ts'
import { type HandleUpdate, startPolling } from '../../../../src/adapters/telegram/transport/polling.ts'
import { Changes } from '../support/changes.ts'
import { connectionCut, hang, refused, serverError, tooManyRequests } from '../support/faults.ts'
import { TelegramServer } from '../support/server.ts'
import { FakeTime } from './fakeTime.ts'

const ALLOWED = ['message', 'callback_query', 'poll_answer', 'my_chat_member'] as const
const PATIENCE_MS = 300
const SLOW_POLL_MS = 500

/** Work that a test ends by hand, so that it sees what happens meanwhile. */
class ManualWork {
  /** Texts of the messages whose handling has begun, in that order. */
  readonly begun: string[] = []
  readonly #open = new Map<string, PromiseWithResolvers<void>>()
  readonly #changes = new Changes(() => `Begun: ${this.begun.join(', ')}`)

  readonly handle: HandleUpdate = ({ message }) => {
    const work = Promise.withResolvers<void>()
    this.begun.push(message?.text ?? '')
    this.#open.set(message?.text ?? '', work)
    this.#changes.announce()
    return work.promise
  }

  untilBegun(...texts: string[]): Promise<unknown> {
    return this.#changes.until(`the handling of ${texts}`, () => texts.every((t) => this.begun.includes(t)))
  }

  untilBegunTimes(times: number): Promise<unknown> {
    return this.#changes.until(`${times} handled`, () => this.begun.length === times)
  }

  end(text: string, failure?: Error): void {
    const work = this.#open.get(text)
    if (failure === undefined) work?.resolve()
    else work?.reject(failure)
  }
}

async function polling(handle: HandleUpdate) {
  const server = await TelegramServer.start()
  const time = new FakeTime()
  const lines: string[] = []
  const api = new Api(server.token, { apiRoot: server.apiRoot })
  configureApi(api)
  const start = () =>
    startPolling(api, handle, { allowedUpdates: ALLOWED, log: (line) => lines.push(line), wait: time.wait })
  return { server, time, lines, start }
}

const textsOf = (updates: readonly Update[]) => updates.map(({ message }) => message?.text)

describe('polling', () => {
  it('takes what waits already and ends a webhook first, keeping what it has not taken', async () => {
    const work = new ManualWork()
    const { server, start } = await polling(work.handle)
    await using _ = server
    const ann = server.user()
    ann.says('before')
    const { stop } = start()
    await work.untilBegun('before')
    expect(server.calls.map(({ method }) => method)).toEqual(['deleteWebhook', 'getUpdates'])
    expect(server.calls[1]?.payload).toEqual({
      offset: 0,
      limit: 100,
      timeout: 25,
      allowed_updates: [...ALLOWED],
    })
    work.end('before')
    await stop()
  })

  it('confirms a batch only when all of it has been dealt with', async () => {
    const work = new ManualWork()
    const { server, start } = await polling(work.handle)
    await using _ = server
    const [ann, bob] = [server.user(), server.user()]
    ann.says('a')
    bob.says('b')
    const { stop } = start()
    await work.untilBegun('a', 'b')
    work.end('a')
    expect(server.callsOf('getUpdates')).toHaveLength(1)
    expect(textsOf(server.updates.pending)).toEqual(['a', 'b'])
    work.end('b')
    await server.untilHandled()
    await stop()
  })

  it('gets everything again after a crash that was not dealt with', async () => {
    const work = new ManualWork()
    const { server, start } = await polling(work.handle)
    await using _ = server
    const ann = server.user()
    ann.says('a')
    ann.says('b')
    // The process that dies: nothing of it is awaited or stopped.
    start()
    await work.untilBegun('a', 'b')
    work.end('a')
    const second = new ManualWork()
    const api = new Api(server.token, { apiRoot: server.apiRoot })
    const { stop } = startPolling(api, second.handle, { allowedUpdates: ALLOWED, log: () => {} })
    await second.untilBegun('a', 'b')
    second.end('a')
    second.end('b')
    await server.untilHandled()
    await stop()
  })

  it('loses nothing of an answer that is cut off', async () => {
    const work = new ManualWork()
    const { server, time, start } = await polling(work.handle)
    await using _ = server
    server.user().says('a')
    server.fault('getUpdates', connectionCut({ taken: true }))
    const { stop } = start()
    await time.pass(1000)
    await work.untilBegun('a')
    work.end('a')
    await server.untilHandled()
    await stop()
  })

  it('keeps one person in order, with others beside them', async () => {
    const work = new ManualWork()
    const server = await TelegramServer.start()
    await using _ = server
    const take = inLanes(work.handle)
    const handle: HandleUpdate = async (update) => {
      const turn = take(update)
      if (turn.kind === 'taken') await turn.done
    }
    const api = new Api(server.token, { apiRoot: server.apiRoot })
    const { stop } = startPolling(api, handle, { allowedUpdates: ALLOWED, personOf, log: () => {} })
    const [ann, bob] = [server.user(), server.user()]
    for (const text of ['a1', 'a2', 'a3']) ann.says(text)
    bob.says('b1')
    await work.untilBegun('a1', 'b1')
    expect(work.begun).toEqual(['a1', 'b1'])
    for (const text of ['a1', 'a2', 'a3']) {
      await work.untilBegun(text)
      work.end(text)
    }
    work.end('b1')
    await server.untilHandled()
    expect(work.begun).toEqual(['a1', 'b1', 'a2', 'a3'])
    await stop()
  })

  it('lets one slow chat hold back the others for a moment only, and still loses nothing of it', async () => {
    const work = new ManualWork()
    const { server, time, start } = await polling(work.handle)
    await using _ = server
    const [ann, bob] = [server.user(), server.user()]
    const { stop } = start()
    ann.says('slow')
    await work.untilBegun('slow')
    bob.says('quick')
    expect(work.begun).toEqual(['slow'])
    time.letPass(SLOW_POLL_MS)
    await time.pass(PATIENCE_MS)
    await work.untilBegun('quick')
    expect(textsOf(server.updates.pending)).toEqual(['slow', 'quick'])
    work.end('quick')
    bob.says('again')
    await work.untilBegun('again')
    work.end('again')
    await server.untilAnswered('getUpdates', server.callsOf('getUpdates').length + 2)
    expect(textsOf(server.updates.pending)).toEqual(['slow', 'quick', 'again'])
    work.end('slow')
    await server.untilHandled()
    expect(work.begun).toEqual(['slow', 'quick', 'again'])
    expect(time.asked.filter((ms) => ms === PATIENCE_MS)).toHaveLength(1)
    await stop()
  })

  it('confirms a slow update when a hundred others wait behind it', async () => {
    const work = new ManualWork()
    const { server, time, lines, start } = await polling(async (update) => {
      const handled = work.handle(update)
      if (update.message?.text !== 'slow') work.end(update.message?.text ?? '')
      await handled
    })
    await using _ = server
    const [ann, bob] = [server.user(), server.user()]
    ann.says('slow')
    const { stop } = start()
    await work.untilBegun('slow')
    for (let count = 1; count <= 100; count++) bob.says(`b${count}`)
    time.letPass(SLOW_POLL_MS)
    await time.pass(PATIENCE_MS)
    await work.untilBegun('b100')
    const [slowId] = server
      .callsOf('getUpdates')
      .slice(1, 2)
      .map(({ payload }) => payload.offset)
    expect(lines).toEqual([`update ${slowId} takes long; it is confirmed so that others are not held back`])
    const stopped = stop()
    work.end('slow')
    await stopped
    expect(work.begun).toHaveLength(101)
  })

  it('goes on after a failure, and says so without saying what was written', async () => {
    const work = new ManualWork()
    const { server, lines, start } = await polling(work.handle)
    await using _ = server
    const ann = server.user()
    const { update } = ann.says('my diary')
    const { stop } = start()
    await work.untilBegun('my diary')
    work.end('my diary', new Error('the database is away'))
    await server.untilHandled()
    expect(lines).toEqual([`update ${update?.update_id}: Error: the database is away`])
    ann.says('next')
    await work.untilBegun('next')
    work.end('next')
    await stop()
  })

  it('takes an update twice that Telegram gives twice', async () => {
    const work = new ManualWork()
    const { server, start } = await polling(work.handle)
    await using _ = server
    const { update } = server.user().says('a')
    const { stop } = start()
    await work.untilBegun('a')
    work.end('a')
    await server.untilHandled()
    if (update !== null) server.repeat(update)
    await work.untilBegunTimes(2)
    work.end('a')
    await server.untilHandled()
    const last = server.callsOf('getUpdates').at(-1)
    expect(last?.payload.offset).toBe((update?.update_id ?? 0) + 1)
    await stop()
  })

  it('waits for the first of each person only before it asks for more', async () => {
    const work = new ManualWork()
    const server = await TelegramServer.start()
    await using _ = server
    const api = new Api(server.token, { apiRoot: server.apiRoot })
    const time = new FakeTime()
    const options = { allowedUpdates: ALLOWED, personOf, log: () => {}, wait: time.wait }
    const [ann, bob] = [server.user(), server.user()]
    for (const text of ['a1', 'a2', 'a3']) ann.says(text)
    const { stop } = startPolling(api, work.handle, options)
    await work.untilBegun('a1', 'a2', 'a3')
    bob.says('b1')
    // No time passes: the end of the first is what lets the next batch come.
    work.end('a1')
    await work.untilBegun('b1')
    for (const text of ['a2', 'a3', 'b1']) work.end(text)
    await server.untilHandled()
    await stop()
  })
})

describe('the end of polling', () => {
  it('ends the long poll at once', async () => {
    const { server, start } = await polling(async () => {})
    await using _ = server
    const { stop, ended } = start()
    await server.until('a long poll', () => server.updates.polled)
    await stop()
    await ended
    await server.until('no long poll', () => !server.updates.polled)
  })

  it('waits for what is under way and confirms it', async () => {
    const work = new ManualWork()
    const { server, start } = await polling(work.handle)
    await using _ = server
    const { update } = server.user().says('a')
    const { stop } = start()
    await work.untilBegun('a')
    const stopped = stop()
    server.user().says('too late')
    work.end('a')
    await stopped
    expect(server.callsOf('getUpdates').at(-1)?.payload).toEqual({
      offset: (update?.update_id ?? 0) + 1,
      limit: 1,
      timeout: 0,
    })
    expect(textsOf(server.updates.pending)).toEqual(['too late'])
    expect(work.begun).toEqual(['a'])
  })

  it('waits 8 s for it, and leaves to the next start what takes longer', async () => {
    const work = new ManualWork()
    const { server, time, start } = await polling(work.handle)
    await using _ = server
    const [ann, bob] = [server.user(), server.user()]
    ann.says('done')
    bob.says('endless')
    const { stop } = start()
    await work.untilBegun('done', 'endless')
    work.end('done')
    const stopped = stop()
    await time.pass(8_000)
    await stopped
    expect(textsOf(server.updates.pending)).toEqual(['endless'])
  })

  it('comes while it waits for a Telegram that is away', async () => {
    const { server, time, start } = await polling(async () => {})
    await using _ = server
    server.fault('getUpdates', serverError(), 100)
    const { stop } = start()
    await time.pass(1000)
    await server.untilAnswered('getUpdates', 2)
    await stop()
  })
})

describe('polling a Telegram that fails', () => {
  it('waits from 1 s to 30 s, doubling, with a line each time, and goes on', async () => {
    const work = new ManualWork()
    const { server, time, lines, start } = await polling(work.handle)
    await using _ = server
    server.fault('getUpdates', serverError(502), 3)
    server.fault('getUpdates', connectionCut({ taken: false }), 4)
    const { stop } = start()
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) await time.pass(seconds * 1000)
    server.user().says('a')
    await work.untilBegun('a')
    expect(lines).toHaveLength(7)
    expect(lines[0]).toBe('Telegram: getUpdates: 502 Bad Gateway; trying again in 1 s')
    expect(lines[6]).toBe(
      "Telegram: Network request for 'getUpdates' failed! (ECONNRESET); trying again in 30 s",
    )
    expect(lines.join()).not.toContain(server.token)
    work.end('a')
    await stop()
  })

  it('waits as long as Telegram says, when that is longer than its calls wait by themselves', async () => {
    const { server, time, start } = await polling(async () => {})
    await using _ = server
    server.fault('getUpdates', tooManyRequests(90))
    const { stop } = start()
    await time.pass(90_000)
    await server.until('a long poll', () => server.updates.polled)
    await stop()
  })

  it('leaves the bot to another process for a while when that polls too', async () => {
    const { server, time, lines, start } = await polling(async () => {})
    await using _ = server
    const { stop } = start()
    await server.until('a long poll', () => server.updates.polled)
    const other = new AbortController()
    const others = new Api(server.token, { apiRoot: server.apiRoot }).getUpdates(
      { timeout: 25 },
      other.signal as never,
    )
    others.catch(() => {})
    await server.untilAnswered('getUpdates')
    await time.pass(1000)
    await server.untilCalled('getUpdates', 3)
    expect(lines).toEqual([expect.stringMatching(/^Telegram: getUpdates: 409 Conflict: terminated by other/)])
    other.abort()
    await stop()
  })

  it.each([
    [401, 'Unauthorized'],
    [404, 'Not Found'],
  ])('ends when Telegram does not know the token (%i)', async (code, description) => {
    const { server, start } = await polling(async () => {})
    await using _ = server
    server.fault('getUpdates', refused(code, description))
    const { ended } = start()
    await expect(ended).rejects.toThrow(
      `Telegram does not know this bot (getUpdates: ${code} ${description}): check TELEGRAM_TOKEN`,
    )
    await expect(ended).rejects.not.toThrow(server.token)
  })

  it('does not wait for ever for a long poll that hangs', async () => {
    const server = await TelegramServer.start()
    await using _ = server
    const time = new FakeTime()
    const api = new Api(server.token, { apiRoot: server.apiRoot })
    // A long poll of 25 s shortened to nothing, so that only the limit of the call itself is left.
    configureApi(api, { timeoutMs: 20 })
    api.config.use((previous, method, payload, signal) =>
      previous(method, method === 'getUpdates' ? ({ ...payload, timeout: 0 } as never) : payload, signal),
    )
    server.fault('getUpdates', hang())
    const lines: string[] = []
    const { stop } = startPolling(api, async () => {}, {
      allowedUpdates: ALLOWED,
      log: (line) => lines.push(line),
      wait: time.wait,
    })
    await time.pass(1000)
    expect(lines).toEqual([expect.stringContaining("No answer to 'getUpdates'")])
    await stop()
  })
})
