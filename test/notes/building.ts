import type { Card } from '../../src/core/card.ts'
import { type BuildResult, buildDecks } from '../../src/notes/buildDecks.ts'
import type { Finding } from '../../src/notes/finding.ts'
import type { TextFile } from '../../src/notes/textFile.ts'

/** Builds notes given by file name, on top of the deck files of an earlier build. */
export function build(
  notes: Readonly<Record<string, string>>,
  previous: readonly TextFile[] = [],
): BuildResult & { all: TextFile[] } {
  const files = Object.entries(notes).map(([name, text]) => ({ path: `notes/${name}`, text }))
  const sources = previous.flatMap(({ text }) => /^source: (.+)$/m.exec(text)?.[1] ?? [])
  const gone = new Set(sources.filter((source) => !files.some(({ path }) => path === source)))
  const result = buildDecks({ files, previous, gone, outFolder: 'decks' })
  const after = new Map(previous.map((file) => [file.path, file]))
  for (const file of result.files) after.set(file.path, file)
  for (const path of result.obsolete) after.delete(path)
  return { ...result, all: [...after.values()] }
}

/** The cards of one file of notes; fails the test when the build has errors. */
export function cardsFrom(markdown: string): readonly Card[] {
  const { decks, findings } = build({ 'notes.md': markdown })
  const errors = findings.filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new Error(errors.map(said).join('\n'))
  return decks.flatMap(({ cards }) => cards)
}

/** A card as one line: what most tests compare. */
export function brief({ kind, prompt, answer }: Card): string {
  return `${kind}: ${prompt} → ${answer}`
}

/** A finding as the command line prints it. */
export function said({ file, line, level, message }: Finding): string {
  return `${file}:${line}: ${level}: ${message}`
}
