import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderScreen } from '../../../../src/adapters/discord/render/render.ts'
import { type Block, type Button, privateScreen, type Screen } from '../../../../src/core/screen.ts'
import { seen } from './discordMarkdown.ts'
import { expectValid } from './discordRules.ts'
import { hostileScreen, hostileText } from './hostile.ts'

const REF = { cardId: 'card', reviewCount: 0, onlyDeck: false }

/** The one message a screen should be. */
function drawn(screen: Screen): string {
  const { messages } = renderScreen(screen)
  expect(messages).toHaveLength(1)
  for (const message of messages) expectValid(message)
  return messages.map(({ content }) => content).join('')
}

const blocks = (...all: Block[]) => drawn(privateScreen({ blocks: all }))
const contents = (...all: Block[]) =>
  renderScreen(privateScreen({ blocks: all })).messages.map(({ content }) => content)
const choosing = (...choices: string[]): Screen =>
  privateScreen({
    blocks: [{ kind: 'markdown', markdown: 'What does `kubectl drain` do?' }],
    buttons: choices.map((label, index): Button[] => [
      { label, action: { kind: 'choose', ref: REF, choice: String(index) }, weight: 'normal' },
    ]),
  })

describe('drawing a screen for Discord', () => {
  it('sets notice, progress and deck in small print above the question', () => {
    const screen = privateScreen({
      notice: 'Good. It comes back tomorrow.',
      blocks: [
        { kind: 'progress', done: 7, total: 23 },
        { kind: 'note', text: 'Helm' },
        { kind: 'markdown', markdown: 'Which file holds the *values* of a **chart**?' },
      ],
    })
    expect(drawn(screen)).toBe(
      '-# *Good. It comes back tomorrow.*\n-# ▰▰▰▱▱▱▱▱▱▱  7 of 23\n-# Helm\n\n' +
        'Which file holds the *values* of a **chart**?',
    )
  })

  it('sets the answer apart, and a command in a block', () => {
    expect(
      blocks(
        { kind: 'heading', text: 'Right' },
        { kind: 'markdown', markdown: 'Who starts Pods?' },
        { kind: 'answer', markdown: 'the `kubelet`' },
      ),
    ).toBe('### Right\nWho starts Pods?\n\n> the `kubelet`')
    expect(blocks({ kind: 'plain', text: 'So' }, { kind: 'answer', markdown: '`helm ls`' })).toBe(
      'So\n```\nhelm ls\n```',
    )
  })

  it('quotes every line of an answer', () => {
    expect(blocks({ kind: 'answer', markdown: 'a\\\n> b' })).toBe('> a\n> \\> b')
  })

  it('keeps sentences of one kind together and leaves out empty ones', () => {
    expect(
      blocks(
        { kind: 'plain', text: 'a' },
        { kind: 'plain', text: 'b' },
        { kind: 'note', text: 'c' },
        { kind: 'note', text: '' },
      ),
    ).toBe('a\nb\n\n-# c')
  })

  it('keeps a number sign at the end of a heading', () => {
    const content = blocks({ kind: 'heading', text: 'C#' })
    expect(seen(content)).toBe('C#')
  })

  it('aligns a table that a phone can show, and gives a wider one as lines', () => {
    const table = (name: string): Block => ({
      kind: 'table',
      rows: [
        ['1.', 'Ann', '9 of 10'],
        ['2.', name, '7 of 10'],
      ],
    })
    expect(blocks(table('李小龙'))).toBe('```\n1.  Ann     9 of 10\n2.  李小龙  7 of 10\n```')
    expect(blocks(table('x'.repeat(30)))).toBe(`1\\.  Ann  9 of 10\n2\\.  ${'x'.repeat(30)}  7 of 10`)
  })

  it('draws progress beyond its ends as none or all', () => {
    expect(blocks({ kind: 'progress', done: 0, total: 0 })).toBe('-# ▱▱▱▱▱▱▱▱▱▱  0 of 0')
    expect(blocks({ kind: 'progress', done: 9, total: 3 })).toBe('-# ▰▰▰▰▰▰▰▰▰▰  9 of 3')
  })

  it('lists choices that a phone would cut, with their code', () => {
    const screen = choosing('Evicts all of the Pods and sets `unschedulable`', 'Deletes the node')
    expect(drawn(screen)).toBe(
      'What does `kubectl drain` do?\n\n' +
        '**A**  Evicts all of the Pods and sets `unschedulable`\n**B**  Deletes the node',
    )
  })

  it('gives an overview of decks that are in a menu', () => {
    const decks = Array.from({ length: 18 }, (_, index): Button[] => [
      { label: `Deck_${index} · 12 due`, action: { kind: 'study', deckId: `d${index}` }, weight: 'normal' },
    ])
    const content = drawn(privateScreen({ buttons: decks }))
    expect(content.split('\n')).toHaveLength(18)
    expect(content).toContain('**Deck\\_17** · 12 due')
  })

  it('writes out a link that no button takes', () => {
    expect(drawn(privateScreen({ links: [{ label: 'Edit note', url: 'http://localhost:8080/x' }] }))).toBe(
      'Edit note: http\\://localhost\\:8080/x',
    )
  })

  it('says how many buttons there was no room for', () => {
    const many = Array.from(
      { length: 130 },
      (_, index): Button => ({
        label: 'Go',
        action: { kind: 'study', deckId: `d${index}` },
        weight: 'quiet',
      }),
    )
    expect(drawn(privateScreen({ buttons: [many] }))).toBe(
      '-# *Buttons left out: 5. Discord takes at most 5 menus of 25.*',
    )
  })

  it('is never without text', () => {
    expect(blocks({ kind: 'plain', text: '\u200b \u2800' })).toBe('…')
  })

  it('goes on in further messages, and has the buttons in the last one', () => {
    const { messages } = renderScreen(
      privateScreen({
        blocks: [
          { kind: 'plain', text: 'a '.repeat(800) },
          { kind: 'answer', markdown: 'b '.repeat(800) },
        ],
        buttons: [[{ label: 'Undo', action: { kind: 'undo', ref: null }, weight: 'quiet' }]],
      }),
    )
    expect(messages.map(({ content }) => content.slice(0, 3))).toEqual(['a a', '> b'])
    expect(messages.map(({ components }) => components.length)).toEqual([0, 1])
  })

  it('escapes what becomes the beginning of a line by being split', () => {
    const parts = contents({ kind: 'plain', text: `${'x'.repeat(1999)} # not a heading` })
    expect(parts[1]).toBe('\\# not a heading')
  })

  it('goes on with a block of code in the next message, with its indentation', () => {
    const parts = contents({ kind: 'table', rows: Array.from({ length: 200 }, () => [' x', 'y'.repeat(20)]) })
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect(part).toMatch(/^```\n {1}x [\s\S]*\n```$/)
  })

  it('loses nothing that can be seen by splitting', () => {
    const visible = (text: string) => text.replace(/[\p{Z}\p{C}\p{DI}\s\u2800]/gu, '')
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = contents({ kind: 'plain', text }, { kind: 'plain', text: 'end' }).map(seen)
        expect(visible(shown.join(''))).toBe(visible(`${text.toWellFormed()}end`.replace(CONTROLS, '\ufffd')))
      }),
    )
  })

  it('names the figures of a table that is too wide for a phone', () => {
    const board: Screen = {
      ...privateScreen({
        blocks: [
          {
            kind: 'table',
            header: ['#', 'Name', 'Points', 'Streak', 'Right', 'Learned'],
            rows: [
              ['1.', '*Ann*', '12', '3 d', '80 %', '5'],
              ['2.', 'Bob', '3', '1 d', '–', '0'],
            ],
          },
        ],
      }),
      visibility: 'everyone',
    }
    expect(renderScreen(board).messages[0]?.content).toBe(
      '1\\.  **\\*Ann\\***\n-# Points 12 · Streak 3 d · Right 80 % · Learned 5\n' +
        '2\\.  **Bob**\n-# Points 3 · Streak 1 d · Right – · Learned 0',
    )
  })

  it('keeps every limit and lets nothing in that calls or leads anywhere, whatever stands in the screen', () => {
    fc.assert(
      fc.property(hostileScreen, (screen) => {
        const { messages } = renderScreen(screen)
        expect(messages.length).toBeGreaterThan(0)
        for (const message of messages) expectValid(message)
      }),
      { numRuns: 100 },
    )
  })
})

/** Apart from those that become line feeds or spaces. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g
