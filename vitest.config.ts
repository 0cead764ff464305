import { defineConfig } from 'vitest/config'

/** The tests of these folders need databases, which are made once for all of them. */
const STORE_TESTS = [
  'test/db/**/*.test.ts',
  'test/faults/**/*.test.ts',
  'test/jobs/**/*.test.ts',
  'test/adapters/telegram/*.test.ts',
  'test/adapters/discord/*.test.ts',
]

export default defineConfig({
  test: {
    // Two processors are what CI has, and the store's tests start servers beside the workers.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'code',
          include: ['test/**/*.test.ts'],
          exclude: STORE_TESTS,
          // They leave nothing behind, so each need not load everything anew: two fifths of their time.
          isolate: false,
          // What is tested is whether it is right, not how fast the machine is.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'store',
          include: STORE_TESTS,
          globalSetup: 'test/db/support/globalSetup.ts',
          // A database is cloned, filled and compared; killed processes are started anew.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
