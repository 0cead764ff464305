import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fromMarkdown,
  fromMarkdownBlock,
  plainLine,
} from '../../../../src/adapters/telegram/render/markdown.ts'
import { withoutMentions } from '../../../../src/adapters/telegram/render/mentions.ts'
import { code, joined, plain, quoted, sliced, styled } from '../../../../src/adapters/telegram/render/text.ts'
import { hostileText } from './hostile.ts'
import { expectValid } from './telegramRules.ts'

describe('text with entities', () => {
  it('counts offsets in UTF-16 units', () => {
    expect(joined([plain('😀 '), styled('bold', plain('ü'))])).toEqual({
      text: '😀 ü',
      entities: [{ type: 'bold', offset: 3, length: 1 }],
    })
  })

  it('styles around code, not the code', () => {
    expect(styled('bold', joined([plain('run '), code('ls'), plain(' now')])).entities).toEqual([
      { type: 'bold', offset: 0, length: 3 },
      { type: 'code', offset: 4, length: 2 },
      { type: 'bold', offset: 7, length: 3 },
    ])
  })

  it('keeps code in a quote, and no quote in a quote', () => {
    expect(quoted(quoted(code('ls -l'))).entities).toEqual([
      { type: 'blockquote', offset: 0, length: 5 },
      { type: 'code', offset: 0, length: 5 },
    ])
  })

  it('has no entity over nothing or over spaces', () => {
    expect(
      joined([styled('italic', plain('')), code(' '), styled('bold', plain('\u200b'))]).entities,
    ).toEqual([])
  })

  it('keeps entities off the spaces at their ends', () => {
    expect(styled('italic', plain(' a ')).entities).toEqual([{ type: 'italic', offset: 1, length: 1 }])
  })

  it('cuts entities with the text, and white space at the ends', () => {
    expect(sliced(styled('bold', plain('one two three')), 3, 8)).toEqual({
      text: 'two',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
    })
  })

  it('takes out what turns the reading direction, and shows control characters and lone surrogates as �', () => {
    expect(plain('a\u202eb\u2067c\u0000d\ud800e\r\nf\tg').text).toBe('abc�d�e\nf g')
  })

  it('keeps letters of right-to-left scripts, joined emoji, and a ring that Telegram would delete', () => {
    expect(plain('שלום 👩‍👧 a\u030a').text).toBe('שלום 👩‍👧 å')
  })
})

describe('inline Markdown', () => {
  it('becomes entities', () => {
    expect(fromMarkdown('**a *b*** ~~c~~ `d` [e](https://example.org)')).toEqual({
      text: 'a b c d e',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'italic', offset: 2, length: 1 },
        { type: 'strikethrough', offset: 4, length: 1 },
        { type: 'code', offset: 6, length: 1 },
        { type: 'text_link', offset: 8, length: 1, url: 'https://example.org/' },
      ],
    })
  })

  it('needs no escaping', () => {
    const text = '\\*_\\[]()~>#+-=|{}.!<b>&amp;'
    expect(fromMarkdown(text)).toEqual({ text: '*_[]()~>#+-=|{}.!<b>&', entities: [] })
  })

  it('stands alone when it is nothing but code', () => {
    expect(fromMarkdownBlock('`helm ls`').entities).toEqual([{ type: 'pre', offset: 0, length: 7 }])
    expect(fromMarkdownBlock('Try `helm ls`').entities).toEqual([{ type: 'code', offset: 4, length: 7 }])
  })

  it('keeps a link with code in it a link', () => {
    expect(fromMarkdown('[`ls`](https://example.org/)').entities).toEqual([
      { type: 'text_link', offset: 0, length: 2, url: 'https://example.org/' },
    ])
  })

  it.each([
    ['[here](http://localhost:8080/x)', 'here (http://localhost:8080/x)'],
    ['[write](mailto:ann@example.org)', 'write (ann@example.org)'],
    ['<https://example.org/x>', 'https://example.org/x'],
  ])('writes out an address that Telegram takes in no link: %s', (markdown, text) => {
    expect(fromMarkdown(markdown)).toEqual({ text, entities: [] })
  })

  it('is plain text on one line for a button', () => {
    expect(plainLine('**Run** `ls`,\\\nthen *stop*')).toBe('Run ls, then stop')
  })

  it('never breaks a rule of Telegram', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        expectValid(sliced(quoted(joined([fromMarkdown(one), styled('italic', fromMarkdown(other))], ' '))))
      }),
    )
  })
})

describe('text for everyone', () => {
  it('breaks names, also at the edge of an entity', () => {
    const broken = withoutMentions(joined([plain('@all and @'), styled('bold', plain('ann'))]))
    expect(broken.text).toBe('@\u2060all and @\u2060ann')
    expect(broken.entities).toEqual([{ type: 'bold', offset: 12, length: 3 }])
  })

  it('changes neither addresses nor code nor a lone @', () => {
    const text = joined([plain('a@b.example @ '), code('@Inject'), plain(' 5 @ 3')])
    expect(withoutMentions(text)).toEqual(text)
  })

  it('reads the same, and has no name left outside of code', () => {
    fc.assert(
      fc.property(hostileText, (markdown) => {
        const whole = sliced(fromMarkdown(markdown))
        const broken = withoutMentions(whole)
        expectValid(broken)
        expect(broken.text.replaceAll('\u2060', '')).toBe(whole.text.replaceAll('\u2060', ''))
        expect(withoutMentions(broken)).toEqual(broken)
      }),
    )
  })
})
