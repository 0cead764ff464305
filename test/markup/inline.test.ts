import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inlineText, parseInline } from '../../src/markup/inline.ts'

describe('parsing inline Markdown', () => {
  it('gives text, code, strong, emphasis and strikethrough, nested', () => {
    expect(parseInline('A **Pod is *one*** or `kubectl get` ~~no~~ more')).toEqual([
      { kind: 'text', text: 'A ' },
      {
        kind: 'strong',
        children: [
          { kind: 'text', text: 'Pod is ' },
          { kind: 'emphasis', children: [{ kind: 'text', text: 'one' }] },
        ],
      },
      { kind: 'text', text: ' or ' },
      { kind: 'code', text: 'kubectl get' },
      { kind: 'text', text: ' ' },
      { kind: 'delete', children: [{ kind: 'text', text: 'no' }] },
      { kind: 'text', text: ' more' },
    ])
  })

  it.each([
    '# not a heading',
    '- not a list',
    '1. not a list',
    '> not a quotation',
    '---',
    '``` not a fence',
    'a helm <name> and <b>bold</b>',
    '<div>',
    '~/.kube/config and ~1~',
    '5 * 3 * 2 in snake_case_names',
    'a gap: […]',
    'etcd keeps [it] all',
  ])('leaves what is no inline mark as written: %s', (markdown) => {
    expect(inlineText(parseInline(markdown))).toBe(markdown)
    expect(parseInline(markdown)).toHaveLength(1)
  })

  it('keeps links to the web and to mail, and makes text of every other', () => {
    expect(parseInline('[docs](https://example.org/a)')).toEqual([
      { kind: 'link', url: 'https://example.org/a', children: [{ kind: 'text', text: 'docs' }] },
    ])
    expect(parseInline('<mailto:a@example.org>')[0]?.kind).toBe('link')
    expect(parseInline('see [here](javascript:alert(1)) or [there](../other.md).')).toEqual([
      { kind: 'text', text: 'see here or there.' },
    ])
  })

  it('shows an image as its description', () => {
    expect(parseInline('![a diagram](https://example.org/a.png)')).toEqual([
      { kind: 'text', text: 'a diagram' },
    ])
  })

  it('joins wrapped lines with a space and separates paragraphs and hard breaks by a break', () => {
    expect(parseInline('one\ntwo')).toEqual([{ kind: 'text', text: 'one two' }])
    expect(parseInline('one\\\ntwo\n\nthree').map((piece) => piece.kind)).toEqual([
      'text',
      'break',
      'text',
      'break',
      'text',
    ])
  })

  it('reads escapes and character references', () => {
    expect(parseInline('\\*x\\* &lt;y&gt; &#65;')).toEqual([{ kind: 'text', text: '*x* <y> A' }])
  })

  it('gives a sound tree for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (markdown) => {
        const pieces = parseInline(markdown)
        for (const [index, piece] of pieces.entries()) {
          expect(piece.kind === 'text' && pieces[index + 1]?.kind === 'text').toBe(false)
        }
      }),
    )
  })

  it('loses no word of plain text', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1 })
    fc.assert(
      fc.property(words, (given) => {
        expect(inlineText(parseInline(given.join(' ')))).toBe(given.join(' '))
      }),
    )
  })
})
