import { createInterface, type Interface, type Key } from 'node:readline'
import { PassThrough } from 'node:stream'
import { harmless } from './harmless.ts'
import type { TerminalOutput } from './reader.ts'

/** One line being typed, with the editing keys of readline. */
export class LineEditor {
  readonly #interface: Interface
  #line: string | null = null

  constructor(output: TerminalOutput, prompt: string) {
    // The keys come through `press`, so that none is read before its turn; this input stays silent.
    this.#interface = createInterface({
      input: new PassThrough(),
      output,
      prompt,
      terminal: true,
      historySize: 0,
    })
    this.#interface.on('line', (line) => {
      this.#line = line
    })
    this.#interface.prompt()
  }

  /**
   * Types one key.
   *
   * @param pasted Enter within pasted text is a space: only the person's own Enter ends the line
   * @returns the line when this key ended it, else null
   */
  press(key: Key, pasted: boolean): string | null {
    const isEnter = key.name === 'return' || key.name === 'enter'
    if (isEnter && !pasted) this.#interface.write(null, { name: 'return' })
    else if (isEnter || (pasted && key.name === 'tab')) this.#interface.write(' ', { name: 'space' })
    else if (isText(key)) this.#interface.write(key.sequence ?? '', key)
    // Without text, a key that readline knows moves or deletes, and any other does nothing.
    else if (!(key.ctrl === true && key.name === 'l')) this.#interface.write(null, key)
    return this.#line
  }

  /** Nothing typed yet. */
  readonly isEmpty = (): boolean => this.#interface.line === ''

  /** Draws the line again where the cursor is now. */
  redraw(): void {
    this.#interface.prompt(true)
  }

  close(): void {
    this.#interface.close()
  }
}

function isText({ sequence = '', ctrl, meta }: Key): boolean {
  return sequence !== '' && ctrl !== true && meta !== true && harmless(sequence) === sequence
}
