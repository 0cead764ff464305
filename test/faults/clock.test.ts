import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ButtonAction } from '../../src/core/action.ts'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS, type Identity } from '../../src/core/learner.ts'
import type { Screen } from '../../src/core/screen.ts'
import { reviews } from '../../src/db/schema.ts'
import { makePostgres } from '../db/support/databases.ts'
import { at, makeDeck } from '../db/support/fixtures.ts'
import { openTestStore, type TestStore } from '../db/support/openTestStore.ts'

/** How many histories are played; more by hand, with `npm run test:faults`. */
const HISTORIES = 5 * Number(process.env.TEST_FAULTS ?? 1)
const PEOPLE = ['ada', 'bob', 'cyd']
const PROCESSES = 2
const STUDY: ButtonAction = { kind: 'study', deckId: null }
const OFTEN = ['study', 'show', 'grade']
const SELDOM = ['regrade', 'undo', 'suspend', 'resume', 'why']
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * HOUR_MINUTES
/** A clock set right, summer time, a wrong zone, a machine that slept, one whose battery was empty. */
const JUMPS_MINUTES = [1, HOUR_MINUTES, 9 * HOUR_MINUTES, DAY_MINUTES, 30 * DAY_MINUTES, 1000 * DAY_MINUTES]

const step = fc.record({
  person: fc.nat({ max: PEOPLE.length - 1 }),
  process: fc.nat({ max: PROCESSES - 1 }),
  button: fc.nat({ max: 20 }),
  pressed: fc.oneof(
    { weight: 7, arbitrary: fc.constant(OFTEN) },
    { weight: 2, arbitrary: fc.constant(SELDOM) },
    // What was pressed before, on a screen that is gone.
    { weight: 2, arbitrary: fc.constant('the same again' as const) },
  ),
  jumpMinutes: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...JUMPS_MINUTES), fc.constantFrom(1, -1))
        .map(([minutes, sign]) => minutes * sign),
    },
  ),
})

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore(await makePostgres())
})
afterAll(() => opened?.close())

test('answers are kept, each once, while the clocks of two processes jump by minutes, days and years', async () => {
  const { store, db, differences, reset } = opened
  let presses = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), async (steps) => {
      await reset()
      await store.syncDecks([makeDeck('d', ['a/1', 'a/2', 'b', 'c', 'e', 'f', 'g'])])
      const clocks = Array.from({ length: PROCESSES }, () => at(0).getTime())
      const screens = new Map<string, Screen>()
      const earlier = new Map<string, ButtonAction>()
      const acknowledged = new Set<string>()

      const press = async (externalId: string, process: number, request: ButtonAction): Promise<void> => {
        const identity: Identity = { platform: 'telegram', externalId }
        const now = new Date(clocks[process] ?? 0)
        const screen = await handle(store, { identity, initialSettings: DEFAULT_SETTINGS, now }, request)
        screens.set(externalId, screen)
        earlier.set(externalId, request)
        if (request.kind === 'grade' && /^(Again|Hard|Good|Easy)\. /.test(screen.notice ?? '')) {
          const { id } = await store.learner(identity, DEFAULT_SETTINGS)
          const key = `${id} ${request.ref.cardId} ${request.ref.reviewCount}`
          // The same button, acknowledged twice.
          expect(acknowledged).not.toContain(key)
          acknowledged.add(key)
          presses++
        }
      }

      for (const externalId of PEOPLE) await press(externalId, 0, { kind: 'begin', deckId: null })
      for (const { person, process, button, pressed, jumpMinutes } of steps) {
        const externalId = PEOPLE[person] ?? ''
        clocks[process] = (clocks[process] ?? 0) + 1000 + jumpMinutes * 60_000
        if (pressed === 'the same again') {
          await press(externalId, process, earlier.get(externalId) ?? STUDY)
          continue
        }
        const shown = (screens.get(externalId)?.buttons ?? [])
          .flat()
          .filter(({ action }) => pressed.includes(action.kind))
        await press(externalId, process, shown[button % (shown.length || 1)]?.action ?? STUDY)
      }

      const stored = await db
        .select({ learnerId: reviews.learnerId, cardId: reviews.cardId, reviewCount: reviews.reviewCount })
        .from(reviews)
      const log = stored.map(({ learnerId, cardId, reviewCount }) => `${learnerId} ${cardId} ${reviewCount}`)
      expect([...acknowledged].filter((key) => !log.includes(key))).toEqual([])
      expect(await differences()).toEqual([])
    }),
    { numRuns: HISTORIES },
  )
  console.log(`${HISTORIES} histories, ${presses} answers acknowledged, doctor clean`)
  expect(presses).toBeGreaterThan(HISTORIES)
})
