import type { APIMessage } from 'discord.js'
import { afterAll } from 'vitest'
import { createBot, type DiscordBot } from '../../../src/adapters/discord/bot.ts'
import { COMMANDS } from '../../../src/adapters/discord/commands.ts'
import { createHands } from '../../../src/adapters/discord/hands.ts'
import { DiscordApi } from '../../../src/adapters/discord/transport/api.ts'
import { type Receiving, startGateway } from '../../../src/adapters/discord/transport/gateway.ts'
import { createReceiver, type Receiver } from '../../../src/adapters/discord/transport/receiver.ts'
import { registerCommands } from '../../../src/adapters/discord/transport/register.ts'
import type { Deck } from '../../../src/core/card.ts'
import { Platforms } from '../../../src/core/platforms.ts'
import type { Store } from '../../../src/core/store.ts'
import type { Surroundings } from '../../../src/core/surroundings.ts'
import { doJob } from '../../../src/jobs/handlers.ts'
import { makePgliteFolder } from '../../db/support/databases.ts'
import { openTestStore, type TestStore } from '../../db/support/openTestStore.ts'
import { STUDY_DECKS } from '../../support/studyDecks.ts'
import type { TestChannel } from './support/channels.ts'
import { DiscordServer } from './support/server.ts'
import type { TestUser } from './support/user.ts'

/** Opening one takes longer than most tests: those of one file share it, and find it empty. */
let opened: Promise<TestStore> | undefined

afterAll(async () => {
  await (await opened)?.close()
})

interface Running {
  readonly bot: DiscordBot
  readonly receiver: Receiver
  readonly receiving: Receiving
}

/** The bot on a real store and Discord on loopback. */
export class Bench implements AsyncDisposable {
  readonly server: DiscordServer
  readonly data: TestStore
  readonly log: string[] = []
  readonly platforms = new Platforms()
  readonly #store: Store
  readonly #patienceMs: number
  #running: Running | null = null
  /** Interactions are dated by the clock, and so is what is compared with them. */
  #aheadMs = 0

  private constructor(server: DiscordServer, data: TestStore, store: Store, patienceMs: number) {
    this.server = server
    this.data = data
    this.#store = store
    this.#patienceMs = patienceMs
  }

  /**
   * @param decks in place of {@link STUDY_DECKS}
   * @param wrap what the bot sees of the store
   * @param patienceMs how long the bot waits for the store
   */
  static async start(
    decks: readonly Deck[] = STUDY_DECKS,
    wrap = (store: Store): Store => store,
    patienceMs = 5000,
  ): Promise<Bench> {
    opened ??= makePgliteFolder().then(openTestStore)
    const [server, data] = await Promise.all([DiscordServer.start(), opened])
    await data.reset()
    await data.store.syncDecks(decks)
    const bench = new Bench(server, data, wrap(data.store), patienceMs)
    await bench.#run()
    return bench
  }

  /** Another process takes the place of this one. */
  async restart(): Promise<void> {
    await this.#running?.receiving.stop()
    await this.#run()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running?.receiving.stop()
    await this.server[Symbol.asyncDispose]()
  }

  get now(): Date {
    return new Date(Date.now() + this.#aheadMs)
  }

  /** Lets time pass, and the bot do what it does by the clock. */
  async after(milliseconds: number): Promise<void> {
    this.#aheadMs += milliseconds
    await this.#running?.bot.tick()
  }

  /**
   * Does the jobs whose time has come, all at once, as a process with jobs does.
   *
   * @throws what the first of them threw that failed; it can be done again
   */
  async work(): Promise<void> {
    const { jobs } = this.data
    const due = jobs.filter((job) => job.kind !== 'closeDaily' || job.at <= this.now)
    const surroundings = {
      store: this.#store,
      platforms: this.platforms,
      now: () => this.now,
      log: (line: string) => void this.log.push(line),
    }
    const done = await Promise.allSettled(
      due.map(async (job) => {
        const { kind, platform } = job
        const round = 'roundId' in job ? { roundId: job.roundId } : job
        await doJob({ ...round, kind, platform }, surroundings)
        jobs.splice(jobs.indexOf(job), 1)
      }),
    )
    for (const one of done) if (one.status === 'rejected') throw one.reason
  }

  /** Somebody who may manage servers. */
  manager(name = 'Max'): TestUser {
    return Object.assign(this.server.user({ name }), { managesServers: true })
  }

  /** Waits until all interactions have been dealt with. */
  async settled(): Promise<void> {
    await this.#running?.receiver.settled()
  }

  /** Somebody who studies the deck "nodes" in a channel, with the first card on show. */
  async learner(name = 'Ann'): Promise<{ user: TestUser; channel: TestChannel; card: APIMessage }> {
    const user = this.server.user({ name })
    const [channel] = this.server.guild().channels
    const welcome = await user.slash(channel, 'review').shown()
    const zone = await user.click(welcome, /^Nodes/).shown()
    const reminder = await user.click(zone, /London/).shown()
    const card = await user.click(reminder, '19:00').shown()
    return { user, channel, card }
  }

  /** What the log says of a person's answers: "card quality" or "card kind". */
  async answers(user: TestUser): Promise<string[]> {
    const { reviews } = await this.data.store.exportLearner(await this.learnerOf(user))
    return (reviews as { cardId: string; quality: number | null; kind: string }[]).map(
      ({ cardId, quality, kind }) => `${cardId} ${quality ?? kind}`,
    )
  }

  async learnerOf(user: TestUser): Promise<number> {
    const identity = { platform: 'discord', externalId: user.id } as const
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

  async #run(): Promise<void> {
    const { token, apiRoot } = this.server
    const log = (line: string): void => void this.log.push(line)
    const api = new DiscordApi({ token, apiRoot, timeoutMs: 2000, pauseMs: 1 })
    const now = () => this.now
    const surroundings: Surroundings = {
      store: this.#store,
      platforms: this.platforms,
      now,
      findZones: (text) => (text.toLowerCase() === 'berlin' ? ['Europe/Berlin'] : []),
      zonesOfLanguage: () => ['Europe/London', 'America/New_York'],
      notesUrl: null,
      log,
    }
    const bot = createBot(api, surroundings, this.#patienceMs)
    this.platforms.join('discord', createHands(api, surroundings))
    const receiver = createReceiver(bot.handle, { api, log, now: () => new Date(), slowDown: bot.slowDown })
    const { id } = await api.application()
    await registerCommands(api, id, COMMANDS)
    await bot.resume()
    const signal = new AbortController().signal
    const receiving = await startGateway(receiver, { token, apiRoot, api, log, signal })
    this.#running = { bot, receiver, receiving }
  }
}
