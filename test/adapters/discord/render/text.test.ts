import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeBlock, escapeText, inlineCode } from '../../../../src/adapters/discord/render/escape.ts'
import { harmless } from '../../../../src/adapters/discord/render/harmless.ts'
import {
  markdownRuns,
  plainLine,
  plainRuns,
  renderRuns,
  textOf,
} from '../../../../src/adapters/discord/render/runs.ts'
import { readDiscord, type Span, seen } from './discordMarkdown.ts'
import { hostileText } from './hostile.ts'

const rendered = (markdown: string) => markdownRuns(markdown).map(renderRuns).join('\n')
const plain = (text: string) => plainRuns(text).map(renderRuns).join('\n')

describe('plain text', () => {
  it.each([
    ['emphasis', '*a* **b** _c_ __d__', '\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\_\\_d\\_\\_'],
    ['strikethrough and spoilers', '~~a~~ ||b||', '\\~\\~a\\~\\~ \\|\\|b\\|\\|'],
    ['code', '`a`', '\\`a\\`'],
    ['backslashes', 'C:\\*', 'C\\:\\\\\\*'],
    ['a masked link', '[a](http://x)', '\\[a](http\\://x)'],
    ['mentions', '<@1> <#2> <@&3>', '\\<@1> \\<#2> \\<@&3>'],
    ['calls to all', '@everyone and @here', '\\@everyone and \\@here'],
    ['emoji by name', ':tada: <:x:1>', '\\:tada: \\<\\:x\\:1>'],
    ['a timestamp and a command', '<t:1:R> </quiz:1>', '\\<t\\:1\\:R> \\</quiz\\:1>'],
    ['addresses and invitations', 'https://a.b discord.gg/x', 'https\\://a.b discord\\.gg/x'],
    ['a heading', '# a', '\\# a'],
    ['small text', '-# a', '\\-# a'],
    ['a quote', '> a', '\\> a'],
    ['lists', '- a\n  + b\n12. c', '\\- a\n  \\+ b\n12\\. c'],
  ])('shows %s as written', (_, text, escaped) => {
    expect(plain(text)).toBe(escaped)
    expect(readDiscord(escaped)).toEqual([{ text, styles: [] }])
  })

  it('has no backslash where nothing could be a mark', () => {
    const text = 'a - b > c #1 2. Time: 12 (x) {y} a@b.example'
    expect(escapeText(text)).toBe(text)
  })

  it('reads the same and is nothing but text, whatever stands in it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const spans = readDiscord(plain(text))
        expect(spans.flatMap(({ styles }) => styles)).toEqual([])
        expect(spans.map((span) => span.text).join('')).toBe(harmless(text))
      }),
      { numRuns: 500 },
    )
  })
})

describe('code', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['a``b', '`a``b`'],
    ['`', '`` ` ``'],
    ['``', '` `` `'],
    ['a```b', '`a```b`'],
    ['a ` b `` c', '``a ` b `\u200b` c``'],
    [' a ', '` a `'],
  ])('ends where it should: %s', (code, written) => {
    expect(inlineCode(code)).toBe(written)
    expect(seen(written)).toBe(code)
    expect(readDiscord(written).map(({ styles }) => styles)).toEqual([['code']])
  })

  it('is never broken by what is in it', () => {
    const code = fc
      .array(fc.constantFrom('`', '``', '```', 'a', ' ', '\\', '**', '@everyone', '<@1>'), { minLength: 1 })
      .map((parts) => parts.join(''))
      .filter((text) => /[^` ]/.test(text))
    fc.assert(
      fc.property(code, (text) => {
        expect(readDiscord(inlineCode(text)).map(({ styles }) => styles)).toEqual([['code']])
        expect(seen(inlineCode(text))).toBe(text)
        expect(readDiscord(codeBlock(text)).map(({ styles }) => styles)).toEqual([['codeBlock']])
        expect(seen(codeBlock(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('has no language, even when its first line is a word', () => {
    expect(codeBlock('bash\nls')).toBe('```\nbash\nls\n```')
    expect(seen(codeBlock('bash\nls'))).toBe('bash\nls')
  })
})

describe('inline Markdown', () => {
  it('becomes Discord’s', () => {
    expect(rendered('**a *b* c** ~~d~~ `e`')).toBe('**a** ***b*** **c** ~~d~~ `e`')
  })

  it('parts marks that would run together', () => {
    expect(rendered('*a***b**')).toBe('*a*\u200b**b**')
    expect(readDiscord('*a*\u200b**b**').map(({ text, styles }) => [text, styles.join()])).toEqual([
      ['a', 'emphasis'],
      ['\u200b', ''],
      ['b', 'strong'],
    ])
  })

  it('sets no marks around code in which they could end', () => {
    expect(rendered('**run `2**3` now**')).toBe('**run** `2**3` **now**')
    expect(rendered('**run `ls` now**')).toBe('**run** **`ls`** **now**')
  })

  it('shows where a link leads, and never hides it behind words', () => {
    expect(rendered('[here](https://example.org/x)')).toBe('here (<https://example.org/x>)')
    expect(rendered('<https://example.org/x>')).toBe('<https://example.org/x>')
    expect(rendered('[https://good.example](https://evil.example)')).toBe(
      'https\\://good.example (<https://evil.example/>)',
    )
    expect(rendered('[write](mailto:ann@example.org)')).toBe('write (ann@example.org)')
  })

  it('keeps an address whole in which emphasis could end', () => {
    expect(rendered('**[a](https://example.org/**b)**')).toBe(
      '**a (**\u200b**<https://example.org/%2A%2Ab>**\u200b**)**',
    )
  })

  it('is plain text on one line for a button', () => {
    expect(plainLine('**Run** `ls`,\\\nthen *stop*')).toBe('Run ls, then stop')
  })

  it('shows each letter in its style, whatever stands in it', () => {
    fc.assert(
      fc.property(hostileText, (markdown) => {
        for (const line of markdownRuns(markdown)) {
          const spans = readDiscord(renderRuns(line))
          expect(withoutSpaces(spans.map(({ text }) => text).join(''))).toBe(withoutSpaces(textOf(line)))
          expect(lettersOf(spans)).toEqual(
            lettersOf(
              line.map(({ text, kind, strong, emphasis, deleted }) => ({
                text,
                // Code that holds marks stands without.
                styles: [
                  ...(kind === 'code' ? (['code'] as const) : []),
                  ...(kind === 'address' ? (['address'] as const) : []),
                  ...(strong && !isBareCode(kind, text) ? (['strong'] as const) : []),
                  ...(emphasis && !isBareCode(kind, text) ? (['emphasis'] as const) : []),
                  ...(deleted && !isBareCode(kind, text) ? (['deleted'] as const) : []),
                ],
              })),
            ),
          )
        }
      }),
      { numRuns: 500 },
    )
  })
})

const isBareCode = (kind: string, text: string) => kind === 'code' && /[*~\\]/.test(text)
const withoutSpaces = (text: string) => text.replace(/[\s\u200b]/g, '')

/** Letters and digits with the styles they are shown in. */
function lettersOf(spans: readonly Span[]): string[] {
  return spans.flatMap(({ text, styles }) =>
    [...text.matchAll(/[\p{L}\p{N}]/gu)].map(([letter]) => `${letter} ${[...styles].sort().join()}`),
  )
}
