import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMarkdown } from '../../../../src/adapters/telegram/render/markdown.ts'
import { splitText } from '../../../../src/adapters/telegram/render/split.ts'
import { joined, plain, pre, styled } from '../../../../src/adapters/telegram/render/text.ts'
import { hostileText } from './hostile.ts'
import { expectValid } from './telegramRules.ts'

const textsOf = (text: string, limit: number) => splitText(plain(text), limit).map((part) => part.text)

describe('splitting a text', () => {
  it('leaves a text that fits as it is', () => {
    expect(textsOf('a b\n\nc', 6)).toEqual(['a b\n\nc'])
  })

  it('splits between paragraphs rather than lines, between lines rather than words', () => {
    expect(textsOf('one two three\n\nfour\nfive six', 20)).toEqual(['one two three', 'four\nfive six'])
    expect(textsOf('one two\nthree four', 14)).toEqual(['one two', 'three four'])
    expect(textsOf('one two three', 12)).toEqual(['one two', 'three'])
  })

  it('fills a part at least by half before it heeds a paragraph', () => {
    expect(textsOf('a\n\nthree four five', 12)).toEqual(['a\n\nthree', 'four five'])
  })

  it('keeps characters whole that consist of several', () => {
    expect(textsOf('xx👩‍👧yy', 5)).toEqual(['xx', '👩‍👧', 'yy'])
  })

  it('goes on with an entity in the next part', () => {
    expect(splitText(joined([plain('a '), styled('bold', plain('b c'))]), 4)).toEqual([
      { text: 'a b', entities: [{ type: 'bold', offset: 2, length: 1 }] },
      { text: 'c', entities: [{ type: 'bold', offset: 0, length: 1 }] },
    ])
    expect(splitText(pre('aaaabbbb'), 4).map(({ entities }) => entities)).toEqual([
      [{ type: 'pre', offset: 0, length: 4 }],
      [{ type: 'pre', offset: 0, length: 4 }],
    ])
  })

  it('gives no part that shows nothing', () => {
    expect(textsOf(`a${' '.repeat(20)}b`, 5)).toEqual(['a', 'b'])
    expect(textsOf('\u200b'.repeat(20), 5)).toEqual([])
  })

  it('loses nothing that can be seen, and keeps to the limit', () => {
    const visible = (text: string) => text.replace(/[\p{Z}\p{C}\p{DI}\s\u2800]/gu, '')
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 300 }), (markdown, limit) => {
        const whole = fromMarkdown(markdown)
        const parts = splitText(whole, limit)
        expect(visible(parts.map(({ text }) => text).join(''))).toBe(visible(whole.text))
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(limit)
          expectValid(part)
        }
      }),
    )
  })

  it('keeps every visible letter in its style', () => {
    const bold = joined([
      plain('plain words '),
      styled('bold', plain('bold words '.repeat(9))),
      plain('plain'),
    ])
    for (const limit of [3, 7, 20, 50]) {
      const inBold = splitText(bold, limit).flatMap(({ text, entities }) =>
        entities.map(({ offset, length }) => text.slice(offset, offset + length)),
      )
      expect(inBold.join('').replaceAll(' ', '')).toBe('boldwords'.repeat(9))
    }
  })
})
