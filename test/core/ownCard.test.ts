import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ANSWER_MAX_LENGTH,
  draftText,
  linkOf,
  ownCardOf,
  PROMPT_MAX_LENGTH,
  problemsOf,
} from '../../src/core/ownCard.ts'
import { gradeTyped, plainText } from '../../src/core/typedAnswer.ts'
import { inlineText, parseInline } from '../../src/markup/inline.ts'

const draft = (prompt: string, answer: string, link: string | null = null) =>
  draftText({ prompt, answer, link })
const cardOf = (prompt: string, answer: string) => ownCardOf(draft(prompt, answer), 'own-1')
const shown = (markdown: string) => inlineText(parseInline(markdown))

/** What Markdown, HTML and platforms take for something else, with lines and indentation. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'*_~`[]()<>#+-=|{}.!&;:\\/@"\'1a é\n\t 🐙'),
    fc.constantFrom(
      '\n\n',
      '\\\n',
      '  \n',
      '&amp;',
      '&#32;',
      '- ',
      '# ',
      '```\n',
      '    ',
      'https://x.y',
      '||',
    ),
  ),
  minLength: 1,
  maxLength: 30,
})

describe('the card made of a draft', () => {
  it('shows prompt and answer exactly as they were written', () => {
    fc.assert(
      fc.property(hostile, hostile, (prompt, answer) => {
        const text = draft(prompt, answer)
        fc.pre(problemsOf(text).length === 0)
        const card = ownCardOf(text, 'own-1')
        expect(shown(card.prompt)).toBe(text.prompt)
        expect(shown(card.answer)).toBe(text.answer)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps lines, blank lines and indentation', () => {
    const code = 'if x:\n    print("*hi*")\n\n\tdone'
    expect(shown(cardOf('What does it print?', code).answer)).toBe(code)
  })

  it('has no choices, no note and no siblings', () => {
    expect(cardOf('What is a Pod?', 'The smallest unit.')).toEqual({
      id: 'own-1',
      factId: 'own-1',
      kind: 'basic',
      prompt: 'What is a Pod\\?',
      answer: 'The smallest unit\\.',
      accept: [],
      wrong: [],
      context: [],
      explanation: '',
      source: { file: '', line: 0 },
    })
  })

  it.each([
    ['NodePort', 'typed'],
    ['--dry-run=client', 'typed'],
    ['__init__', 'typed'],
    ['8080', 'typed'],
    ['two words', 'basic'],
    ['two\nlines', 'basic'],
    ['->', 'basic'],
    ['🐙', 'basic'],
    ['x'.repeat(30), 'typed'],
    ['x'.repeat(31), 'basic'],
  ] as const)('with the answer "%s" is %s', (answer, kind) => {
    expect(cardOf('What?', answer).kind).toBe(kind)
  })

  it('counts an answer right that is typed as it was written', () => {
    fc.assert(
      fc.property(hostile, (answer) => {
        const text = draft('What?', answer)
        fc.pre(problemsOf(text).length === 0)
        const card = ownCardOf(text, 'own-1')
        if (card.kind === 'typed') expect(gradeTyped(card, text.answer)).toEqual({ kind: 'right' })
      }),
    )
    expect(plainText(cardOf('What?', '__init__').answer)).toBe('__init__')
  })

  it('cannot be made while something is missing', () => {
    expect(() => cardOf('What?', '')).toThrow('card "own-1" cannot be made: The answer is missing.')
  })
})

describe('a draft', () => {
  it.each([
    ['', '', ['The prompt is missing.', 'The answer is missing.']],
    [' \n\t', 'a', ['The prompt is missing.']],
    ['a', '\u0000\u0007', ['The answer is missing.']],
    ['p'.repeat(PROMPT_MAX_LENGTH), 'a'.repeat(ANSWER_MAX_LENGTH), []],
    ['p'.repeat(501), 'a', ['The prompt has 501 characters: at most 500 are possible.']],
    ['p', '🐙'.repeat(500), []],
    ['p', '🐙'.repeat(501), ['The answer has 501 characters: at most 500 are possible.']],
  ])('says what keeps it from being a card (%#)', (prompt, answer, problems) => {
    expect(problemsOf(draft(prompt, answer))).toEqual(problems)
  })

  it('loses what nobody sees, and is cut where nobody would shorten it', () => {
    expect(draft('\r\n one  \r\n\u0000two\ud800 \n', `${'a'.repeat(5000)}`)).toEqual({
      prompt: 'one\ntwo\ufffd',
      answer: 'a'.repeat(4000),
      link: null,
    })
  })

  it.each([
    ['https://discord.com/channels/1/2/3', true],
    ['http://x.example', true],
    ['javascript:alert(1)', false],
    ['discord.com', false],
    ['https://', false],
    ['', false],
    [`https://x.example/${'a'.repeat(500)}`, false],
  ])('keeps the link %s: %s', (link, isKept) => {
    const text = draft('p', 'a', link)
    expect(text.link).toBe(isKept ? link : null)
    expect(linkOf(ownCardOf(text, 'own-1'))).toBe(text.link)
  })
})
