/** A footnote or link target, and the line it is defined on. */
interface Definition {
  readonly line: number
  readonly text: string
}

/** Definitions by their label; of two with the same label the first one holds. */
export function definitionsIn(
  lines: readonly string[],
  definitionLines: ReadonlyMap<number, string>,
): Map<string, Definition> {
  const definitions = new Map<string, Definition>()
  for (const [line, label] of definitionLines) {
    if (!definitions.has(label)) definitions.set(label, { line, text: lines[line] ?? '' })
  }
  return definitions
}

/** What a stretch uses and another stretch defines, as lines that end with a blank one. */
export function definitionsFor(
  text: string,
  definitions: ReadonlyMap<string, Definition>,
  start: number,
  end: number,
): string[] {
  if (definitions.size === 0) return []
  const added: string[] = []
  const seen = new Set<string>()
  for (const match of text.matchAll(/\[(\^?[^\]]+)\]/g)) {
    const label = (match[1] ?? '').toLowerCase()
    const definition = definitions.get(label)
    if (definition === undefined || seen.has(label)) continue
    seen.add(label)
    if (definition.line >= start && definition.line < end) continue
    // The parser only needs to know that a footnote exists; its text is read where it stands.
    added.push(label.startsWith('^') ? `[${label}]: -` : definition.text, '')
  }
  return added
}
