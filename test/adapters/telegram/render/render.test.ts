import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVisible } from '../../../../src/adapters/telegram/render/harmless.ts'
import { renderScreen } from '../../../../src/adapters/telegram/render/render.ts'
import type { FormattedText } from '../../../../src/adapters/telegram/render/text.ts'
import { type Block, type Button, privateScreen, type Screen } from '../../../../src/core/screen.ts'
import { hostileScreen } from './hostile.ts'
import { expectValid } from './telegramRules.ts'

const REF = { cardId: 'card', reviewCount: 0, onlyDeck: false }

/** The one part a screen should be, with its entities as tags. */
function drawn(screen: Screen): string {
  const { parts } = renderScreen(screen)
  expect(parts).toHaveLength(1)
  return parts.map(tagged).join('')
}

function tagged({ text, entities }: FormattedText): string {
  let result = ''
  for (let at = 0; at <= text.length; at++) {
    for (const { type } of entities.filter(({ offset, length }) => offset + length === at).reverse()) {
      result += `</${type}>`
    }
    for (const { type } of entities.filter(({ offset }) => offset === at)) result += `<${type}>`
    result += text.charAt(at)
  }
  return result
}

const blocks = (...all: Block[]) => drawn(privateScreen({ blocks: all }))
const choosing = (...choices: string[]): Screen =>
  privateScreen({
    blocks: [{ kind: 'markdown', markdown: 'What does `kubectl drain` do?' }],
    buttons: choices.map((label): Button[] => [
      { label, action: { kind: 'choose', ref: REF, choice: 'x' }, weight: 'normal' },
    ]),
  })

