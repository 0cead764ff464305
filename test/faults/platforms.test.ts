import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deck } from '../../src/core/card.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { Platforms } from '../../src/core/platforms.ts'
import * as discordFaults from '../adapters/discord/support/faults.ts'
import * as telegramFaults from '../adapters/telegram/support/faults.ts'
import { makePostgres } from '../db/support/databases.ts'
import { at } from '../db/support/fixtures.ts'
import { openTestStore, type TestStore } from '../db/support/openTestStore.ts'
import { sampleCard } from '../support/sampleDeck.ts'
import { accountOf } from './platforms/account.ts'
import { DiscordEnd } from './platforms/discordEnd.ts'
import type { End } from './platforms/end.ts'
import { fates } from './platforms/fates.ts'
import { Following } from './platforms/following.ts'
import { Presser, step } from './platforms/presser.ts'
import { TelegramEnd } from './platforms/telegramEnd.ts'

/** How many days of study; more by hand, with `npm run test:faults`. */
const DAYS = 2 * Number(process.env.TEST_FAULTS ?? 1)
/** Of a run that failed: people press by the same script, and calls fail in the same order; what meets what may differ. */
const SEED = Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** On each platform. */
const PEOPLE = 4
/** Each process serves so many steps of everybody, and another one takes over: it has not seen what comes again. */
const STEPS = 7
const PROCESSES_PER_DAY = 2
const PROCESSES = DAYS * PROCESSES_PER_DAY
const DAY_MINUTES = 24 * 60
/** Less would be no storm. */
const ENOUGH = 20

const DECK: Deck = {
  id: 'd',
  title: 'Deck',
  cards: Array.from({ length: 12 }, (_, index) =>
    sampleCard(
      index % 3 === 0
        ? { id: `pick-${index}`, kind: 'choice', answer: 'this', wrong: ['that', 'these', 'those'] }
        : { id: `flash-${index}` },
    ),
  ),
}

let opened: TestStore
let ends: readonly End[] = []

beforeAll(async () => {
  ;[opened, ...ends] = await Promise.all([
    makePostgres().then((place) => openTestStore(place)),
    TelegramEnd.start(fates(telegramFaults, 1, SEED)),
    DiscordEnd.start(fates(discordFaults, 0.1, SEED)),
  ])
})

afterAll(async () => {
  await Promise.all(ends.map((end) => end[Symbol.asyncDispose]()))
  await opened?.close()
})

test(`answers in Telegram and Discord are kept, each once, while calls fail and presses come twice and late (TEST_SEED=${SEED})`, {
  timeout: 0,
}, async () => {
  const { store, db, differences } = opened
  const following = new Following()
  let days = 0
  const surroundings = {
    store,
    platforms: new Platforms(),
    now: () => at(days * DAY_MINUTES),
    findZones: () => [],
    zonesOfLanguage: () => [],
    notesUrl: null,
    log: (line: string) => void following.log.push(line),
    watch: following.watch,
  }

  /** One process runs both bots meanwhile. */
  const withBots = async (work: () => Promise<unknown>) => {
    await Promise.all(ends.map((end) => end.startBot(surroundings, () => following.current())))
    await work()
    // What they have received is dealt with then, whoever waits for it.
    await Promise.all(ends.map((end) => end.stopBot()))
  }

  await store.syncDecks([DECK])
  const script = fc.array(step, { minLength: PROCESSES * STEPS, maxLength: PROCESSES * STEPS })
  const scripts = fc.sample(script, { seed: SEED, numRuns: ends.length * PEOPLE })
  const people = scripts.map((steps, index) => {
    const end = ends[index % ends.length] as End
    const person = end.person(`Person ${index}`)
    return { end, steps, presser: new Presser(person, (id) => following.untilDealtWith(id)) }
  })
  for (const { presser } of people) {
    const { id } = await store.learner(presser.person.identity, { ...DEFAULT_SETTINGS, newPerDay: 12 })
    await store.enrolInNewDecks(id)
  }

  for (let process = 0; process < PROCESSES; process++) {
    days = Math.floor(process / PROCESSES_PER_DAY)
    await withBots(async () => {
      for (const { way } of ends) way.isReliable = false
      const play = people.map(async ({ steps, presser }) => {
        for (const one of steps.slice(process * STEPS, (process + 1) * STEPS)) await presser.take(one)
        await presser.settled()
      })
      if (process % PROCESSES_PER_DAY === 0) for (const end of ends) end.disturb()
      await Promise.all(play)
      for (const { way } of ends) way.isReliable = true
    })
  }
  await withBots(async () => {
    for (const { presser } of people) {
      await presser.goOn()
      expect(presser.person.seen()).toMatch(/What is|today/)
    }
  })

  const doings = people.map(({ end, presser: { person, presses } }) => ({
    identity: person.identity,
    presses,
    saidTo: ({ updateId }: { updateId: string }) => end.saidTo(updateId).join('\n'),
  }))
  const { acknowledged, ...wrong } = await accountOf(db, doings)
  const troubles = ends.map(({ way }) => way.troubles)
  const presses = people.reduce((sum, { presser }) => sum + presser.presses.length, 0)
  const again = people.reduce((sum, { presser }) => sum + presser.deliveries, -presses)
  console.log(
    `seed ${SEED}: ${presses} presses, ${again} of them again, ${troubles.join(' + ')} calls failed, ${acknowledged} answers acknowledged`,
  )
  expect(wrong).toEqual({ lost: [], acknowledgedTwice: [], uncalledFor: [], wrongUndos: [] })
  expect(await differences()).toEqual([])
  expect(ends.flatMap(({ refused }) => refused)).toEqual([])
  for (const count of [...troubles, again, acknowledged]) expect(count).toBeGreaterThan(ENOUGH)
})
