import { ComponentType } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  closedMessages,
  decodeQuizAnswer,
  questionMessage,
} from '../../../../src/adapters/discord/render/quiz.ts'
import { standingsMessages } from '../../../../src/adapters/discord/render/standings.ts'
import { decodeAction } from '../../../../src/core/actionCodec.ts'
import { seen } from './discordMarkdown.ts'
import { expectValid } from './discordRules.ts'
import { hostileText } from './hostile.ts'

const QUESTION = {
  prompt: 'Which file holds the default **values** of a `helm` chart?',
  choices: ['`values.yaml`', '`Chart.yaml`', '`NOTES.txt`', '`requirements.lock`'],
  deckTitle: 'Helm',
  position: 2,
  total: 10,
}
const OPEN = { ...QUESTION, closesAt: new Date(1_700_000_000_500), answered: 3 }
const CLOSED = { ...QUESTION, right: 0, explanation: 'See `helm show values`.', source: 'helm.md:42' }

const named = (names: readonly string[]) => ({ count: names.length, names })

const buttonsOf = (message: ReturnType<typeof questionMessage>) =>
  (message?.components ?? []).flatMap((row) =>
    row.components.flatMap((one) =>
      one.type === ComponentType.Button && 'custom_id' in one ? [[one.label, one.custom_id]] : [],
    ),
  )

describe('a question in a channel', () => {
  it('says where the quiz is, asks, and counts down', () => {
    const message = questionMessage(OPEN)
    expect(message?.content).toBe(
      '-# Helm · question 3 of 10\n### Which file holds the default **values** of a `helm` chart?\n\n' +
        '-# Closes <t:1700000001:R> · 3 answered',
    )
    expect(message?.components).toHaveLength(4)
    expect(buttonsOf(message)).toEqual([
      ['values.yaml', 'a:0'],
      ['Chart.yaml', 'a:1'],
      ['NOTES.txt', 'a:2'],
      ['requirements.lock', 'a:3'],
    ])
  })

  it('lists choices that a phone would cut', () => {
    const message = questionMessage({ ...OPEN, choices: ['a'.repeat(39), '`b`'] })
    expect(message?.content).toContain(`**A**  ${'a'.repeat(39)}\n**B**  \`b\``)
    expect(buttonsOf(message)).toEqual([
      ['A', 'a:0'],
      ['B', 'a:1'],
    ])
    expect(message?.components).toHaveLength(1)
  })

  it('reads its buttons back strictly', () => {
    expect(['a:0', 'a:3', 'a:24'].map(decodeQuizAnswer)).toEqual([0, 3, 24])
    for (const customId of ['', 'a', 'a:', 'a:00', 'a:25', 'a:-1', 'a:1 ', 'a:1:2', 'b:1', 'a:1e1']) {
      expect(decodeQuizAnswer(customId)).toBeNull()
    }
    expect(decodeAction('a:0')).toBeNull()
  })

  it.each([
    ['too long', { prompt: 'x'.repeat(2000) }],
    ['nothing to see', { prompt: '\u200b' }],
    ['one choice', { choices: ['a'] }],
    ['two choices that look the same', { choices: ['a', '**a**'] }],
    ['a choice with nothing to see', { choices: ['a', '\u200b'] }],
    ['more choices than buttons', { choices: Array.from({ length: 26 }, (_, index) => String(index)) }],
  ])('is none when it has %s', (_, change) => {
    expect(questionMessage({ ...OPEN, ...change })).toBeNull()
  })
})

