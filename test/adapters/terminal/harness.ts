import { PassThrough, Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { runTerminal, type TerminalOptions } from '../../../src/adapters/terminal/session.ts'
import type { Request } from '../../../src/core/action.ts'
import type { Deck } from '../../../src/core/card.ts'
import { handle } from '../../../src/core/handle.ts'
import { DEFAULT_SETTINGS, type Identity } from '../../../src/core/learner.ts'
import type { Screen } from '../../../src/core/screen.ts'
import { MemoryStore } from '../../support/memoryStore.ts'
import { SAMPLE_DECK } from '../../support/sampleDeck.ts'
import { studyOnly } from '../../support/studyOnly.ts'

const IDENTITY: Identity = { platform: 'terminal', externalId: 'ann' }
const NOW = new Date('2026-03-02T09:00:00Z')

/** A learner with a store of their own, joined to the given decks. */
export class Learner {
  readonly store = new MemoryStore()
  /** Every request that was made, in order. */
  readonly requests: Request[] = []

  static async of(...decks: Deck[]): Promise<Learner> {
    const learner = new Learner()
    await learner.store.syncDecks(decks.length === 0 ? [SAMPLE_DECK] : decks)
    const { id } = await learner.store.learner(IDENTITY, DEFAULT_SETTINGS)
    await learner.store.enrolInNewDecks(id)
    return learner
  }

  readonly ask = async (request: Request): Promise<Screen> => {
    this.requests.push(request)
    return handle(
      studyOnly(this.store),
      { identity: IDENTITY, initialSettings: DEFAULT_SETTINGS, now: NOW },
      request,
    )
  }

  /** What was answered, as "card quality". */
  answers(): string[] {
    return this.store.log.map(({ cardId, kind, quality }) => `${cardId} ${quality ?? kind}`)
  }
}

/** An output that keeps what was written to it. */
export class Paper extends Writable {
  text = ''
  isTTY = false
  rows = 24
  columns = 80

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** A keyboard: an input that says it is a terminal. */
class Keyboard extends PassThrough {
  readonly isTTY = true
  isRaw = false

  setRawMode(raw: boolean): this {
    this.isRaw = raw
    return this
  }
}

/** Studies with lines from a pipe; gives the exit code and everything written. */
export async function pipe(
  learner: Learner,
  lines: readonly string[],
  options: Partial<TerminalOptions> = {},
): Promise<{ exitCode: number; text: string }> {
  const input = new PassThrough()
  const output = new Paper()
  input.end(lines.map((line) => `${line}\n`).join(''))
  const exitCode = await runTerminal({ ask: learner.ask, input, output, ...options })
  return { exitCode, text: output.text }
}

/** A session at a keyboard and a window that can be looked at. */
export class Desk {
  readonly keyboard = new Keyboard()
  readonly paper = new Paper()
  readonly exitCode: Promise<number>

  constructor(ask: TerminalOptions['ask'], options: Partial<TerminalOptions> = {}) {
    this.paper.isTTY = true
    this.exitCode = runTerminal({
      ask,
      input: this.keyboard,
      output: this.paper,
      interactive: true,
      colour: false,
      ...options,
    })
  }

  /** Presses keys, then waits until everything they set off is done. */
  async press(...keys: string[]): Promise<string> {
    await settled()
    for (const key of keys) {
      this.keyboard.write(key)
      await settled()
    }
    return this.window()
  }

  /** What stands in the window: all that was written since it was last cleared. */
  window(): string {
    return stripVTControlCharacters(this.paper.text.split('\u001b[H\u001b[J').at(-1) ?? '')
  }
}

/** Lets promises and streams run until nothing is left to do; nothing here waits for a clock. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}
