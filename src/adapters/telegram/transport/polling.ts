import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { describeFailure } from './failures.ts'
import { type Log, persevere, type Wait, wait as waitByTheClock } from './persevere.ts'

/** Deals with one update; it keeps those of one person in order by itself. */
export type HandleUpdate = (update: Update) => Promise<void>

/** Updates that are being received. */
export interface Receiving {
  /** Resolves after {@link stop}; rejects when Telegram does not know the token (any more). */
  readonly ended: Promise<void>
  /** Takes no more updates, and waits up to 8 s for those under way. */
  stop(): Promise<void>
}

export interface PollingOptions {
  /** The kinds of updates wanted. */
  readonly allowedUpdates: readonly Exclude<keyof Update, 'update_id'>[]
  readonly log: Log
  /** Whose updates wait for each other: the next batch waits for the first of each only. Unless given, for all. */
  readonly personOf?: (update: Update) => string | undefined
  /** Time, for tests. */
  readonly wait?: Wait
}

const LONG_POLL_SECONDS = 25
const BATCH = 100
/** How long one slow update may hold back the next batch. */
const PATIENCE_MS = 300
/** Between polls while an update is slow: Telegram gives what is not confirmed at once, again and again. */
const SLOW_POLL_MS = 500
/** A process that is told to stop has ten seconds for all. */
const STOP_PATIENCE_MS = 8000

/**
 * Polls Telegram. What it gives is confirmed once it has been dealt with, so that a crash loses nothing: what was
 * under way comes again. A batch is dealt with side by side.
 *
 * grammY's own loops do either one update at a time, or confirm updates before they are dealt with.
 *
 * @param handle failures are logged, and the update is done with
 */
export function startPolling(api: Api, handle: HandleUpdate, options: PollingOptions): Receiving {
  const stopping = new AbortController()
  const polling = new Polling(api, handle, options, stopping.signal)
  const ended = polling.run()
  // Whoever only stops it hears of the failure there.
  ended.catch(() => {})
  return {
    ended,
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}

class Polling {
  readonly #api: Api
  readonly #handle: HandleUpdate
  readonly #allowedUpdates: PollingOptions['allowedUpdates']
  readonly #log: Log
  readonly #wait: Wait
  readonly #stop: AbortSignal
  readonly #personOf: NonNullable<PollingOptions['personOf']>
  /** What is being dealt with. */
  readonly #works = new Set<Promise<void>>()
  /** How much of it is each person's. */
  readonly #perPerson = new Map<string, number>()
  /** Of these, what is not confirmed. */
  readonly #underWay = new Set<number>()
  /** Dealt with, but not below the offset: an older one is still under way. */
  readonly #done = new Set<number>()
  #nextId = 0

  constructor(api: Api, handle: HandleUpdate, options: PollingOptions, stop: AbortSignal) {
    this.#api = api
    this.#handle = handle
    this.#allowedUpdates = options.allowedUpdates
    this.#log = options.log
    this.#personOf = options.personOf ?? (() => undefined)
    this.#wait = options.wait ?? waitByTheClock
    this.#stop = stop
  }

  async run(): Promise<void> {
    await this.#persevere(() => this.#api.deleteWebhook(undefined, this.#abort))
    while (!this.#stop.aborted) {
      const updates = await this.#persevere(() => this.#poll())
      if (updates === null) break
      const isSlow = this.#underWay.size > 0
      const fresh = updates.filter(({ update_id: id }) => !this.#underWay.has(id) && !this.#done.has(id))
      const works = fresh.flatMap((update) => this.#begin(update) ?? [])
      if (fresh.length === 0 && updates.length === BATCH) this.#forgetOldest()
      const patienceMs = isSlow ? SLOW_POLL_MS : PATIENCE_MS
      if (works.length > 0) await this.#settled(Promise.all(works), patienceMs, this.#stop)
      // Whatever ends may be what held the next ones back.
      else if (this.#works.size > 0) await this.#settled(Promise.race(this.#works), patienceMs, this.#stop)
    }
    await this.#settled(Promise.all(this.#works), STOP_PATIENCE_MS)
    await this.#confirm()
  }

  /** Everything below is confirmed by polling with it. */
  get #offset(): number {
    return Math.min(this.#nextId, ...this.#underWay)
  }

  #poll(): Promise<Update[]> {
    const offset = this.#offset
    for (const id of this.#done) if (id < offset) this.#done.delete(id)
    return this.#api.getUpdates(
      {
        offset,
        limit: BATCH,
        timeout: this.#underWay.size > 0 ? 0 : LONG_POLL_SECONDS,
        allowed_updates: this.#allowedUpdates as never,
      },
      this.#abort,
    )
  }

  /** @returns null where it waits for something else of the same person */
  #begin(update: Update): Promise<void> | null {
    const id = update.update_id
    const person = this.#personOf(update)
    const before = person === undefined ? 0 : this.#counted(person, 1)
    this.#nextId = Math.max(this.#nextId, id + 1)
    this.#underWay.add(id)
    const work = this.#handle(update)
      .catch((error: unknown) => this.#log(`update ${id}: ${describeFailure(error)}`, 'warn'))
      .finally(() => {
        this.#works.delete(work)
        this.#underWay.delete(id)
        this.#done.add(id)
        if (person !== undefined) this.#counted(person, -1)
      })
    this.#works.add(work)
    return before === 0 ? work : null
  }

  /** @returns how much of this person was under way before */
  #counted(person: string, change: 1 | -1): number {
    const before = this.#perPerson.get(person) ?? 0
    if (before + change === 0) this.#perPerson.delete(person)
    else this.#perPerson.set(person, before + change)
    return before
  }

  /** A whole batch waits behind one slow update: Telegram shows no newer ones until that is confirmed. */
  #forgetOldest(): void {
    const oldest = this.#offset
    this.#log(`update ${oldest} takes long; it is confirmed so that others are not held back`, 'warn')
    this.#underWay.delete(oldest)
  }

  /** Waits for `works`, but not longer than `ms`, nor after `signal` aborts. */
  async #settled(works: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<void> {
    const enough = new AbortController()
    const over = signal === undefined ? enough.signal : AbortSignal.any([enough.signal, signal])
    await Promise.race([works, this.#wait(ms, over)])
    enough.abort()
  }

  async #confirm(): Promise<void> {
    if (this.#nextId === 0) return
    try {
      await this.#api.getUpdates({ offset: this.#offset, limit: 1, timeout: 0 })
    } catch (error) {
      this.#log(`the last updates may come again: ${describeFailure(error)}`, 'warn')
    }
  }

  /** @returns null when it was stopped meanwhile */
  async #persevere<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      return await persevere(call, { log: this.#log, wait: this.#wait, signal: this.#stop })
    } catch (error) {
      if (this.#stop.aborted) return null
      throw error
    }
  }

  /** grammY types signals by a package of its own. */
  get #abort() {
    return this.#stop as Parameters<Api['getMe']>[0]
  }
}
