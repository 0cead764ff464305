import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('studyProgram.ts', import.meta.url))
const TIMEOUT_MS = 30_000

/** Of util-linux: it runs a command in a pseudoterminal. Other systems have another one or none. */
const SCRIPT = 'script'
const hasScript =
  spawnSync(SCRIPT, ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

/** The program in a real terminal, as a shell would run it; afterwards the terminal's state is printed. */
class RealTerminal {
  text = ''
  readonly #process
  readonly ended: Promise<unknown>

  constructor() {
    const command = `stty cols 80 rows 24; '${process.execPath}' '${PROGRAM}'; echo "exit code: $?"; stty -a`
    this.#process = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm', SHELL: '/bin/sh' },
    })
    this.#process.stdout.on('data', (chunk: Buffer) => {
      this.text += chunk.toString()
    })
    this.ended = new Promise((resolve) => this.#process.on('close', resolve))
  }

  /** Waits for text to be written after what was waited for before. */
  async shows(text: string): Promise<void> {
    while (!this.text.includes(text)) {
      await new Promise((resolve) => this.#process.stdout.once('data', resolve))
    }
    this.text = this.text.slice(this.text.indexOf(text) + text.length)
  }

  press(keys: string): void {
    this.#process.stdin.write(keys)
  }
}

describe.skipIf(!hasScript)('a session in a real terminal', () => {
  it('grades with single keys and leaves the terminal as it was after Ctrl-C', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const terminal = new RealTerminal()
    await terminal.shows('Show answer')
    terminal.press(' ')
    await terminal.shows('Easy')
    terminal.press('4')
    await terminal.shows('1 of 4')
    terminal.press('\u0003')
    await terminal.shows('Stopped. Every answer you gave is kept.')
    await terminal.ended
    expect(terminal.text).toContain('answers: install 5')
    expect(terminal.text).toContain('exit code: 130')
    expect(terminal.text).toMatch(/[^-]icanon/)
    expect(terminal.text).toMatch(/[^-]echo\b/)
  })

  it('sums up on q with exit code 0', { timeout: TIMEOUT_MS }, async () => {
    const terminal = new RealTerminal()
    await terminal.shows('Show answer')
    terminal.press('q')
    await terminal.shows('Still to come today: 4 new.')
    await terminal.ended
    expect(terminal.text).toContain('exit code: 0')
  })
})
