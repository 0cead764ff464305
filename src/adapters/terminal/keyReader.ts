import { emitKeypressEvents, type Key } from 'node:readline'
import { harmless } from './harmless.ts'
import { LineEditor } from './lineEditor.ts'
import { ENTER, type Entry, type Reader, type TerminalInput, type TerminalOutput } from './reader.ts'

// Terminals that know it put pasted text between two marks, which come as keys named "paste-start" and
// "paste-end"; the others ignore the request.
const MARK_PASTES = '\u001b[?2004h'
const MARK_PASTES_NO_MORE = '\u001b[?2004l'

/** What the terminal does on Ctrl-C and Ctrl-Z when keys are not read one by one. */
export interface Signals {
  interrupt(): void
  suspend(): void
}

/** One key press. */
interface Press {
  readonly key: Key | 'end'
  /** It came early and is the same as the key before: pressed twice or held, it was meant for the last screen. */
  readonly repeats: boolean
}

/**
 * Reads single key presses from a terminal, and lines with editing. Keys that come early wait for the next
 * screen, except for repeated ones, which would answer a card that the person has not seen.
 */
export class KeyReader implements Reader {
  readonly #input: TerminalInput
  readonly #output: TerminalOutput
  readonly #signals: Signals
  readonly #early: Press[] = []
  #taker: ((pressed: Press) => void) | null = null
  #lastText: string | null = null
  #pasting = false
  #editor: LineEditor | null = null

  constructor(input: TerminalInput, output: TerminalOutput, signals: Signals) {
    this.#input = input
    this.#output = output
    this.#signals = signals
    emitKeypressEvents(input)
    input.on('keypress', this.#onKey)
    for (const event of ENDINGS) input.on(event, this.#onEnd)
    this.resume()
  }

  async key(): Promise<Entry> {
    return this.#take((key, repeats, done) => {
      const text = keyText(key)
      if (text !== null && !repeats && !this.#pasting) done({ kind: 'text', text })
    })
  }

  async line(prompt: string): Promise<Entry> {
    const editor = new LineEditor(this.#output, prompt)
    this.#editor = editor
    try {
      return await this.#take((key, repeats, done) => {
        // Within a word letters repeat; a second Enter would leave the line empty.
        if (repeats && !this.#pasting && keyText(key) === ENTER) return
        const text = editor.press(key, this.#pasting)
        if (text !== null) done({ kind: 'text', text })
      }, editor.isEmpty)
    } finally {
      this.#editor = null
      editor.close()
    }
  }

  close(): void {
    // The listeners for endings stay: a terminal that is gone answers each of these calls with an error.
    this.pause()
    this.#input.off('keypress', this.#onKey)
    this.#input.pause()
  }

  /** Lets the terminal read lines by itself again, as before. */
  pause(): void {
    this.#output.write(MARK_PASTES_NO_MORE)
    this.#input.setRawMode?.(false)
  }

  /** Reads single keys (again). */
  resume(): void {
    this.#input.setRawMode?.(true)
    this.#input.resume()
    this.#output.write(MARK_PASTES)
    this.#editor?.redraw()
  }

  /** Hands keys to `use`, early ones first, until it is done; Ctrl-D ends where `mayEnd` says so. */
  #take(
    use: (key: Key, repeats: boolean, done: (entry: Entry) => void) => void,
    mayEnd = () => true,
  ): Promise<Entry> {
    return new Promise((resolve) => {
      const done = (entry: Entry) => {
        this.#taker = null
        resolve(entry)
      }
      this.#taker = ({ key, repeats }) => {
        if (key === 'end' || (isCtrl(key, 'd') && mayEnd())) done({ kind: 'end' })
        else if (key.name === 'paste-start') this.#pasting = true
        else if (key.name === 'paste-end') this.#pasting = false
        else use(key, repeats, done)
      }
      while (this.#taker !== null) {
        const early = this.#early.shift()
        if (early === undefined) break
        this.#taker(early)
      }
    })
  }

  readonly #onKey = (_text: string | undefined, key: Key): void => {
    const text = keyText(key)
    const sameAsBefore = text !== null && text === this.#lastText
    this.#lastText = text
    if (isCtrl(key, 'c')) this.#signals.interrupt()
    else if (isCtrl(key, 'z')) this.#signals.suspend()
    else if (this.#taker !== null) this.#taker({ key, repeats: false })
    else this.#early.push({ key, repeats: sameAsBefore })
  }

  readonly #onEnd = (): void => {
    const end: Press = { key: 'end', repeats: false }
    if (this.#taker !== null) this.#taker(end)
    else this.#early.push(end)
  }
}

/** A terminal that goes away reports an error, then closes. */
const ENDINGS = ['end', 'error', 'close']

/** The key as an entry: one visible character, or {@link ENTER}; null for any other key. */
function keyText(key: Key): string | null {
  if (key.name === 'return' || key.name === 'enter' || key.name === 'space') return ENTER
  const text = key.sequence ?? ''
  if (key.ctrl === true || key.meta === true || [...text].length !== 1) return null
  return harmless(text) === text ? text : null
}

function isCtrl(key: Key, name: string): boolean {
  return key.ctrl === true && key.name === name
}
