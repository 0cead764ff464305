import type { Message } from 'grammy/types'
import { afterAll } from 'vitest'
import { ALLOWED_UPDATES, createBot, type TelegramBot } from '../../../src/adapters/telegram/bot.ts'
import { personOf } from '../../../src/adapters/telegram/lanes.ts'
import { type Receiving, startPolling } from '../../../src/adapters/telegram/transport/polling.ts'
import type { Deck } from '../../../src/core/card.ts'
import { Platforms } from '../../../src/core/platforms.ts'
import type { Store } from '../../../src/core/store.ts'
import type { Surroundings } from '../../../src/core/surroundings.ts'
import { makePgliteFolder } from '../../db/support/databases.ts'
import { openTestStore, type TestStore } from '../../db/support/openTestStore.ts'
import { STUDY_DECKS } from '../../support/studyDecks.ts'
import { buttonLabels, TelegramServer } from './support/server.ts'
import type { TestUser } from './support/user.ts'

const MORNING = new Date('2026-03-02T09:00:00Z')

/** Opening one takes longer than most tests: those of one file share it, and find it empty. */
let opened: Promise<TestStore> | undefined

afterAll(async () => {
  await (await opened)?.close()
})

/** The bot on a real store and Telegram on loopback. */
export class Bench implements AsyncDisposable {
  readonly server: TelegramServer
  readonly data: TestStore
  readonly log: string[] = []
  readonly platforms = new Platforms()
  now = MORNING
  telegram: TelegramBot
  #receiving: Receiving | null = null
  readonly #more: Partial<Surroundings>

  private constructor(server: TelegramServer, data: TestStore, more: Partial<Surroundings>) {
    this.server = server
    this.data = data
    this.#more = more
    this.telegram = this.#make()
  }

  /**
   * @param decks in place of {@link STUDY_DECKS}
   * @param wrap what the bot sees of the store
   */
  static async start(
    decks: readonly Deck[] = STUDY_DECKS,
    more: Partial<Surroundings> = {},
    wrap = (store: Store): Store => store,
  ): Promise<Bench> {
    opened ??= makePgliteFolder().then(openTestStore)
    const [server, data] = await Promise.all([TelegramServer.start(), opened])
    await data.reset()
    await data.store.syncDecks(decks)
    const bench = new Bench(server, data, { store: wrap(data.store), ...more })
    await bench.#run()
    return bench
  }

  /** Another process takes the place of this one. */
  async restart(): Promise<void> {
    await this.#receiving?.stop()
    this.telegram = this.#make()
    await this.#run()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#receiving?.stop()
    await this.server[Symbol.asyncDispose]()
  }

  /** Lets time pass, and the bot do what it does by the clock. */
  async after(milliseconds: number): Promise<void> {
    this.now = new Date(this.now.getTime() + milliseconds)
    await this.telegram.tick()
  }

  /** Somebody who studies the deck "nodes", with the first card on show. */
  async learner(name = 'Ann'): Promise<{ user: TestUser; card: Message }> {
    const user = this.server.user({ firstName: name })
    user.says('/start deck-nodes')
    await this.shown(user, /which clock/)
    await this.press(user, /Keep|London/)
    await this.shown(user, /remind/)
    await this.press(user, '19:00')
    return { user, card: await this.shown(user, /kubelet/) }
  }

  shown(user: TestUser, like: RegExp): Promise<Message> {
    return this.server.untilShown(user.chat, like)
  }

  /** Presses a button of the last message, and waits until the bot has acknowledged it. */
  async press(user: TestUser, label: string | RegExp): Promise<void> {
    const last = this.server.lastShown(user.chat)
    if (last === undefined) throw new Error('nothing is shown yet')
    await user.press(last, label).answered()
  }

  labels(user: TestUser): string[] {
    const last = this.server.lastShown(user.chat)
    return last === undefined ? [] : buttonLabels(last).flat()
  }

  /** What the log says of a person's answers: "card quality" or "card kind". */
  async answers(user: TestUser): Promise<string[]> {
    const learner = await this.learnerOf(user)
    const { reviews } = await this.data.store.exportLearner(learner)
    return (reviews as { cardId: string; quality: number | null; kind: string }[]).map(
      ({ cardId, quality, kind }) => `${cardId} ${quality ?? kind}`,
    )
  }

  async learnerOf(user: TestUser): Promise<number> {
    const identity = { platform: 'telegram', externalId: String(user.id) } as const
    const settings = {
      timeZone: 'UTC',
      dayStartHour: 4,
      newPerDay: 10,
      reviewsPerDay: 100,
      reminderMinute: null,
      hidden: false,
    }
    return (await this.data.store.learner(identity, settings)).id
  }

  #make(): TelegramBot {
    return createBot(
      {
        token: this.server.token,
        apiRoot: this.server.apiRoot,
        api: { mode: 'polling', timeoutMs: 2000, pauseMs: 1 },
      },
      {
        store: this.data.store,
        platforms: this.platforms,
        now: () => this.now,
        findZones: (text) => (text.toLowerCase() === 'berlin' ? ['Europe/Berlin'] : []),
        zonesOfLanguage: () => ['Europe/London', 'America/New_York'],
        notesUrl: null,
        log: (line) => this.log.push(line),
        ...this.#more,
      },
    )
  }

  async #run(): Promise<void> {
    await this.telegram.bot.init()
    await this.telegram.begin()
    const { bot, handle } = this.telegram
    this.#receiving = startPolling(bot.api, handle, {
      allowedUpdates: ALLOWED_UPDATES,
      personOf,
      log: (line) => this.log.push(line),
    })
    await this.server.until('the first poll', () => this.server.updates.polled)
  }
}
