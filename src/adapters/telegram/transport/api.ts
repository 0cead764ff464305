import { autoRetry } from '@grammyjs/auto-retry'
import { type Api, HttpError, type Transformer } from 'grammy'
import { UNWATCHED, type Watch } from '../../../core/watch.ts'
import { isTimeout } from './failures.ts'
import { Pace, paced } from './pace.ts'

/** How long the bot's calls may take. */
export interface ApiOptions {
  /** Telegram waits for a webhook's answer, so there a call gives up sooner. */
  readonly mode?: 'polling' | 'webhook'
  /** Without an answer for so long, a call fails. */
  readonly timeoutMs?: number
  /** The pause before a call is tried again that the network or Telegram's servers failed; it doubles. */
  readonly pauseMs?: number
  readonly watch?: Watch
  /** Shared by all who use one token; one of its own unless given. */
  readonly pace?: Pace
  /** Sends by the clock: keeps Telegram's limits, and has the time for it. Otherwise somebody waits for the answer. */
  readonly isByClock?: boolean
}

const TIMEOUT_MS = 10_000
const PAUSE_MS = 500
const FLOOD = {
  polling: { maxDelaySeconds: 60, maxRetryAttempts: 3 },
  webhook: { maxDelaySeconds: 5, maxRetryAttempts: 1 },
}
const TRIES = { polling: 4, webhook: 2 }

/** Doing these twice is doing them once: they may be tried again even if the first try may have worked. */
const REPEATABLE = /^(get|set|edit|delete|answer)/

/**
 * Makes every call of an `Api` patient, within bounds: flood control (429) is obeyed, failures of Telegram's servers
 * are tried again, and so are failures of the network where a call may be repeated. No call takes for ever.
 */
export function configureApi(
  api: Api,
  {
    mode = 'polling',
    timeoutMs = TIMEOUT_MS,
    pauseMs = PAUSE_MS,
    watch = UNWATCHED,
    pace = new Pace(),
    isByClock = false,
  }: ApiOptions = {},
): void {
  const patience = isByClock ? 'polling' : mode
  // The last one is the outermost: each try has its own time.
  api.config.use(
    counting(watch),
    withTimeout(timeoutMs),
    paced(pace, isByClock),
    withTries(TRIES[patience], pauseMs),
    autoRetry({ ...FLOOD[patience], rethrowHttpErrors: true, rethrowInternalServerErrors: true }),
    timing(watch),
  )
}

/** Counts what Telegram refuses, and what the network loses. */
function counting(watch: Watch): Transformer {
  return async (previous, method, payload, signal) => {
    try {
      const response = await previous(method, payload, signal)
      if (!response.ok) watch.refused('telegram', response.error_code)
      return response
    } catch (error) {
      if (!signal?.aborted || isTimeout(error)) watch.refused('telegram', 'network')
      throw error
    }
  }
}

/** Times calls, with all that is waited between their tries. */
function timing(watch: Watch): Transformer {
  return (previous, method, payload, signal) =>
    // It waits for people to write something.
    method === 'getUpdates'
      ? previous(method, payload, signal)
      : watch.call('telegram', () => previous(method, payload, signal))
}

/** Ends a call that is not answered; the caller's own signal still ends it too. */
function withTimeout(timeoutMs: number): Transformer {
  return async (previous, method, payload, signal) => {
    const controller = new AbortController()
    const abort = () => controller.abort()
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      abort()
    }, timeoutMs + longPollMs(payload))
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
    try {
      return await previous(method, payload, controller.signal as typeof signal)
    } catch (error) {
      if (!isLate) throw error
      throw new HttpError(
        `No answer to '${method}' in ${timeoutMs / 1000} s`,
        new DOMException('', 'TimeoutError'),
      )
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  }
}

/** How long Telegram was asked to wait for updates. */
function longPollMs(payload: unknown): number {
  const { timeout = 0 } = (payload ?? {}) as { timeout?: number }
  return timeout * 1000
}

function withTries(tries: number, firstPauseMs: number): Transformer {
  return async (previous, method, payload, signal) => {
    // Whoever polls has a patience of their own.
    if (method === 'getUpdates') return previous(method, payload, signal)
    for (let left = tries - 1, pauseMs = firstPauseMs; ; left--, pauseMs *= 2) {
      const isLast = left === 0 || signal?.aborted
      try {
        const response = await previous(method, payload, signal)
        if (response.ok || response.error_code < 500 || isLast) return response
      } catch (error) {
        // A server that does not answer is not asked again: the chat has waited long enough.
        const mayRepeat = error instanceof HttpError && !isTimeout(error) && REPEATABLE.test(method)
        if (isLast || signal?.aborted || !mayRepeat) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
