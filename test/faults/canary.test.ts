import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as discordFaults from '../adapters/discord/support/faults.ts'
import { DiscordServer } from '../adapters/discord/support/server.ts'
import * as telegramFaults from '../adapters/telegram/support/faults.ts'
import { TelegramServer } from '../adapters/telegram/support/server.ts'
import { makePostgres, type TestPlace } from '../db/support/databases.ts'
import { startProxy } from '../db/support/proxy.ts'
import { freePort, Service } from './service.ts'

/** Whatever a person writes, is called, or keeps secret has this in it. */
const CANARY = 'canary'
const WEBHOOK_SECRET = `${CANARY}-webhook-secret`
const PASSWORD = `${CANARY}-of-the-database`

let place: TestPlace
let telegram: TelegramServer
let discord: DiscordServer
let service: Service | undefined
let proxy: Awaited<ReturnType<typeof startProxy>>
let admin: postgres.Sql
let webhook: string

beforeAll(async () => {
  ;[place, telegram, discord] = await Promise.all([
    makePostgres(),
    TelegramServer.start(),
    DiscordServer.start(),
  ])
  admin = postgres(place.databaseUrl ?? '', { max: 1 })
  const role = `canary_${randomUUID().slice(0, 8)}`
  await admin.unsafe(`create role ${role} login superuser password '${PASSWORD}'`)
  proxy = await startProxy(new URL(place.databaseUrl ?? ''))
  const url = Object.assign(new URL(proxy.url), { username: role, password: PASSWORD })
  const port = await freePort()
  webhook = `http://127.0.0.1:${port}/telegram`
  service = await Service.start({
    DATABASE_URL: url.href,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_WEBHOOK_URL: webhook,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    PORT: String(port),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_ROOT: discord.apiRoot,
  })
}, 120_000)

afterAll(async () => {
  await service?.kill()
  await Promise.all([telegram[Symbol.asyncDispose](), discord[Symbol.asyncDispose]()])
  proxy.close()
  await admin.end()
  await place.remove()
})

/** Posts to the webhook as somebody who has found it. */
function post(body: string, secret = WEBHOOK_SECRET): Promise<Response> {
  const headers = { 'x-telegram-bot-api-secret-token': secret, 'content-type': 'application/json' }
  return fetch(webhook, { method: 'POST', headers, body })
}

test('no secret, name or text of anybody is in a log, a metric or an answer to tools, whatever goes wrong', async () => {
  if (service === undefined) throw new Error('no process')
  const { until } = service
  const untilLogged = (what: string, like: RegExp) =>
    until.call(service, what, () => service?.log.some(({ msg }) => like.test(msg)) ?? false, 20_000)
  const replies: string[] = []
  const look = async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', `/${CANARY}`]) {
      replies.push((await service?.ask(path))?.text ?? '')
    }
  }

  // Posts that are none of Telegram's, and updates that are none.
  expect((await post('{}', `${CANARY}-guessed`)).status).toBe(401)
  expect((await post(`{"${CANARY}`)).status).toBe(400)
  const malformed = { update_id: 1, message: { text: CANARY, chat: { id: CANARY, type: 'private' } } }
  await post(JSON.stringify(malformed))
  await post(JSON.stringify({ update_id: 2, callback_query: { id: '1', data: CANARY } }))
  await untilLogged('a malformed update', /^update 2: /)

  // Telegram refuses, quoting what was sent, or is away.
  const ann = telegram.user({ firstName: `Ann ${CANARY}`, username: `ann_${CANARY}` })
  const quoting = `Bad Request: can't parse "${CANARY} of somebody"`
  for (const fault of [
    telegramFaults.refused(400, quoting),
    telegramFaults.refused(401, 'Unauthorized'),
    telegramFaults.serverError(),
    telegramFaults.connectionCut({ taken: false }),
  ]) {
    telegram.fault('sendMessage', fault, 5)
    ann.says(`my ${CANARY} text`)
    await telegram.until('the refusals', () => telegram.callsOf('sendMessage').length > 0)
  }
  await untilLogged('what Telegram refused', /^update \d+: sendMessage: 40[01]/)

  // Discord refuses.
  const bob = discord.user({ name: `Bob ${CANARY}` })
  const [channel] = discord.guild().channels
  discord.fault(/callback$/, discordFaults.refused(400, 50035, `Invalid "${CANARY} of somebody"`))
  bob.slash(channel, 'help')
  await untilLogged('what Discord refused', /^interaction \d+: POST .*50035/)
  discord.fault(/callback$/, discordFaults.serverError(), 2)
  bob.slash(channel, 'help')
  await untilLogged('that Discord failed', /^interaction \d+: POST .*500/)

  // A statement fails: drizzle puts what it was given into its message.
  await admin`alter table drafts rename to drafts_away`
  const said = bob.says(channel, `${CANARY} said in a channel`)
  const form = await bob.contextCommand(said, 'Make a card').responded()
  bob.submit(form, { prompt: `What is a ${CANARY}?`, answer: `${CANARY} typed` })
  await untilLogged('the statement that failed', /^interaction \d+: (?!POST).*/)
  await admin`alter table drafts_away rename to drafts`
  await look()

  // The database is gone, and is silent.
  proxy.cut()
  proxy.hang()
  ann.says(`${CANARY} while the database is silent`)
  bob.slash(channel, 'review')
  await until.call(service, 'not ready', async () => (await service?.ask('/readyz'))?.status === 503, 20_000)
  await look()
  await untilLogged('that it does not receive', /could not be renewed/)
  proxy.heal()
  proxy.cut()
  await until.call(
    service,
    'ready again',
    async () => (await service?.ask('/readyz'))?.status === 200,
    30_000,
  )
  await look()

  const { output } = service
  expect(replies.join('\n')).toMatch(/deckhand_store_errors_total\{operation="saveDraft"/)
  expect(replies.join('\n')).toMatch(/deckhand_platform_errors_total\{platform="telegram",code="400"\}/)
  expect(replies.join('\n')).toMatch(/deckhand_platform_errors_total\{platform="discord",code="50035"\}/)
  expect(service.log.filter(({ request }) => request !== undefined).length).toBeGreaterThan(3)
  const secrets = [telegram.token.split(':')[1] ?? '', discord.token]
  for (const [where, text] of [
    ['the log', output],
    ['an answer', replies.join('\n')],
  ] as const) {
    const found = text.split('\n').filter((line) => new RegExp(CANARY, 'i').test(line))
    expect(found, where).toEqual([])
    for (const secret of secrets) expect(text.includes(secret), where).toBe(false)
  }
}, 120_000)
