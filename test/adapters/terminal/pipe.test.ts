import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { runTerminal } from '../../../src/adapters/terminal/session.ts'
import type { Request } from '../../../src/core/action.ts'
import { shuffledChoices } from '../../../src/core/choices.ts'
import type { Screen } from '../../../src/core/screen.ts'
import { SAMPLE_DECK, sampleCard } from '../../support/sampleDeck.ts'
import { Learner, Paper, pipe, settled } from './harness.ts'

/** The number under which a card's right answer is offered first. */
function rightChoice(cardId: string): string {
  const card = SAMPLE_DECK.cards.find(({ id }) => id === cardId)
  if (card === undefined) throw new Error(`no card ${cardId}`)
  return String(shuffledChoices(card, 0).indexOf(card.answer) + 1)
}

describe('a session through a pipe', () => {
  it('studies every kind of card from the first question to the summary', async () => {
    const learner = await Learner.of()
    const { exitCode, text } = await pipe(learner, [
      '', // show
      '3', // Good
      rightChoice('values'),
      '', // next
      'Helm Upgrade', // commands forgive no capitals
      '',
      '',
      '4',
      '', // the drill: show the command again
      '3',
    ])
    expect(exitCode).toBe(0)
    expect(learner.answers()).toEqual(['install 4', 'values 4', 'upgrade 1', 'chart 5', 'upgrade 4'])
    expect(text).toContain('→ Installs a chart as a new release')
    expect(text).toContain('Your answer › Helm Upgrade')
    expect(text).toContain('You wrote: Helm Upgrade')
    expect(text).toContain('Done for today')
    expect(text.trimEnd().endsWith('See you.')).toBe(true)
  })

  it('takes each line for the screen drawn just before, however early it came', async () => {
    const learner = await Learner.of()
    const slowly = async (request: Request) => {
      await settled()
      return learner.ask(request)
    }
    const lines = ['', '3', rightChoice('values'), '', 'helm upgrade', '', '', '3']
    const { exitCode } = await pipe(learner, lines, { ask: slowly })
    expect(exitCode).toBe(0)
    expect(learner.answers()).toEqual(['install 4', 'values 4', 'upgrade 4', 'chart 4'])
  })

  it('ends with the summary when the input ends in the middle, or with q', async () => {
    for (const lines of [[''], ['', 'q', '3', '3']]) {
      const learner = await Learner.of()
      const { exitCode, text } = await pipe(learner, lines)
      expect(exitCode).toBe(0)
      expect(learner.answers()).toEqual([])
      expect(text).toContain('Still to come today: 4 new.')
    }
  })

  it('does not repeat the summary that is on the screen already', async () => {
    const { text } = await pipe(await Learner.of(), ['m', 'q'])
    expect(text.split('Ready when you are')).toHaveLength(2)
  })

  it('answers what it does not understand with one line and changes nothing', async () => {
    const learner = await Learner.of()
    const { text } = await pipe(learner, ['good', '9', 's s', 'x'.repeat(100_000)])
    expect(text).toContain('  “good” does nothing here: ? shows the keys, q quits.\n')
    expect(learner.requests.map(({ kind }) => kind)).toEqual(['study', 'summary'])
  })

  it('undoes, suspends and explains', async () => {
    const learner = await Learner.of()
    const { text } = await pipe(learner, ['', '1', 'u', 'w', '', 's'])
    expect(learner.answers()).toEqual(['install 1', 'install undo', 'install suspend'])
    expect(text).toContain('Undone. Here it is again.')
    expect(text).toContain('Why this card now?')
  })

  it('changes a setting, and says what is wrong with one that cannot be', async () => {
    const learner = await Learner.of()
    const { text } = await pipe(learner, ['o', '3', 'many', '25'])
    expect(text).toContain('"many" does not work. Write a whole number from 0 to 500.')
    expect(text).toContain('New cards a day is now 25.')
  })

  it('leaves and joins decks', async () => {
    const learner = await Learner.of()
    const { text } = await pipe(learner, ['decks', 'l', '1', '1', ''])
    expect(text).toContain('Join Helm · 4 cards')
    expect(learner.requests).toContainEqual({ kind: 'leave', deckId: 'helm' })
    expect(learner.requests).toContainEqual({ kind: 'enrol', deckId: 'helm' })
  })

  it('writes no escape sequence, whatever cards and lines contain', async () => {
    const hostile = sampleCard({
      id: 'hostile',
      kind: 'typed',
      prompt: '\u001b]0;x\u0007 &#155;2J',
      answer: 'yes',
    })
    const learner = await Learner.of({ id: 'd', title: 'D\u001b[5m', cards: [hostile] })
    const { text } = await pipe(learner, ['\u001b[31mno\u009b2J\u202e', '/\u001b', '\u0000'])
    expect(text).toContain('You wrote: ␛[31mno\ufffd2J')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  it('uses colours only where it is told to', async () => {
    expect((await pipe(await Learner.of(), [''], { colour: true })).text).toContain('\u001b[1m')
    expect((await pipe(await Learner.of(), [''])).text).not.toContain('\u001b')
  })

  it('draws each screen as wide as the window is by then', async () => {
    const widths = [80, 30]
    const columns = () => widths[learner.requests.length - 1] ?? 30
    const learner = await Learner.of()
    const { text } = await pipe(learner, ['w'], { columns })
    const [question = '', why = ''] = text.split('› w')
    expect(Math.max(...question.split('\n').map((line) => line.length))).toBeGreaterThan(40)
    expect(Math.max(...why.split('\n').map((line) => line.length))).toBeLessThanOrEqual(30)
  })

  it('ends with 1 and one line when the cards cannot be reached, without stack or secret', async () => {
    const learner = await Learner.of()
    const refused = Object.assign(new Error('connect postgres://ann:secret@db'), { code: 'ECONNREFUSED' })
    const ask = async (request: Request): Promise<Screen> => {
      if (request.kind !== 'study') throw new Error('query failed', { cause: refused })
      return learner.ask(request)
    }
    for (const lines of [['', '3'], []]) {
      const { exitCode, text } = await pipe(learner, lines, { ask })
      expect(exitCode).toBe(1)
      expect(text).toContain('Your cards cannot be reached right now (ECONNREFUSED).')
      expect(text).not.toMatch(/secret|query failed|at .*\.ts/)
    }
  })

  it('ends when nobody reads any more', async () => {
    const learner = await Learner.of()
    const input = new PassThrough()
    const output = new Paper()
    const ended = runTerminal({ ask: learner.ask, input, output })
    await settled()
    output.destroy(new Error('write EPIPE'))
    expect(await ended).toBe(130)
  })
})
