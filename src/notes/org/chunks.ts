/** A stretch of an Org file that can be parsed by itself. */
export interface Chunk {
  readonly text: string
  /** Lines of the file before it. */
  readonly lineOffset: number
  /** It begins with a further item of the list that ends the stretch above. */
  readonly isInList: boolean
}

/** A section this long is cut between its paragraphs too; in characters. */
const LONG_SECTION = 4000

const BLOCK_START = /^\s*#\+begin_(\S+)/i
const DRAWER_START = /^\s*:[\w-]+:\s*$/
const FOOTNOTE = /^\[fn:[\w-]+\]/
const TOP_ITEM = /^(?:[-+]|\d+[.)])\s/
/** A line that begins a paragraph and therefore ends every list above it. */
const PLAIN_START = /^[\p{L}"“(]/u

/**
 * Cuts Org before every heading, because the parser's time grows faster than the length of what it is given.
 * A long section is cut between its paragraphs and between the items of its lists too: never inside a block, a
 * drawer or a footnote.
 */
export function chunksOf(text: string): Chunk[] {
  const lines = text.split('\n')
  const ends = blockEnds(lines)
  const starts = [{ index: 0, isInList: false }]
  let characters = 0
  let inFootnote = false
  let inList = false
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const isBlank = (lines[index - 1] ?? '').trim() === ''
    const isHeading = /^\*+\s/.test(line)
    const isItem = TOP_ITEM.test(line)
    if (isHeading || (isBlank && (lines[index - 2] ?? '').trim() === '')) {
      inFootnote = false
      inList = false
    }
    const isPlain = isBlank && PLAIN_START.test(line)
    const canCut = characters > LONG_SECTION && !inFootnote && (isPlain || (isItem && inList))
    if (index > 0 && (isHeading || canCut)) {
      starts.push({ index, isInList: isItem })
      characters = 0
    }
    if (FOOTNOTE.test(line)) inFootnote = true
    if (/^\S/.test(line)) inList = isItem
    characters += line.length + 1
    index = ends.get(index) ?? index
  }
  return starts.map(({ index, isInList }, at) => ({
    text: lines.slice(index, starts[at + 1]?.index ?? lines.length).join('\n'),
    lineOffset: index,
    isInList,
  }))
}

/**
 * Where blocks and drawers end, by the line they start on. As in Org itself, one that is never closed is none,
 * and a heading ends whatever stands above it.
 */
function blockEnds(lines: readonly string[]): Map<number, number> {
  const ends = new Map<number, number>()
  let open: { start: number; end: RegExp } | null = null
  lines.forEach((line, index) => {
    if (/^\*+\s/.test(line)) open = null
    else if (open !== null) {
      if (!open.end.test(line)) return
      ends.set(open.start, index)
      open = null
    } else {
      const name = BLOCK_START.exec(line)?.[1]
      if (name !== undefined) open = { start: index, end: endOf(name) }
      else if (DRAWER_START.test(line)) open = { start: index, end: /^\s*:end:\s*$/i }
    }
  })
  return ends
}

/** Blocks that were begun and never ended, by their first line counted from 0. */
export function unclosedBlocks(text: string): { lineIndex: number; name: string }[] {
  const lines = text.split('\n')
  const ends = blockEnds(lines)
  const found: { lineIndex: number; name: string }[] = []
  for (let index = 0; index < lines.length; index++) {
    const name = BLOCK_START.exec(lines[index] ?? '')?.[1]
    const end = ends.get(index)
    if (name !== undefined && end === undefined) found.push({ lineIndex: index, name })
    index = end ?? index
  }
  return found
}

function endOf(name: string): RegExp {
  return new RegExp(`^\\s*#\\+end_${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'i')
}
