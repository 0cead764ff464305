import { access } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type BuildResult, buildDecks } from './buildDecks.ts'
import { type Finding, sortFindings } from './finding.ts'
import type { Relearn } from './identity/relearn.ts'
import { readDeckFiles } from './loadDecks.ts'
import { notesAt } from './notesFiles.ts'
import type { TextFile } from './textFile.ts'

export interface FolderBuild {
  /** The folder that paths in decks and findings are relative to. */
  readonly root: string
  /** Files and folders with notes, relative to the root. */
  readonly paths: readonly string[]
  /** The folder for decks, relative to the root. */
  readonly outFolder: string
  /** Cards that are to be learned anew; none unless said. */
  readonly relearn?: Relearn
}

/**
 * Reads notes and the decks as they are, and makes the decks anew; writes nothing.
 *
 * @returns what {@link writeDecks} writes; files that cannot be read stand in its findings
 */
export async function buildFolder({
  root,
  paths,
  outFolder,
  relearn = 'none',
}: FolderBuild): Promise<BuildResult> {
  const findings: Finding[] = []
  const files = new Map<string, TextFile>()
  for (const path of paths) {
    for (const file of await notesAt(root, normalised(root, path), findings)) files.set(file.path, file)
  }
  const out = normalised(root, outFolder)
  const previous = (await readDeckFiles(join(root, out))).map(({ path, text }) => ({
    path: normalised(root, path),
    text,
  }))
  const gone = new Set<string>()
  for (const { text } of previous) {
    const source = /^source: "?([^"\n]+)"?$/m.exec(text)?.[1]
    if (source !== undefined && !(await exists(join(root, source)))) gone.add(source)
  }
  const result = buildDecks({ files: [...files.values()], previous, gone, outFolder: out, relearn })
  return { ...result, findings: sortFindings([...findings, ...result.findings]) }
}

function normalised(root: string, path: string): string {
  const inside = relative(root, resolve(root, path))
  return inside.split(sep).join('/') || '.'
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
