import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../../../core/watch.ts'
import { describeFailure, isPassing, isUnknownBot } from './failures.ts'

/** Resolves after so long, or as soon as the signal aborts; never rejects. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>

export type { Log }

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

export const wait: Wait = (ms, signal) => delay(ms, undefined, { signal }).catch(() => {})

/**
 * Calls Discord until it works: failures of the network and of Discord's servers are logged and waited out, from 1 s
 * doubling to 30 s. (Rate limits are obeyed by discord.js.)
 *
 * @param signal ends it
 * @throws Error when the token is wrong; the failure itself when trying again is of no use or `signal` has aborted
 */
export async function persevere<T>(
  call: () => Promise<T>,
  { log, wait, signal }: { log: Log; wait: Wait; signal: AbortSignal },
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await call()
    } catch (error) {
      if (isUnknownBot(error)) throw unknownBot(describeFailure(error))
      if (signal.aborted || !isPassing(error)) throw error
      log(`Discord: ${describeFailure(error)}; trying again in ${pauseMs / 1000} s`, 'warn')
      await wait(pauseMs, signal)
      if (signal.aborted) throw error
    }
  }
}

/** What to tell the operator when Discord does not take the token. @param what Discord said */
export function unknownBot(what: string): Error {
  return new Error(
    `Discord does not know this bot (${what}): check DISCORD_TOKEN (developer portal, Bot, Reset Token), and DISCORD_API_ROOT if it is set`,
  )
}
