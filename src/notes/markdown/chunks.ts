/** A stretch of a Markdown file that can be parsed by itself. */
export interface Chunk {
  readonly text: string
  /** Lines of the file before it. */
  readonly lineOffset: number
  /** Lines of the file in it; what the parser finds below was added for it. */
  readonly lineCount: number
}

const FENCE = /^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})([^`]*)$/
const DEFINITION = /^ {0,3}\[(\^?[^\]\s][^\]]*)\]:/

/**
 * Cuts Markdown before every heading at the start of a line, because the parser's time grows faster than the
 * length of what it is given. A heading there ends every list, quote and paragraph, so parsing piece by piece
 * gives the same; inside a fence or a comment nothing is cut. Footnotes and link targets that a piece uses but
 * another defines are added to its end.
 */
export function chunksOf(text: string): Chunk[] {
  const lines = text.split('\n')
  const starts = [0]
  const definitions = new Map<string, { line: number; text: string }>()
  let fence: string | null = null
  let inComment = false
  let inFrontMatter = lines[0]?.trimEnd() === '---'
  lines.forEach((line, index) => {
    if (inFrontMatter) {
      if (index > 0 && line.trimEnd() === '---') inFrontMatter = false
      return
    }
    if (inComment) {
      inComment = !line.includes('-->')
      return
    }
    const mark = FENCE.exec(line)
    if (fence !== null) {
      const run = mark?.[1] ?? ''
      if (run.startsWith(fence) && mark?.[2]?.trim() === '') fence = null
      return
    }
    if (mark?.[1] !== undefined) fence = mark[1]
    else if (/^ {0,3}<!--(?!.*-->)/.test(line)) inComment = true
    else if (/^#{1,6}(?:\s|$)/.test(line)) starts.push(index)
    else {
      const label = DEFINITION.exec(line)?.[1]
      if (label !== undefined) definitions.set(label.toLowerCase(), { line: index, text: line })
    }
  })
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? lines.length
    if (end === start) return []
    const own = lines.slice(start, end).join('\n')
    return [
      {
        text: own + definitionsFor(own, definitions, start, end),
        lineOffset: start,
        lineCount: end - start,
      },
    ]
  })
}

function definitionsFor(
  text: string,
  definitions: ReadonlyMap<string, { line: number; text: string }>,
  start: number,
  end: number,
): string {
  if (definitions.size === 0) return ''
  let added = ''
  const seen = new Set<string>()
  for (const match of text.matchAll(/\[(\^?[^\]]+)\]/g)) {
    const label = (match[1] ?? '').toLowerCase()
    const definition = definitions.get(label)
    if (definition === undefined || seen.has(label)) continue
    seen.add(label)
    if (definition.line >= start && definition.line < end) continue
    // The parser only needs to know that a footnote exists; its text is read where it stands.
    added += label.startsWith('^') ? `\n\n[${label}]: -` : `\n\n${definition.text}`
  }
  return added
}
