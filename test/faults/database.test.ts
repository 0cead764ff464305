import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withPatience } from '../../src/app/patience.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { createStore } from '../../src/db/store.ts'
import { type Cluster, startCluster } from '../db/support/cluster.ts'
import { makePostgres, type TestPlace } from '../db/support/databases.ts'
import { openTestStore } from '../db/support/openTestStore.ts'
import { Network } from './network.ts'
import { Players, pause } from './players.ts'

/** How often each fault comes; more by hand, with `npm run test:faults`. */
const FAULTS = Number(process.env.TEST_FAULTS ?? 1)
const PEOPLE = 6
const UNDER_LOAD_MS = 300
/** What the issue of each is: answers go on, people are told. */
const BACK_WITHIN_MS = 5000
const TOLD_WITHIN_MS = 2000
/** Shorter than a bot's own, so that a slow machine does not count. */
const PATIENCE_MS = 400
/** A connection is given up after this, and opened anew. */
const BACK_AFTER_SILENCE_MS = 10_000

describe('answers go on, none is lost and none doubled', () => {
  let place: TestPlace
  beforeAll(async () => {
    place = await makePostgres()
  })
  afterAll(() => place.remove())

  /** The store as a bot has it, through a network that can fail. */
  async function playThrough(network: Network) {
    const { db, markSilence, close } = await openPostgres(network.url)
    const patience = { markSilence, patienceMs: PATIENCE_MS, silenceMs: 2 * PATIENCE_MS }
    const players = await Players.start(withPatience(createStore(db), patience), PEOPLE)
    return { players, close }
  }

  test('when all connections to the database are cut under load', async () => {
    await using network = await Network.before(place.databaseUrl ?? '')
    const { players, close } = await playThrough(network)
    for (let fault = 0; fault < FAULTS; fault++) {
      await pause(UNDER_LOAD_MS * Math.random())
      network.cut()
      expect(await players.backAfter(performance.now())).toBeLessThan(BACK_WITHIN_MS)
    }
    await players.stop()
    await close()
    const looking = await openTestStore({ ...place, remove: async () => {} })
    await players.expectSound(looking)
    expect(players.answers).toBeGreaterThan(0)
    await looking.close()
  })

  test('when connections stay half open: people are told to try again, and others are opened', async () => {
    await using network = await Network.before(place.databaseUrl ?? '')
    const { players, close } = await playThrough(network)
    for (let fault = 0; fault < Math.min(FAULTS, 3); fault++) {
      await pause(UNDER_LOAD_MS)
      const since = performance.now()
      network.swallow()
      await pause(TOLD_WITHIN_MS)
      network.recover()
      expect(await players.backAfter(performance.now())).toBeLessThan(BACK_AFTER_SILENCE_MS)
      expect(players.longestWait(since)).toBeGreaterThan(0)
      expect(players.longestWait(since)).toBeLessThan(TOLD_WITHIN_MS)
    }
    await players.stop()
    await close()
    const looking = await openTestStore({ ...place, remove: async () => {} })
    await players.expectSound(looking)
    await looking.close()
  })
})

describe('a Postgres that is stopped at once, as when its machine fails', () => {
  let cluster: Cluster
  beforeAll(async () => {
    // A server of its own, that keeps what it has committed.
    cluster = await startCluster(undefined, true)
  })
  afterAll(() => cluster?.stop())

  test('has every acknowledged answer once when it is back, and answers go on', async () => {
    const { db, markSilence, close } = await openPostgres(cluster.url)
    const players = await Players.start(withPatience(createStore(db), { markSilence }), PEOPLE)
    for (let fault = 0; fault < FAULTS; fault++) {
      await pause(UNDER_LOAD_MS * Math.random())
      await cluster.crash()
      expect(await players.backAfter(performance.now())).toBeLessThan(BACK_WITHIN_MS)
    }
    await players.stop()
    await close()
    const looking = await openTestStore({ databaseUrl: cluster.url, dataFolder: '', remove: async () => {} })
    await players.expectSound(looking)
    expect(players.answers).toBeGreaterThan(0)
    await looking.close()
  })
})
