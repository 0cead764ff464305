import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { painter } from '../../../src/adapters/terminal/paint.ts'
import { renderFarewell, renderScreen } from '../../../src/adapters/terminal/render.ts'
import { type Block, privateScreen, type Screen } from '../../../src/core/screen.ts'

const REF = { cardId: 'card', reviewCount: 0, onlyDeck: false }
const PLAIN = { columns: 80, paint: painter(false) }
const COLOURED = { columns: 80, paint: painter(true) }

const drawn = (...blocks: Block[]) => renderFarewell(privateScreen({ blocks }), PLAIN).join('\n')

const choosing = (choices: readonly string[]): Screen =>
  privateScreen({
    notice: 'Good. It comes back tomorrow.',
    blocks: [
      { kind: 'progress', done: 7, total: 23 },
      { kind: 'note', text: 'Helm' },
      { kind: 'markdown', markdown: 'Which file holds the *values* of a **chart**?' },
    ],
    buttons: [
      ...choices.map((label) => [
        { label, action: { kind: 'choose', ref: REF, choice: 'x' }, weight: 'normal' } as const,
      ]),
      [{ label: 'Undo', action: { kind: 'undo', ref: null }, weight: 'quiet' }],
    ],
  })

describe('drawing a screen', () => {
  it('sets notice, progress, question, choices and keys below one another', () => {
    expect(renderScreen(choosing(['`values.yaml`', 'Chart']), PLAIN)).toEqual([
      '  Good. It comes back tomorrow.',
      '',
      '  ━━━━━━────────────── 7 of 23',
      '  Helm',
      '',
      '  Which file holds the values of a chart?',
      '',
      '  [1] `values.yaml`',
      '  [2] Chart',
      '',
      '  u Undo · ? Keys · q Quit',
    ])
  })

  it('says the same with colours, with styles in the place of backticks', () => {
    const coloured = renderScreen(choosing(['`values.yaml`', 'Chart']), COLOURED)
    expect(coloured.join('\n')).toContain('\u001b[1mchart\u001b[22m')
    expect(coloured.map(stripVTControlCharacters)).toEqual(
      renderScreen(choosing(['values.yaml', 'Chart']), PLAIN),
    )
  })

  it('writes no escape sequence without colours', () => {
    expect(
      renderScreen(choosing(['~~a~~', '**b**', '[c](https://example.org)']), PLAIN).join(''),
    ).not.toContain('\u001b')
  })

  it('marks the answer, and sets its later lines in', () => {
    expect(drawn({ kind: 'answer', markdown: 'word '.repeat(20) }).split('\n')).toEqual([
      `  → ${'word '.repeat(15).trim()}`,
      `    ${'word '.repeat(5).trim()}`,
    ])
  })

  it('keeps sentences of one kind together and everything else apart', () => {
    expect(
      drawn(
        { kind: 'heading', text: 'Settings' },
        { kind: 'plain', text: 'a' },
        { kind: 'plain', text: 'b' },
        { kind: 'note', text: 'c' },
        { kind: 'note', text: 'd' },
      ),
    ).toBe('  Settings\n\n  a\n  b\n\n  c\n  d')
  })

  it('takes only card text for Markdown', () => {
    expect(drawn({ kind: 'plain', text: 'You wrote: **x** `y`' })).toBe('  You wrote: **x** `y`')
    expect(drawn({ kind: 'markdown', markdown: '**x** ~~y~~ `z`' })).toBe('  x ~~y~~ `z`')
  })

  it('shows the address of a link once', () => {
    expect(drawn({ kind: 'markdown', markdown: '[docs](https://example.org/a)' })).toBe(
      '  docs (https://example.org/a)',
    )
    expect(drawn({ kind: 'markdown', markdown: '<https://example.org/a>' })).toBe('  https://example.org/a')
  })

  it('shows hostile card text harmlessly, references and addresses included', () => {
    const markdown = '\u001b[31mred &#27;[2J `\u009b` \u202eright [x](<https://example.org/\u0007>)'
    for (const page of [PLAIN, COLOURED]) {
      const text = renderFarewell(privateScreen({ blocks: [{ kind: 'markdown', markdown }] }), page).join(
        '\n',
      )
      const ours = stripVTControlCharacters(text)
      expect(ours).toMatch(/^ {2}␛\[31mred \ufffd\[2J .*right x \(https:\/\/example\.org\/␇\)$/)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(ours).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })

  it('draws the bar for any progress, also an impossible one', () => {
    expect(drawn({ kind: 'progress', done: 0, total: 0 })).toBe(`  ${'─'.repeat(20)} 0 of 0`)
    expect(drawn({ kind: 'progress', done: 9, total: 5 })).toBe(`  ${'━'.repeat(20)} 9 of 5`)
  })

  it('puts each button that does not fit on a line of its own', () => {
    const buttons = ['Again · 1 d', 'Hard · 3.4 mo', 'Good · 5.1 mo', 'Easy · 6.6 mo'].map(
      (label) => ({ label, action: { kind: 'study', deckId: null }, weight: 'normal' }) as const,
    )
    expect(renderScreen(privateScreen({ buttons: [buttons] }), { ...PLAIN, columns: 33 })).toEqual([
      '[1] Again · 1 d',
      '[2] Hard · 3.4 mo',
      '[3] Good · 5.1 mo',
      '[4] Easy · 6.6 mo',
      '',
      '? Keys · q Quit',
    ])
  })

  it.each([20, 32, 40, 80, 200])('never draws wider than %i columns', (columns) => {
    const texts = fc.oneof(
      fc.lorem({ maxCount: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constant('w'.repeat(300)),
      fc.constant('漢字'.repeat(80)),
      fc.constant(`\`${'code '.repeat(30)}\``),
    )
    fc.assert(
      fc.property(texts, fc.boolean(), (text, colour) => {
        const screen: Screen = {
          ...choosing([text, text]),
          notice: text,
          blocks: [
            { kind: 'heading', text },
            { kind: 'answer', markdown: text },
            { kind: 'plain', text },
            { kind: 'note', text },
          ],
        }
        for (const line of renderScreen(screen, { columns, paint: painter(colour) })) {
          expect(stringWidth(line)).toBeLessThanOrEqual(columns)
        }
      }),
      { numRuns: 60 },
    )
  })
})
