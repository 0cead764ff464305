import fc from 'fast-check'
import type { Paragraph, PhrasingContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { markdownOf, plainText, rawText, splitAt } from '../../src/notes/inline.ts'

const parser = unified().use(remarkParse).use(remarkGfm)

function inlineOf(markdown: string): PhrasingContent[] {
  const [first, second] = parser.parse(markdown).children
  if (first?.type !== 'paragraph' || second !== undefined) throw new Error(`no paragraph: ${markdown}`)
  return (first satisfies Paragraph).children
}

/** Type and text of each node, neighbouring texts joined. */
function shapeOf(nodes: readonly PhrasingContent[]): string[] {
  return nodes.map((node) => `${node.type}: ${plainText([node])}`)
}

const word = fc.stringMatching(/^[A-Za-z0-9]{1,6}$/)
const text = fc
  .array(
    fc.oneof(
      word,
      fc.constantFrom(...'\\`*_[]()<>&~#+-.!|{}"\'$:;,=?', ' ', '  ', '](', '<b>', '&amp;', '1.', '~~'),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join('').trim())
  .filter((value) => value !== '')
const node: fc.Arbitrary<PhrasingContent> = fc.oneof(
  text.map((value): PhrasingContent => ({ type: 'text', value: ` ${value} ` })),
  text.map((value): PhrasingContent => ({ type: 'inlineCode', value: value.replace(/\s+/g, ' ') })),
  word.map((value): PhrasingContent => ({ type: 'strong', children: [{ type: 'text', value }] })),
  word.map((value): PhrasingContent => ({ type: 'emphasis', children: [{ type: 'text', value }] })),
)

describe('inline Markdown', () => {
  it('reads back as what was written', () => {
    fc.assert(
      fc.property(text, (value) => {
        const markdown = markdownOf([{ type: 'text', value }])
        expect(plainText(inlineOf(markdown)), markdown).toBe(value.replace(/\s+/g, ' '))
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps code, emphasis and text apart', () => {
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 4 }), (parts) => {
        const nodes = parts.flatMap((part): PhrasingContent[] => [part, { type: 'text', value: ' and ' }])
        const markdown = markdownOf(nodes)
        const codes = (list: readonly PhrasingContent[]): string[] =>
          shapeOf(list.filter(({ type }) => type !== 'text'))
        expect(codes(inlineOf(markdown)), markdown).toEqual(codes(nodes))
        expect(plainText(inlineOf(markdown)), markdown).toBe(plainText(nodes))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    'a `b` **c** *d* ~~e~~ f',
    'my_snake_case and $5 or ~/.kube and ~5',
    '[docs](https://example.org/a_b) and ``a`b``',
    '{{ .Values.image }} [1] (2) a & b < c',
  ])('is left as people wrote it: %s', (markdown) => {
    expect(markdownOf(inlineOf(markdown))).toBe(markdown)
  })

  it('is cut only in text', () => {
    const nodes = inlineOf('one `two. three` four')
    expect(splitAt(nodes, 2).map(rawText)).toEqual(['on', 'e two. three four'])
    expect(splitAt(nodes, 6).map(rawText)).toEqual(['one two. three', ' four'])
    expect(splitAt(nodes, 99).map(rawText)).toEqual(['one two. three four', ''])
  })
})