describe('a question that is over', () => {
  it('shows the right choice, who chose what, and why', () => {
    const [message, ...others] = closedMessages({
      ...CLOSED,
      chosenBy: [['Ann', 'Bob_*'], ['@everyone'], [], []].map(named),
    })
    expect(others).toEqual([])
    expect(message?.components).toEqual([])
    expect(message?.content.split('\n')).toEqual([
      '-# Helm · question 3 of 10 · 2 of 3 right',
      '### Which file holds the default **values** of a `helm` chart?',
      '',
      '**✅**  **`values.yaml`**',
      '-# ▰▰▰▰▰▰▱▱▱▱  2  Ann, Bob\\_\\*',
      '**▫️**  `Chart.yaml`',
      '-# ▰▰▰▱▱▱▱▱▱▱  1  \\@everyone',
      '**▫️**  `NOTES.txt`',
      '-# ▱▱▱▱▱▱▱▱▱▱  0',
      '**▫️**  `requirements.lock`',
      '-# ▱▱▱▱▱▱▱▱▱▱  0',
      '',
      'See `helm show values`.',
      '-# helm.md:42'.replace(':', '\\:'),
    ])
  })

  it('keeps the letters that were pressed', () => {
    const [message] = closedMessages({ ...CLOSED, choices: ['a'.repeat(39), 'b'], chosenBy: [] })
    expect(seen(message?.content ?? '')).toContain(`✅  A  ${'a'.repeat(39)}\n▫️  B  b`)
    expect(message?.content).toContain('nobody answered')
  })

  it('names ten of many, and says how many more there are', () => {
    const names = Array.from({ length: 13 }, (_, index) => `n${index}`)
    const [message] = closedMessages({ ...CLOSED, chosenBy: [named(names)] })
    expect(message?.content).toContain('13  n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 3 more')
  })

  it('says which right choice is out of range', () => {
    expect(() => closedMessages({ ...CLOSED, right: 4, chosenBy: [] })).toThrow(
      'right is 4: give the index of one of the 4 choices',
    )
  })
})

describe('the standings', () => {
  it('share a place and a medal when results are equal', () => {
    const standings = [
      { name: 'Ann', right: 9 },
      { name: 'Bob', right: 9 },
      { name: '[c](http://x)', right: 5 },
      { name: '\u200b', right: 0 },
    ]
    const [message] = standingsMessages({ title: 'Helm', total: 10, standings })
    expect(seen(message?.content ?? '')).toBe(
      'Helm · 10 questions\nQuiz over\n🥇  Ann  9 of 10\n🥇  Bob  9 of 10\n' +
        '🥉  [c](http://x)  5 of 10\n4.  Somebody  0 of 10',
    )
  })

  it('are fifteen, and say how many more there are', () => {
    const standings = Array.from({ length: 17 }, (_, index) => ({ name: `n${index}`, right: 17 - index }))
    const [message] = standingsMessages({ title: 'Helm', total: 20, standings })
    expect(message?.content).toContain('15\\.  **n14**')
    expect(message?.content).toMatch(/-# … and 2 more$/)
  })

  it('say when nobody answered', () => {
    const [message] = standingsMessages({ title: 'Helm', total: 1, standings: [] })
    expect(seen(message?.content ?? '')).toBe('Helm · 1 question\nQuiz over\nNobody answered this time.')
  })
})

describe('a quiz', () => {
  it('keeps every limit and calls nobody, whatever stands in cards and names', () => {
    const question = fc.record({
      prompt: hostileText,
      choices: fc.array(hostileText, { minLength: 1, maxLength: 8 }),
      deckTitle: hostileText,
      position: fc.nat(9),
      total: fc.constant(10),
    })
    const names = fc.array(fc.array(hostileText, { maxLength: 3 }), { maxLength: 4 })
    fc.assert(
      fc.property(question, names, hostileText, hostileText, (card, chosenBy, explanation, source) => {
        const open = questionMessage({ ...card, closesAt: new Date(0), answered: 0 })
        if (open !== null) {
          expectValid(open, ['time'])
          expect(open.content.match(/<t:/g)?.length).toBeGreaterThanOrEqual(1)
        }
        for (const message of closedMessages({
          ...card,
          right: 0,
          explanation,
          source,
          chosenBy: chosenBy.map(named),
        })) {
          expectValid(message)
        }
        const standings = chosenBy.flat().map((name, right) => ({ name, right }))
        for (const message of standingsMessages({ title: card.deckTitle, total: 10, standings })) {
          expectValid(message)
        }
      }),
      { numRuns: 40 },
    )
  })
})
