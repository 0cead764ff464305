import type { Request } from '../../core/action.ts'
import type { Screen } from '../../core/screen.ts'
import { Display, type DisplayOptions } from './display.ts'
import { failureSentence } from './failure.ts'
import { HELP, HELP_HEADING } from './help.ts'
import { EXIT_INTERRUPTED, Interrupts, Leaving } from './interrupts.ts'
import { KeyReader } from './keyReader.ts'
import { moveFor, wantsLine } from './keys.ts'
import { LineReader } from './lineReader.ts'
import type { Entry, Reader, TerminalInput } from './reader.ts'
import { renderFarewell, renderKeys, renderScreen, renderSentence } from './render.ts'

/** What a session needs; what is left out is read off the streams. */
export interface TerminalOptions extends DisplayOptions {
  /** Answers a request of the one person at this terminal. */
  readonly ask: (request: Request) => Promise<Screen>
  readonly input: TerminalInput
  /** Single keys and a redrawn window, rather than line by line. */
  readonly interactive?: boolean
  /** Ends the session as Ctrl-C does. */
  readonly stop?: AbortSignal
}

const EXIT_DONE = 0
const EXIT_FAILED = 1

/**
 * Studies in a terminal until the person leaves: with single keys where input and output are a terminal, and
 * line by line otherwise, so that a script can drive it through a pipe.
 *
 * @returns the exit code: 0 after quitting or at the end of input, 130 after Ctrl-C, 1 when `ask` failed
 */
export async function runTerminal(options: TerminalOptions): Promise<number> {
  const session = new Session(options)
  try {
    return await session.run()
  } catch (error) {
    if (error instanceof Leaving) return error.exitCode
    throw error
  } finally {
    session.close()
  }
}

class Session {
  readonly #options: TerminalOptions
  readonly #interactive: boolean
  readonly #display: Display
  readonly #reader: Reader
  readonly #interrupts = new Interrupts()

  constructor(options: TerminalOptions) {
    const { input, output, stop } = options
    this.#options = options
    this.#interactive = options.interactive ?? (input.isTTY === true && output.isTTY === true && !isDumb())
    this.#display = new Display(options, this.#interactive)
    this.#reader = this.#interactive
      ? new KeyReader(input, output, { interrupt: this.#interrupts.raise, suspend: () => this.#suspend() })
      : new LineReader(input, output, this.#display.margin())
    // Nobody reads on, as behind a pipe into "head". The listener stays, since an error may come late.
    output.on('error', this.#interrupts.raise)
    stop?.addEventListener('abort', this.#interrupts.raise)
    if (stop?.aborted === true) this.#interrupts.raise()
  }

  async run(): Promise<number> {
    try {
      let screen = await this.#ask({ kind: 'study', deckId: null })
      for (;;) {
        const request = await this.#nextRequest(screen)
        if (request === null) return await this.#sayGoodbye(screen)
        screen = await this.#ask(request)
      }
    } catch (error) {
      if (error instanceof Leaving && error.exitCode === EXIT_INTERRUPTED) {
        this.#display.write([''])
        this.#say('note', 'Stopped. Every answer you gave is kept.')
      }
      throw error
    }
  }

  close(): void {
    this.#options.stop?.removeEventListener('abort', this.#interrupts.raise)
    this.#reader.close()
  }

  /** Shows the screen until the person does something that asks the core; null when they leave. */
  async #nextRequest(screen: Screen): Promise<Request | null> {
    this.#show(screen)
    for (;;) {
      const entry = await this.#entryFor(screen)
      if (entry.kind === 'end') return null
      const move = moveFor(screen, entry.text)
      switch (move.kind) {
        case 'request':
          return move.request
        case 'quit':
          return null
        case 'help':
          await this.#help(screen)
          break
        case 'nothing':
          if (this.#interactive) this.#show(screen)
          this.#say('warning', move.hint)
      }
    }
  }

  #entryFor(screen: Screen): Promise<Entry> {
    const prompt = `${this.#display.margin()}${screen.input?.label ?? 'Number'} › `
    return this.#interrupts.during(wantsLine(screen) ? this.#reader.line(prompt) : this.#reader.key())
  }

  async #help(screen: Screen): Promise<void> {
    this.#display.draw(renderKeys(HELP_HEADING, HELP, this.#display.page()))
    if (!this.#interactive) return
    this.#say('note', 'Any key goes back.')
    await this.#interrupts.during(this.#reader.key())
    this.#show(screen)
  }

  async #ask(request: Request): Promise<Screen> {
    for (;;) {
      try {
        return await this.#reach(request)
      } catch (error) {
        if (error instanceof Leaving) throw error
        this.#say('warning', failureSentence(error, this.#interactive))
        if (!this.#interactive) throw new Leaving(EXIT_FAILED)
      }
      // Asking again is safe: had it been done after all, the core says "already answered".
      const entry = await this.#interrupts.during(this.#reader.key())
      if (entry.kind === 'end' || entry.text === 'q') throw new Leaving(EXIT_FAILED)
    }
  }

  #reach(request: Request): Promise<Screen> {
    return this.#interrupts.after(this.#options.ask(request), () =>
      this.#say('note', 'Finishing the last step. Press Ctrl-C again to stop at once.'),
    )
  }

  async #sayGoodbye(last: Screen): Promise<number> {
    try {
      const summary = await this.#reach({ kind: 'summary' })
      const isShown = !this.#interactive && JSON.stringify(summary.blocks) === JSON.stringify(last.blocks)
      if (!isShown) this.#display.draw(renderFarewell(summary, this.#display.page()))
      this.#say('note', 'See you.')
      return EXIT_DONE
    } catch (error) {
      if (error instanceof Leaving) throw error
      this.#say('warning', failureSentence(error, false))
      return EXIT_FAILED
    }
  }

  /** Ctrl-Z: hands the terminal to the shell, and draws anew when the person comes back. */
  #suspend(): void {
    const reader = this.#reader
    if (!(reader instanceof KeyReader) || process.platform === 'win32') return
    reader.pause()
    process.once('SIGCONT', () => {
      this.#display.redraw()
      reader.resume()
    })
    process.kill(process.pid, 'SIGTSTP')
  }

  #show(screen: Screen): void {
    this.#display.draw(renderScreen(screen, this.#display.page()))
  }

  #say(role: 'note' | 'warning', sentence: string): void {
    this.#display.write([...renderSentence(role, sentence, this.#display.page()), ''])
  }
}

/** Terminals that cannot clear the window say so by this name. */
function isDumb(): boolean {
  return process.env.TERM === 'dumb'
}
