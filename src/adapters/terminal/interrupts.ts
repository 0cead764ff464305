const INTERRUPTED = Symbol('interrupted')

/** Thrown to leave the session from wherever it waits. */
export class Leaving extends Error {
  readonly exitCode: number
  constructor(exitCode: number) {
    super(`leaving with exit code ${exitCode}`)
    this.exitCode = exitCode
  }
}

/** What shells expect of a program ended by Ctrl-C. */
export const EXIT_INTERRUPTED = 130

/** Ctrl-C, or what ends a session the same way. */
export class Interrupts {
  readonly #first = Promise.withResolvers<typeof INTERRUPTED>()
  readonly #second = Promise.withResolvers<void>()
  #isRaised = false

  /** Bound, to be handed out as a listener. */
  readonly raise = (): void => {
    if (this.#isRaised) this.#second.resolve()
    this.#isRaised = true
    this.#first.resolve(INTERRUPTED)
  }

  /**
   * Waits for `work`, which can be dropped at any time.
   *
   * @throws Leaving as soon as Ctrl-C is pressed
   */
  async during<T>(work: Promise<T>): Promise<T> {
    const result = await Promise.race([work, this.#first.promise])
    if (result === INTERRUPTED) throw new Leaving(EXIT_INTERRUPTED)
    return result as T
  }

  /**
   * Waits for `work` that should not be cut short, such as an answer being stored.
   *
   * @param onWait called when Ctrl-C is pressed before it is done
   * @throws Leaving after Ctrl-C, once the work is done or Ctrl-C is pressed again
   */
  async after<T>(work: Promise<T>, onWait: () => void): Promise<T> {
    try {
      return await this.during(work)
    } catch (error) {
      if (error instanceof Leaving) {
        onWait()
        await Promise.race([work.catch(() => {}), this.#second.promise])
      }
      throw error
    }
  }
}
