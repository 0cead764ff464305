import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../src/notes/inline.ts'
import { chunksOf } from '../../../src/notes/markdown/chunks.ts'
import { readMarkdown } from '../../../src/notes/markdown/readMarkdown.ts'
import type { Notes } from '../../../src/notes/tree.ts'
import { cardsFrom } from '../building.ts'

/** Without the places of inline content, which count from where a piece begins, and read by no one. */
function plain(notes: Notes): unknown {
  return JSON.parse(
    JSON.stringify({ ...notes, footnotes: [...notes.footnotes] }, (key, value) =>
      key === 'position' || key === 'switchedOff' ? undefined : value,
    ),
  )
}

describe('Markdown', () => {
  it('is read into sections with their heading paths and lines', () => {
    const { title, sections } = readMarkdown(
      '# Deck\n\nIntro.\n\n## One\n\n### `Deep` one\n\nText.\n\n## Two\n\nSetext\n------\n\nMore.\n',
    )
    expect(title).toBe('Deck')
    expect(sections.map(({ path, line }) => [path, line])).toEqual([
      [[], 1],
      [['One', '`Deep` one'], 7],
      [['Setext'], 13],
    ])
  })

  it('prefers the title of the front matter', () => {
    expect(readMarkdown('---\ntitle: "A: b"\ntags: [x]\n---\n\n# Other\n').title).toBe('A: b')
    expect(readMarkdown('No title.').title).toBeNull()
  })

  it('is cut before headings only where that changes nothing', () => {
    const text = [
      '# A',
      '```sh',
      '# not a heading',
      '```',
      '<!--',
      '# nor this',
      '-->',
      '- item',
      '  # inside the item',
      '# B',
      '~~~',
      '# unclosed',
    ].join('\n')
    const sizes = { atHeading: 0, anywhere: Number.POSITIVE_INFINITY }
    expect(
      chunksOf(text.split('\n'), 0, sizes).chunks.map(({ firstLine, lastLine }) => [firstLine, lastLine]),
    ).toEqual([
      [1, 9],
      [10, 12],
    ])
  })

  it('reads the same in one piece and in the smallest', () => {
    const line = fc.constantFrom(
      '# Heading',
      '## Two',
      'Setext',
      '---',
      '===',
      '',
      '',
      '',
      'Words go on',
      'The three are:',
      'Q: Who?',
      'A: Me',
      '- item',
      '- **Ace**: one.',
      '* other list',
      '+ plus',
      '1. first',
      '2. second',
      '3) third',
      '  - nested',
      '    deep',
      '  more of the item',
      '> quote',
      '> - in a quote',
      '```sh',
      '```',
      '~~~',
      '    ```',
      '# comment',
      'kubectl get pods',
      '<!-- ask: What is {term}? -->',
      '<!--',
      '-->',
      '<div>',
      '</div>',
      '<pre>',
      '</pre>',
      '<b>bold</b> text',
      '| a | b |',
      '|---|---|',
      '| 1 | 2 |',
      '[^n]: A note',
      '[site]: https://example.org',
      'See [site] and that[^n]',
      '* * *',
      '$x$',
      '(in brackets)',
      '-',
      '1234. odd',
      '\\',
      '“Quoted”',
      '&amp;',
      '\t- tabbed',
      '- ```',
      '  ```',
    )
    const whole = { atHeading: Number.POSITIVE_INFINITY, anywhere: Number.POSITIVE_INFINITY }
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const text = lines.join('\n')
        // Definitions in the middle of something odd are not known to other pieces.
        fc.pre(!/[^\n]\n\[site\]:/.test(text))
        fc.pre(!/^[\s>-]+(?:```|~~~)/m.test(text) || !/^\[.*\]:/m.test(text))
        expect(plain(readMarkdown(text, { atHeading: 0, anywhere: 0 }))).toEqual(
          plain(readMarkdown(text, whole)),
        )
      }),
      { numRuns: 2000 },
    )
  }, 60_000)

  it('finds footnotes and links that are defined under another heading', () => {
    const cards = cardsFrom(
      '# T\n\n## A\n\n- **Pod**: the smallest unit.[^x]\n- **Docs**: found [here][site].\n\n## Notes\n\n[^x]: Explained *there*.\n\n[site]: https://example.org\n',
    )
    expect(cards[0]?.explanation).toBe('Explained *there*.')
    expect(cards[2]?.answer).toBe('Found [here](https://example.org)')
  })

  it('attaches directives to the block below and to no other', () => {
    const { sections } = readMarkdown('<!-- ask: One? -->\n<!-- TODO: later -->\n\nFirst.\n\nSecond.\n')
    const [first, second] = sections[0]?.blocks ?? []
    expect(first?.directives.ask).toEqual({ text: 'One?', line: 1 })
    expect(second?.directives.ask).toBeNull()
  })

  it('reads quotes, nested lists and Windows line ends', () => {
    const cards = cardsFrom('> - **Ace**: one.\r\n>   - **Bee**: two.\r\n')
    expect(cards.map(({ answer }) => answer)).toEqual(['One', 'Ace', 'Two', 'Bee'])
  })

  it('takes ids and footnotes out of the text', () => {
    const { sections } = readMarkdown('Text[^1] with `code` {#my-id}\n\n[^1]: x\n')
    const [block] = sections[0]?.blocks ?? []
    if (block?.kind !== 'paragraph') throw new Error('no paragraph')
    expect(plainText(block.phrase.nodes)).toBe('Text with code')
    expect(block.phrase).toMatchObject({ anchor: 'my-id', footnotes: ['1'] })
  })
})
