import { describe, expect, it } from 'vitest'
import type { Request } from '../../../src/core/action.ts'
import type { Screen } from '../../../src/core/screen.ts'
import { sampleCard } from '../../support/sampleDeck.ts'
import { Desk, Learner, settled } from './harness.ts'

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
const ENTER = '\r'
const BACKSPACE = '\u007f'
const ARROWS = ['\u001b[A', '\u001b[D', '\u001bOC', '\u001b[1;5B']
const PASTE = (text: string) => `\u001b[200~${text}\u001b[201~`

const TYPED = {
  id: 'typed',
  title: 'Typed',
  cards: [sampleCard({ id: 'port', kind: 'typed', answer: 'book' })],
}
const FLASHCARDS = {
  id: 'flash',
  title: 'Flash',
  cards: ['a', 'b', 'c'].map((id) => sampleCard({ id })),
}

/** Requests that wait until they are let through, one by one. */
function gate(ask: (request: Request) => Promise<Screen>) {
  const waiting: (() => void)[] = []
  return {
    ask: async (request: Request): Promise<Screen> => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return ask(request)
    },
    open: async (): Promise<void> => {
      await settled()
      waiting.shift()?.()
      await settled()
    },
  }
}

describe('a session at the keyboard', () => {
  it('acts on a single key at once, and redraws the window', async () => {
    const learner = await Learner.of(FLASHCARDS)
    const desk = new Desk(learner.ask)
    expect(await desk.press()).toContain('What is a?')
    expect(await desk.press(' ')).toContain('→ The answer to a')
    const next = await desk.press('4')
    expect(next).toContain('What is b?')
    expect(next).not.toContain('What is a?')
    expect(learner.answers()).toEqual(['a 5'])
  })

  it('ignores arrows, function keys and pasted text where keys are expected', async () => {
    const learner = await Learner.of(FLASHCARDS)
    const desk = new Desk(learner.ask)
    await desk.press(' ', ...ARROWS, '\u001b[15~', '\u001bOP', PASTE('1 2 q\r3\n'), '\u0001')
    expect(desk.window()).toContain('[3] Good')
    expect(learner.answers()).toEqual([])
  })

  it('says below the screen that a key does nothing here', async () => {
    const desk = new Desk((await Learner.of(FLASHCARDS)).ask)
    const window = await desk.press('x')
    expect(window).toContain('What is a?')
    expect(window).toContain('“x” does nothing here: ? shows the keys, q quits.')
  })

  it('shows the keys, and goes back with any key without acting on it', async () => {
    const learner = await Learner.of(FLASHCARDS)
    const desk = new Desk(learner.ask)
    expect(await desk.press('?')).toMatch(/Keys[\s\S]*Any key goes back\./)
    expect(await desk.press(' ')).toContain('What is a?')
    expect(learner.requests).toHaveLength(1)
  })

  it('reads a typed answer as a line that can be edited', async () => {
    const learner = await Learner.of(TYPED)
    const desk = new Desk(learner.ask)
    await desk.press('q', BACKSPACE, 'bok', '\u001b[D', 'o', '\u001b[A', '\t')
    expect(desk.window()).toContain('Your answer › ')
    expect(await desk.press(ENTER)).toContain('Right')
    expect(learner.answers()).toEqual(['port 4'])
  })

  it('takes pasted lines for one answer, without control characters', async () => {
    const learner = await Learner.of(TYPED)
    const desk = new Desk(learner.ask)
    await desk.press(PASTE('two\r\nlines\u009b2J'))
    expect(learner.requests).toHaveLength(1)
    await desk.press(ENTER)
    expect(learner.requests.at(-1)).toMatchObject({ kind: 'type', text: 'two  lines2J' })
  })

  it('shows the answer on Enter alone, and obeys /q', async () => {
    const desk = new Desk((await Learner.of(TYPED)).ask)
    expect(await desk.press(ENTER)).toContain('→ book')
    const again = new Desk((await Learner.of(TYPED)).ask)
    await again.press('/q', ENTER)
    expect(await again.exitCode).toBe(0)
  })

  it('keeps keys pressed during a request for the next screen', async () => {
    const learner = await Learner.of(FLASHCARDS)
    const { ask, open } = gate(learner.ask)
    const desk = new Desk(ask)
    await open()
    await desk.press(' 3 4')
    for (let request = 0; request < 4; request++) await open()
    expect(learner.answers()).toEqual(['a 4', 'b 5'])
  })

  it('never applies a key pressed twice to the card that comes next', async () => {
    const learner = await Learner.of(FLASHCARDS)
    const { ask, open } = gate(learner.ask)
    const desk = new Desk(ask)
    await open()
    await desk.press(' ', ' ', ' ')
    await open()
    expect(desk.window()).toContain('→ The answer to a')
    await desk.press('3', '3', '3')
    await open()
    expect(desk.window()).toContain('What is b?')
    expect(desk.window()).not.toContain('does nothing')
    expect(learner.answers()).toEqual(['a 4'])
  })

  it('loses no letter of an answer typed ahead', async () => {
    const learner = await Learner.of(TYPED)
    const { ask, open } = gate(learner.ask)
    const desk = new Desk(ask)
    await desk.press('book', ENTER, ENTER)
    await open()
    await open()
    expect(learner.answers()).toEqual(['port 4'])
    expect(desk.window()).toContain('Right')
  })

  it('leaves on Ctrl-C with 130, and gives the terminal back', async () => {
    for (const deck of [FLASHCARDS, TYPED]) {
      const desk = new Desk((await Learner.of(deck)).ask)
      await settled()
      expect(desk.keyboard.isRaw).toBe(true)
      expect(await desk.press(CTRL_C)).toContain('Stopped. Every answer you gave is kept.')
      expect(await desk.exitCode).toBe(130)
      expect(desk.keyboard.isRaw).toBe(false)
      expect(desk.keyboard.isPaused()).toBe(true)
    }
  })

  it('lets a running request finish on Ctrl-C, unless it is pressed again', async () => {
    const learner = await Learner.of(FLASHCARDS)
    const { ask, open } = gate(learner.ask)
    const desk = new Desk(ask)
    await open()
    await desk.press(' ')
    await open()
    await desk.press('3', CTRL_C)
    expect(desk.window()).toContain('Finishing the last step.')
    await open()
    expect(await desk.exitCode).toBe(130)
    expect(learner.answers()).toEqual(['a 4'])

    const stuck = new Desk(() => new Promise(() => {}))
    await stuck.press(CTRL_C, CTRL_C)
    expect(await stuck.exitCode).toBe(130)
  })

  it('stops when it is told to from outside', async () => {
    const stop = new AbortController()
    const desk = new Desk((await Learner.of(FLASHCARDS)).ask, { stop: stop.signal })
    await settled()
    stop.abort()
    expect(await desk.exitCode).toBe(130)
  })

  it('sums up on Ctrl-D, on q and when the terminal goes away', async () => {
    for (const leave of [CTRL_D, 'q', null]) {
      for (const deck of [FLASHCARDS, TYPED]) {
        const desk = new Desk((await Learner.of(deck)).ask)
        await settled()
        if (leave === null) desk.keyboard.end()
        else await desk.press(leave === 'q' && deck === TYPED ? '/q\r' : leave)
        expect(await desk.exitCode).toBe(0)
        expect(desk.window()).toMatch(/Still to come today[\s\S]*See you\./)
      }
    }
  })

  it('asks again when the cards could not be reached', async () => {
    const learner = await Learner.of(FLASHCARDS)
    let failures = 2
    const desk = new Desk(async (request) => {
      if (failures-- > 0) throw Object.assign(new Error('down'), { code: '57P01' })
      return learner.ask(request)
    })
    expect(await desk.press()).toContain('(57P01). Enter tries again, q quits.')
    await desk.press(ENTER)
    expect(await desk.press(ENTER)).toContain('What is a?')
  })

  it('leaves with 1 when the person gives up on cards that cannot be reached', async () => {
    const desk = new Desk(() => Promise.reject(new Error('down')))
    await desk.press('q')
    expect(await desk.exitCode).toBe(1)
  })
})
