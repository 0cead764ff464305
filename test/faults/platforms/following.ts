import { AsyncLocalStorage } from 'node:async_hooks'
import { UNWATCHED, type Watch } from '../../../src/core/watch.ts'
import { Changes } from '../../adapters/telegram/support/changes.ts'

/** Longer than any trouble lasts, on a machine that does much else. */
const PATIENCE_MS = 20_000

/** Follows which updates the bots have received, and which they are dealing with. */
export class Following {
  readonly watch: Watch
  readonly log: string[] = []
  readonly #received = new Set<string>()
  readonly #underWay: string[] = []
  readonly #current = new AsyncLocalStorage<string>()
  readonly #changes = new Changes(() => this.log.slice(-20).join('\n'))

  constructor() {
    this.watch = { ...UNWATCHED, update: (_platform, id, work) => this.#follow(id, work) }
  }

  /** The update that whoever asks is part of dealing with. */
  current(): string | undefined {
    return this.#current.getStore()
  }

  /** Waits until it has been received, and nothing of it is under way. */
  async untilDealtWith(updateId: string): Promise<void> {
    const isDealtWith = () => this.#received.has(updateId) && !this.#underWay.includes(updateId)
    await this.#changes.until(`update ${updateId} is dealt with`, isDealtWith, PATIENCE_MS)
  }

  async #follow<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.#received.add(id)
    this.#underWay.push(id)
    try {
      return await this.#current.run(id, work)
    } finally {
      this.#underWay.splice(this.#underWay.indexOf(id), 1)
      this.#changes.announce()
    }
  }
}
