import type { Wait } from '../../../../src/adapters/telegram/transport/persevere.ts'
import { Changes } from '../support/changes.ts'

/** Time that passes only when a test says so. */
export class FakeTime {
  /** How long each wait so far was meant to take, in milliseconds. */
  readonly asked: number[] = []
  readonly #pending: { readonly ms: number; readonly end: () => void }[] = []
  #passingMs: number | null = null
  readonly #changes = new Changes(() => `Waits so far: ${this.asked.join(', ')} ms`)

  readonly wait: Wait = (ms, signal) =>
    new Promise((resolve) => {
      const end = () => {
        const index = this.#pending.indexOf(pending)
        if (index >= 0) this.#pending.splice(index, 1)
        resolve()
      }
      const pending = { ms, end }
      this.asked.push(ms)
      if (signal.aborted) return resolve()
      if (ms === this.#passingMs) {
        setImmediate(resolve)
        return
      }
      this.#pending.push(pending)
      signal.addEventListener('abort', end)
      this.#changes.announce()
    })

  /** Waits until someone waits for `ms`, and lets that time be over. */
  async pass(ms: number): Promise<void> {
    const pending = await this.#changes.until(`somebody waits for ${ms} ms`, () =>
      this.#pending.find((one) => one.ms === ms),
    )
    pending.end()
  }

  /** Lets every wait of `ms` from now on be over at once. */
  letPass(ms: number): void {
    this.#passingMs = ms
  }
}
