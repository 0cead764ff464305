import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmless } from '../../../src/adapters/terminal/harmless.ts'

describe('text from cards and people', () => {
  it('shows escape sequences instead of obeying them', () => {
    expect(harmless('\u001b[2J\u001b]0;title\u0007')).toBe('␛[2J␛]0;title␇')
    expect(harmless('a\u009b31mb\u007f\u0000')).toBe('a\ufffd31mb␡␀')
  })

  it('keeps a line in its order and on one line', () => {
    expect(harmless('abc\u202egfd\u2066x\u2069')).toBe('abcgfdx')
    expect(harmless('one\r\n two\tthree\u2028four')).toBe('one  two three four')
  })

  it('keeps everything else: accents, joined emoji, other scripts', () => {
    const text = 'Zoë, naïve 👩‍👩‍👧 日本語 עברית 1–2'
    expect(harmless(text)).toBe(text)
  })

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})
