import * as fc from 'fast-check'

/** How a platform's server for tests makes its troubles. */
interface Troubles<Trouble> {
  serverError(code: number): Trouble
  connectionCut(when: { taken: boolean }): Trouble
  tooManyRequests(retryAfterSeconds: number): Trouble
}

/** Calls are left alone so often for each time that the platform asks to wait: that takes its time. */
const CALLS_PER_FLOOD = 250

/** What fails more often does not get there. */
const MOST_TRIES = 4

/**
 * Draws what goes wrong with the tries of a call, one call after the other; nothing with most.
 *
 * @param waitSeconds for how long a platform that has had too many calls asks to be left alone
 */
export function fates<Trouble>(
  { serverError, connectionCut, tooManyRequests }: Troubles<Trouble>,
  waitSeconds: number,
  seed: number,
): () => readonly Trouble[] {
  const passing = fc.constantFrom(
    serverError(500),
    serverError(502),
    connectionCut({ taken: false }),
    connectionCut({ taken: true }),
  )
  const fate = fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(passing, { minLength: 1, maxLength: MOST_TRIES - 1 }) },
    { weight: 2, arbitrary: fc.array(passing, { minLength: MOST_TRIES, maxLength: MOST_TRIES + 1 }) },
  )
  const drawn = [...fc.sample(fate, { seed, numRuns: CALLS_PER_FLOOD }), [tooManyRequests(waitSeconds)]]
  let next = seed % drawn.length
  return () => drawn[next++ % drawn.length] ?? []
}
