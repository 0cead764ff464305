import type { Update } from 'grammy/types'
import { Refusal } from './refusal.ts'

type UpdateKind = Exclude<keyof Update, 'update_id'>

interface Poll {
  readonly limit: number
  answer(updates: Update[]): void
  refuse(refusal: Refusal): void
}

/** The updates that wait for the bot, and its long poll. */
export class UpdateQueue {
  /** Not confirmed yet, oldest first. */
  pending: Update[] = []
  /** What the bot asked for; null: everything. */
  allowed: readonly string[] | null = null
  #again: Update[] = []
  #nextId = 500_000_001
  #poll: Poll | null = null
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Whether the bot waits for updates now. */
  get polled(): boolean {
    return this.#poll !== null
  }

  /** @returns null when the bot has not asked for this kind */
  push<K extends UpdateKind>(kind: K, body: NonNullable<Update[K]>): Update | null {
    if (this.allowed !== null && !this.allowed.includes(kind)) return null
    const update = { update_id: this.#nextId++, [kind]: structuredClone(body) } as Update
    this.pending.push(update)
    this.#wake()
    return update
  }

  /** Lets the bot have an update once more, as after a confirmation that got lost. */
  repeat(update: Update): void {
    this.#again.push(update)
    this.#wake()
  }

  confirm(isConfirmed: (update: Update) => boolean): void {
    this.pending = this.pending.filter((update) => !isConfirmed(update))
    this.#changed()
  }

  /**
   * Confirms what is below `offset` and gives what is above, waiting up to `timeoutSeconds` if there is nothing.
   *
   * @param gone aborts when the bot has hung up
   */
  async take(
    { offset = 0, limit = 100, timeout: timeoutSeconds = 0 },
    gone: AbortSignal,
  ): Promise<readonly Update[]> {
    this.refusePoll(
      new Refusal(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    )
    this.confirm(({ update_id }) => update_id < offset)
    const updates = this.#next(limit)
    if (updates.length > 0 || timeoutSeconds === 0 || gone.aborted) return updates
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        gone.removeEventListener('abort', hungUp)
        if (this.#poll === poll) this.#poll = null
      }
      const poll: Poll = {
        limit,
        answer: (found) => {
          end()
          resolve(found)
        },
        refuse: (refusal) => {
          end()
          reject(refusal)
        },
      }
      const hungUp = () => poll.answer([])
      const timer = setTimeout(hungUp, timeoutSeconds * 1000)
      gone.addEventListener('abort', hungUp)
      this.#poll = poll
      this.#changed()
    })
  }

  /** Ends the long poll with an error, if there is one. */
  refusePoll(refusal: Refusal): void {
    this.#poll?.refuse(refusal)
  }

  #next(limit: number): Update[] {
    const updates = [...this.#again, ...this.pending].slice(0, limit)
    this.#again = this.#again.filter((update) => !updates.includes(update))
    return updates
  }

  /** What is pushed in one go arrives together. */
  #wake(): void {
    queueMicrotask(() => {
      if (this.#poll !== null && this.pending.length + this.#again.length > 0) {
        this.#poll.answer(this.#next(this.#poll.limit))
      }
      this.#changed()
    })
  }
}
