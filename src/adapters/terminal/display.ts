import { marginOf, type Page } from './page.ts'
import { painter } from './paint.ts'
import type { TerminalOutput } from './reader.ts'

const DEFAULT_COLUMNS = 80
const DEFAULT_ROWS = 24
const CLEAR = '\u001b[H\u001b[J'

/** What a display is told of its terminal; what is left out is read off the output. */
export interface DisplayOptions {
  readonly output: TerminalOutput
  readonly colour?: boolean
  /** The width of the window now, in characters. */
  readonly columns?: () => number
}

/** Where lines are written: below one another, or on a cleared window each time. */
export class Display {
  readonly #options: DisplayOptions
  readonly #clears: boolean
  #drawn: readonly string[] = []

  /** @param clears whether each drawing replaces the one before */
  constructor(options: DisplayOptions, clears: boolean) {
    this.#options = options
    this.#clears = clears
    // What stood in the window before stays above it, to be scrolled back to.
    if (clears) options.output.write('\n'.repeat(options.output.rows ?? DEFAULT_ROWS))
  }

  /** The page as wide as the window is now. */
  page(): Page {
    const { output, columns, colour } = this.#options
    return {
      // A terminal that does not know its width says 0.
      columns: columns?.() ?? (output.columns || DEFAULT_COLUMNS),
      paint: painter(colour ?? output.hasColors?.() ?? false),
    }
  }

  margin(): string {
    return marginOf(this.page())
  }

  draw(lines: readonly string[]): void {
    this.#drawn = lines
    if (this.#clears) this.#options.output.write(CLEAR)
    this.write(['', ...lines, ''])
  }

  redraw(): void {
    this.draw(this.#drawn)
  }

  /** Writes lines below what was drawn. */
  write(lines: readonly string[]): void {
    this.#options.output.write(lines.map((line) => `${line}\n`).join(''))
  }
}