describe('drawing a screen for Telegram', () => {
  it('sets notice, progress, deck and question below one another', () => {
    const screen = privateScreen({
      notice: 'Good. It comes back tomorrow.',
      blocks: [
        { kind: 'progress', done: 7, total: 23 },
        { kind: 'note', text: 'Helm' },
        { kind: 'markdown', markdown: 'Which file holds the *values* of a **chart**?' },
      ],
    })
    expect(drawn(screen)).toBe(
      '<italic>Good. It comes back tomorrow.</italic>\n\n▰▰▰▱▱▱▱▱▱▱  7 of 23\n<italic>Helm</italic>\n\n' +
        'Which file holds the <italic>values</italic> of a <bold>chart</bold>?',
    )
  })

  it('sets the answer apart, and a command so that a tap copies it', () => {
    expect(blocks({ kind: 'heading', text: 'Right' }, { kind: 'answer', markdown: 'the `kubelet`' })).toBe(
      '<bold>Right</bold>\n\n<blockquote>the <code>kubelet</code></blockquote>',
    )
    expect(blocks({ kind: 'answer', markdown: '`helm ls`' })).toBe('<pre>helm ls</pre>')
    expect(blocks({ kind: 'markdown', markdown: '`helm ls`' })).toBe('<pre>helm ls</pre>')
  })

  it('keeps sentences of one kind together and leaves out empty ones', () => {
    expect(
      blocks(
        { kind: 'plain', text: 'a' },
        { kind: 'plain', text: 'b' },
        { kind: 'note', text: 'c' },
        { kind: 'note', text: '' },
      ),
    ).toBe('a\nb\n\n<italic>c</italic>')
  })

  it('aligns a table that a phone can show, and gives a wider one as lines', () => {
    const table = (name: string): Block => ({
      kind: 'table',
      rows: [
        ['1.', 'Ann', '9 of 10'],
        ['2.', name, '7 of 10'],
      ],
    })
    expect(blocks(table('李小龙'))).toBe('<pre>1.  Ann     9 of 10\n2.  李小龙  7 of 10</pre>')
    expect(blocks(table('x'.repeat(30)))).toBe(`1.  Ann  9 of 10\n2.  ${'x'.repeat(30)}  7 of 10`)
  })

  it('draws progress beyond its ends as none or all', () => {
    expect(blocks({ kind: 'progress', done: 0, total: 0 })).toBe('▱▱▱▱▱▱▱▱▱▱  0 of 0')
    expect(blocks({ kind: 'progress', done: 9, total: 3 })).toBe('▰▰▰▰▰▰▰▰▰▰  9 of 3')
  })

  it('lists choices that a button would cut, with their code', () => {
    const long = 'Evicts the Pods and sets `unschedulable`'
    expect(drawn(choosing(long, 'Deletes the node'))).toBe(
      'What does <code>kubectl drain</code> do?\n\n' +
        '<bold>A</bold>  Evicts the Pods and sets <code>unschedulable</code>\n\n<bold>B</bold>  Deletes the node',
    )
    expect(renderScreen(choosing(long, 'b')).keyboard.inline_keyboard[0]?.map(({ text }) => text)).toEqual([
      'A',
      'B',
    ])
  })

  it('lists decks with their details in a lower voice, not broken within one', () => {
    const decks = ['Helm', 'Kubernetes providers compared'].map((title): Button[] => [
      { label: `${title} · 12 due, 3 new`, action: { kind: 'study', deckId: 'a' }, weight: 'normal' },
    ])
    expect(drawn(privateScreen({ buttons: decks }))).toBe(
      '<bold>1</bold>  Helm <italic>· 12\u00a0due, 3\u00a0new</italic>\n' +
        '<bold>2</bold>  Kubernetes providers compared <italic>· 12\u00a0due, 3\u00a0new</italic>',
    )
  })

  it('says what can be written', () => {
    const asking = (label: string) => privateScreen({ input: { kind: 'answer', ref: REF, label } })
    expect(drawn(asking('Your answer'))).toBe('<italic>Write your answer.</italic>')
    expect(drawn(asking('Time zone'))).toBe('<italic>Time zone: write it here.</italic>')
  })

  it('writes out a link that no button takes, and says when there was no room for a button', () => {
    expect(drawn(privateScreen({ links: [{ label: 'Edit note', url: 'http://localhost:8080/x' }] }))).toBe(
      'Edit note: http://localhost:8080/x',
    )
    const many = Array.from(
      { length: 101 },
      (): Button => ({
        label: 'Undo',
        action: { kind: 'undo', ref: null },
        weight: 'quiet',
      }),
    )
    expect(drawn(privateScreen({ buttons: [many] }))).toBe(
      '<italic>Buttons left out: 1. Telegram takes at most 100.</italic>',
    )
  })

  it('is never without text', () => {
    expect(drawn(privateScreen({ blocks: [{ kind: 'plain', text: '\u200b \u2800' }] }))).toBe('…')
  })

  it('calls nobody by name in front of everyone, and keeps a private text as it is', () => {
    const screen = privateScreen({ blocks: [{ kind: 'plain', text: '@all' }] })
    expect(drawn(screen)).toBe('@all')
    expect(drawn({ ...screen, visibility: 'everyone' })).toBe('@\u2060all')
  })

  it('calls nobody where a name would be cut off a longer word', () => {
    const text = `${'x'.repeat(4095)}@all`
    const { parts } = renderScreen({
      ...privateScreen({ blocks: [{ kind: 'plain', text }] }),
      visibility: 'everyone',
    })
    expect(parts.map(({ text }) => text)).toEqual(['x'.repeat(4095), '@\u2060all'])
  })

  it('keeps every limit and rule of Telegram, whatever stands in the screen', () => {
    fc.assert(
      fc.property(hostileScreen, (screen) => {
        const { parts, keyboard } = renderScreen(screen)
        expect(parts.length).toBeGreaterThan(0)
        for (const part of parts) {
          expectValid(part)
          expect(isVisible(part.text)).toBe(true)
          expect(part.text.length).toBeLessThanOrEqual(4096)
          if (screen.visibility === 'everyone') expectNoMention(part)
        }
        const rows = keyboard.inline_keyboard
        expect(rows.flat().length).toBeLessThanOrEqual(100)
        for (const row of rows) {
          expect(row.length).toBeGreaterThan(0)
          expect(row.length).toBeLessThanOrEqual(8)
        }
        for (const one of rows.flat()) {
          expect(isVisible(one.text)).toBe(true)
          expect(one.text.isWellFormed()).toBe(true)
          if ('callback_data' in one) expect(Buffer.byteLength(one.callback_data)).toBeLessThanOrEqual(64)
          else expect('url' in one && one.url).toBe('https://example.org/edit')
        }
      }),
    )
  })
})

function expectNoMention({ text, entities }: FormattedText): void {
  for (const { index } of text.matchAll(/(?<!\w)@\w/g)) {
    expect(
      entities.some(
        ({ type, offset, length }) =>
          (type === 'code' || type === 'pre') && offset <= index && index < offset + length,
      ),
    ).toBe(true)
  }
}
