import { Bot } from 'grammy'
import { ALLOWED_UPDATES, createBot } from '../src/adapters/telegram/bot.ts'
import {
  type HandleUpdate,
  type Receiving,
  startPolling,
} from '../src/adapters/telegram/transport/polling.ts'
import { DEFAULT_SETTINGS } from '../src/core/learner.ts'
import { Platforms } from '../src/core/platforms.ts'
import type { Store } from '../src/core/store.ts'
import { openPostgres } from '../src/db/postgres.ts'
import { createStore } from '../src/db/store.ts'
import { TelegramServer } from '../test/adapters/telegram/support/server.ts'
import type { TestUser } from '../test/adapters/telegram/support/user.ts'
import { sampleCard } from '../test/support/sampleDeck.ts'
import { type Bench, median } from './bench.ts'
import { withPostgres } from './postgres.ts'

/** So many people press at the same moment. */
const CHATS = 32
const ROUNDS = 60
/** The first rounds warm the code up. */
const WARM_UP = 10
const CARDS = 200
const BUTTON = { inline_keyboard: [[{ text: 'Press', callback_data: 'press' }]] }

/** A bot at work, and the people who press its buttons. */
interface Side {
  readonly server: TelegramServer
  readonly receiving: Receiving
  readonly users: readonly TestUser[]
}

/** Time until a press is answered, with many at once, over a bot on bare grammY that does nothing else. */
export const bench: Bench = {
  name: 'telegram',
  run: () =>
    withPostgres(async (databaseUrl) => {
      const { db, close } = await openPostgres(databaseUrl)
      const [ours, bare] = [await makeOurs(createStore(db)), await makeBare()]
      const times = { ours: [] as number[], bare: [] as number[] }
      for (let round = 0; round < ROUNDS; round++) {
        const [bareMs, oursMs] = [await roundMs(bare), await roundMs(ours)]
        if (round < WARM_UP) continue
        times.bare.push(...bareMs)
        times.ours.push(...oursMs)
      }
      for (const { receiving, server } of [ours, bare]) {
        await receiving.stop()
        await server[Symbol.asyncDispose]()
      }
      await close()
      const [our, reference] = [median(times.ours), median(times.bare)]
      return [
        {
          what: `press to its answer in Telegram, ${CHATS} chats at once`,
          ratio: our / reference,
          bound: { atMost: 1.5 },
          reference: 'a bot on bare grammY that only answers presses',
          detail: `median ${our.toFixed(1)} ms over ${reference.toFixed(1)} ms`,
        },
      ]
    }),
}

/** Everybody presses the first button they see; milliseconds until each press is answered. */
async function roundMs({ server, users }: Side): Promise<number[]> {
  const times = users.map(async (user) => {
    const message = server.lastShown(user.chat)
    if (message === undefined) throw new Error(`Nothing is shown to ${user.id}`)
    const start = performance.now()
    await user.press(message, /./).answered()
    return performance.now() - start
  })
  const milliseconds = await Promise.all(times)
  // What follows the answer is done before the next round begins.
  await server.untilHandled()
  return milliseconds
}

async function makeBare(): Promise<Side> {
  const server = await TelegramServer.start()
  const bot = new Bot(server.token, { client: { apiRoot: server.apiRoot }, botInfo: server.me })
  bot.on('callback_query', (ctx) => ctx.answerCallbackQuery())
  bot.on('message', (ctx) => ctx.reply('Here', { reply_markup: BUTTON }))
  return sideOf(server, bot, (update) => bot.handleUpdate(update), '/start')
}

async function makeOurs(store: Store): Promise<Side> {
  const server = await TelegramServer.start()
  await store.syncDecks([
    {
      id: 'bench',
      title: 'Bench',
      cards: Array.from({ length: CARDS }, (_, index) => sampleCard({ id: `card-${index}` })),
    },
  ])
  const { bot, handle } = createBot(
    { token: server.token, apiRoot: server.apiRoot, botInfo: server.me, api: { mode: 'polling' } },
    {
      store,
      now: () => new Date(),
      findZones: () => [],
      platforms: new Platforms(),
      zonesOfLanguage: () => ['UTC'],
      notesUrl: null,
      log: (line) => console.error(line),
    },
  )
  return sideOf(server, bot, handle, '/review', async ({ id }) => {
    const identity = { platform: 'telegram', externalId: String(id) } as const
    const learner = await store.learner(identity, { ...DEFAULT_SETTINGS, newPerDay: CARDS })
    await store.enrolInNewDecks(learner.id)
  })
}

/** Lets a bot poll, and makes people who have a message with buttons before them. */
async function sideOf(
  server: TelegramServer,
  bot: Bot,
  handle: HandleUpdate,
  opening: string,
  prepare: (user: TestUser) => Promise<void> = async () => {},
): Promise<Side> {
  const users = Array.from({ length: CHATS }, () => server.user())
  const receiving = startPolling(bot.api, handle, {
    allowedUpdates: ALLOWED_UPDATES,
    log: (line) => console.error(line),
  })
  for (const user of users) {
    await prepare(user)
    user.says(opening)
    await server.untilShown(user.chat, ({ reply_markup }) => reply_markup !== undefined)
  }
  await server.untilHandled()
  return { server, receiving, users }
}
