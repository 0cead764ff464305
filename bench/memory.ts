import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Bench, type Figure, median } from './bench.ts'

const ROUNDS = 5
const GUILDS = 500
const CHANNELS_PER_GUILD = 50
/** Between collections of garbage, so that what they leave to timers is done too. */
const SETTLING_MS = 300
const COLLECTIONS = 6
const BYTES_PER_MB = 2 ** 20

type Side = 'ours' | 'bare' | 'bareWithGuilds'

/** Each with the number of servers it is in. */
const MEASURED: readonly (readonly [Side, number])[] = [
  ['ours', 0],
  ['bare', 0],
  ['ours', GUILDS],
  ['bareWithGuilds', 0],
  ['bareWithGuilds', GUILDS],
]

/** What the programs that are measured are told. */
interface Addresses {
  readonly discordToken: string
  readonly discordApiRoot: string
  readonly telegramToken: string
  readonly telegramApiRoot: string
}

/** Resident memory of both adapters at rest, and of what joining servers adds to it. */
export const bench: Bench = {
  name: 'memory',
  run: async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'))
    const bytes = new Map<string, number[]>()
    try {
      // What is measured finds the compiled code; so the first round does not count.
      for (let round = -1; round < ROUNDS; round++) {
        for (const [side, guilds] of MEASURED) {
          const resident = await residentBytes(side, guilds, cacheFolder)
          const name = `${side} ${guilds}`
          if (round >= 0) bytes.set(name, [...(bytes.get(name) ?? []), resident])
        }
      }
    } finally {
      await rm(cacheFolder, { recursive: true })
    }
    return figuresOf((side, guilds) => median(bytes.get(`${side} ${guilds}`) ?? []))
  },
}

function figuresOf(bytesOf: (side: Side, guilds: number) => number): Figure[] {
  const [ours, bare] = [bytesOf('ours', 0), bytesOf('bare', 0)]
  const ourGrowth = Math.max(0, bytesOf('ours', GUILDS) - ours) / GUILDS
  const bareGrowth = (bytesOf('bareWithGuilds', GUILDS) - bytesOf('bareWithGuilds', 0)) / GUILDS
  return [
    {
      what: 'resident memory with both adapters at rest',
      ratio: ours / bare,
      bound: { atMost: 1.35 },
      reference: 'a discord.js client and a grammY bot that do nothing',
      detail: `median ${(ours / BYTES_PER_MB).toFixed(0)} MB over ${(bare / BYTES_PER_MB).toFixed(0)} MB`,
    },
    {
      what: `growth for each of ${GUILDS} servers with ${CHANNELS_PER_GUILD} channels`,
      ratio: ourGrowth / bareGrowth,
      bound: { atMost: 0.2 },
      reference: 'discord.js with its defaults and the intent for servers',
      detail: `median ${(ourGrowth / 1024).toFixed(1)} KB over ${(bareGrowth / 1024).toFixed(1)} KB`,
    },
  ]
}

/** Starts a program of its own beside Discord and Telegram on loopback, and asks for its resident memory at rest. */
async function residentBytes(side: Side, guilds: number, cacheFolder: string): Promise<number> {
  const { DiscordServer } = await import('../test/adapters/discord/support/server.ts')
  const { TelegramServer } = await import('../test/adapters/telegram/support/server.ts')
  await using discord = await DiscordServer.start()
  await using telegram = await TelegramServer.start()
  const channels = Array.from({ length: CHANNELS_PER_GUILD }, (_, index) => `channel-${index}`)
  for (let guild = 0; guild < guilds; guild++) discord.guild({ name: `Server ${guild}`, channels })
  const addresses: Addresses = {
    discordToken: discord.token,
    discordApiRoot: discord.apiRoot,
    telegramToken: telegram.token,
    telegramApiRoot: telegram.apiRoot,
  }
  // Compiled code is kept between starts, as Deckhand does it: else this would be about stripping types.
  const env = { ...process.env, NODE_COMPILE_CACHE: cacheFolder }
  const words = [side, JSON.stringify(addresses)]
  const child = fork(import.meta.filename, words, { env, execArgv: ['--expose-gc'] })
  try {
    const [bytes] = await Promise.race([once(child, 'message'), failed(child)])
    return Number(bytes)
  } finally {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

async function failed(child: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`the program that is measured ended with ${code}`)
}

// From here on, what runs in the programs that are measured. Each imports no more than it needs.

const SIDES: Readonly<Record<Side, (addresses: Addresses) => Promise<void>>> = {
  bare: (addresses) => startBare(addresses, []),
  // GatewayIntentBits.Guilds
  bareWithGuilds: (addresses) => startBare(addresses, [1]),
  ours: startOurs,
}

async function startBare(addresses: Addresses, intents: number[]): Promise<void> {
  const [{ Client }, { Bot }] = await Promise.all([import('discord.js'), import('grammy')])
  const bot = new Bot(addresses.telegramToken, { client: { apiRoot: addresses.telegramApiRoot } })
  await new Promise<void>((resolve) => void bot.start({ onStart: () => resolve() }))
  const client = new Client({ intents, rest: { api: addresses.discordApiRoot } })
  const ready = once(client, 'clientReady')
  await client.login(addresses.discordToken)
  await ready
}

async function startOurs({ discordToken, telegramToken, ...roots }: Addresses): Promise<void> {
  const log = (line: string): void => console.error(line)
  const { ALLOWED_UPDATES, createBot } = await import('../src/adapters/telegram/bot.ts')
  const { startPolling } = await import('../src/adapters/telegram/transport/polling.ts')
  const { Platforms } = await import('../src/core/platforms.ts')
  const telegram = createBot(
    { token: telegramToken, apiRoot: roots.telegramApiRoot, api: { mode: 'polling' } },
    {
      // At rest nobody asks it for anything.
      store: {} as never,
      now: () => new Date(),
      findZones: () => [],
      platforms: new Platforms(),
      zonesOfLanguage: () => ['UTC'],
      notesUrl: null,
      log,
    },
  )
  await telegram.bot.init()
  startPolling(telegram.bot.api, telegram.handle, { allowedUpdates: ALLOWED_UPDATES, log })

  const { COMMANDS } = await import('../src/adapters/discord/commands.ts')
  const { DiscordApi } = await import('../src/adapters/discord/transport/api.ts')
  const { createReceiver } = await import('../src/adapters/discord/transport/receiver.ts')
  const { startGateway } = await import('../src/adapters/discord/transport/gateway.ts')
  const { registerCommands } = await import('../src/adapters/discord/transport/register.ts')
  const reach = { token: discordToken, apiRoot: roots.discordApiRoot }
  const api = new DiscordApi(reach)
  await registerCommands(api, (await api.application()).id, COMMANDS)
  const receiver = createReceiver(async () => {}, { api, log, now: () => new Date() })
  await startGateway(receiver, { ...reach, api, log: () => {}, signal: new AbortController().signal })
}

async function measure(side: Side, addresses: Addresses): Promise<void> {
  await SIDES[side](addresses)
  for (let time = 0; time < COLLECTIONS; time++) {
    await delay(SETTLING_MS)
    globalThis.gc?.()
  }
  const bytes = process.memoryUsage.rss()
  flushCompileCache()
  process.send?.(bytes)
}

if (import.meta.main) {
  const [, , side, addresses] = process.argv
  await measure(side as Side, JSON.parse(addresses ?? '{}'))
}
