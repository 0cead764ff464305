import { createInterface } from 'node:readline'
import { harmless } from './harmless.ts'
import type { Entry, Reader, TerminalInput, TerminalOutput } from './reader.ts'

const KEY_PROMPT = '› '

/**
 * Reads whole lines, from a pipe or from a terminal that cannot do single keys. Lines that come early wait
 * for their turn: each is taken for the screen that was drawn just before.
 */
export class LineReader implements Reader {
  readonly #input: TerminalInput
  readonly #output: TerminalOutput
  readonly #margin: string
  readonly #interface
  readonly #lines: AsyncIterator<string>

  constructor(input: TerminalInput, output: TerminalOutput, margin: string) {
    this.#input = input
    this.#output = output
    this.#margin = margin
    this.#interface = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY })
    this.#lines = this.#interface[Symbol.asyncIterator]()
    // A pipe that breaks ends like one that is closed.
    input.on('error', () => this.#interface.close())
  }

  key(): Promise<Entry> {
    return this.line(this.#margin + KEY_PROMPT)
  }

  async line(prompt: string): Promise<Entry> {
    // A terminal shows what is typed; what came through a pipe is written down for whoever reads along.
    const isTerminal = this.#input.isTTY === true
    if (isTerminal) this.#output.write(prompt)
    const text = await this.#next()
    if (text === null) {
      if (isTerminal) this.#output.write('\n')
      return { kind: 'end' }
    }
    if (!isTerminal) this.#output.write(`${prompt}${harmless(text)}\n`)
    return { kind: 'text', text: text.trim() }
  }

  close(): void {
    this.#interface.close()
    this.#input.pause()
  }

  async #next(): Promise<string | null> {
    const { done, value } = await this.#lines.next()
    return done === true ? null : value
  }
}
