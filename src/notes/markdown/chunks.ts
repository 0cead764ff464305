import { definitionsFor, definitionsIn } from './definitions.ts'
import { LineScanner, type Unclosed } from './lineScanner.ts'

/** A stretch of a Markdown file that can be parsed by itself. */
export interface Chunk {
  readonly text: string
  /** What is added to a line of the text to have the line of the file. */
  readonly lineOffset: number
  /** First and last line of the file in it; what the parser finds elsewhere was put there for it. */
  readonly firstLine: number
  readonly lastLine: number
  /** It begins with a further item of the list that ends the stretch above. */
  readonly isInList: boolean
}

/** How long a stretch is before it is cut, in characters. */
export interface ChunkSizes {
  /** At the next heading: starting the parser has its price too. */
  readonly atHeading: number
  /** At the next paragraph or list item, where there is no heading for long. */
  readonly anywhere: number
}

const SIZES: ChunkSizes = { atHeading: 2000, anywhere: 5000 }

/**
 * Cuts Markdown into stretches, because the parser's time grows faster than the length of what it is given:
 * before headings, and in a long section before paragraphs and items of its lists. A heading at the start of a
 * line ends every list, quote and paragraph, so parsing piece by piece gives the same; inside a fence, a
 * comment or HTML nothing is cut. Footnotes and link targets that a piece uses but another defines are put with
 * it.
 *
 * @param first index of the line below the front matter
 */
export function chunksOf(
  lines: readonly string[],
  first = 0,
  sizes: ChunkSizes = SIZES,
): { readonly chunks: Chunk[]; readonly unclosed: Unclosed | null } {
  const starts = [{ index: first, isInList: false }]
  const scanner = new LineScanner(first)
  let characters = 0
  for (let index = first; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const place = scanner.next(line)
    const size = place === 'heading' ? sizes.atHeading : sizes.anywhere
    if (place !== null && index > first && characters >= size) {
      starts.push({ index, isInList: place === 'item' })
      characters = 0
    }
    characters += line.length + 1
  }
  const definitions = definitionsIn(lines, scanner.definitionLines)
  const chunks = starts.map(({ index: start, isInList }, at) => {
    const end = starts[at + 1]?.index ?? lines.length
    const own = lines.slice(start, end).join('\n')
    const added = definitionsFor(own, definitions, start, end)
    // Only what begins the file may be indented, and would be taken for a part of what stands above it.
    const above = at === 0 ? [] : added
    const below = at === 0 && added.length > 0 ? ['', ...added] : []
    return {
      text: [...above, own, ...below].join('\n'),
      lineOffset: start - above.length,
      firstLine: start + 1,
      lastLine: end,
      isInList,
    }
  })
  return { chunks, unclosed: scanner.unclosed }
}
