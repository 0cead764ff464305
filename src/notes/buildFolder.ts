import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { access, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type BuildResult, buildDecks } from './buildDecks.ts'
import { compareText, type Finding, sortFindings } from './finding.ts'
import type { Relearn } from './identity/relearn.ts'
import { readDeckFiles } from './loadDecks.ts'
import { NOTES_ENDINGS } from './readNotes.ts'
import type { TextFile } from './textFile.ts'

const MOST_BYTES = 8 * 1024 * 1024

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

/**
 * Writes the decks of a build: first all new contents beside the old files, then all are renamed into place,
 * so that no file is ever half-written.
 *
 * @throws the file system's error, with the old files untouched, when a content cannot be written
 */
export async function writeDecks(
  root: string,
  result: Pick<BuildResult, 'files' | 'obsolete'>,
): Promise<void> {
  const written: { temporary: string; path: string }[] = []
  try {
    for (const file of result.files) {
      const path = join(root, file.path)
      const temporary = `${path}.${randomUUID()}.tmp`
      await mkdir(join(path, '..'), { recursive: true })
      written.push({ temporary, path })
      await writeFile(temporary, file.text)
    }
  } catch (error) {
    await Promise.all(written.map(({ temporary }) => rm(temporary, { force: true })))
    throw error
  }
  for (const { temporary, path } of written) await rename(temporary, path)
  for (const path of result.obsolete) await rm(join(root, path), { force: true })
}

/** Reads a file, or all notes in a folder and those inside it; what cannot be read stands in the findings. */
async function notesAt(
  root: string,
  path: string,
  findings: Finding[],
  above: readonly string[] = [],
): Promise<TextFile[]> {
  const fail = (level: Finding['level'], message: string): TextFile[] => {
    findings.push({ level, file: path, line: 1, rule: 'file', message })
    return []
  }
  try {
    if (!(await stat(join(root, path))).isDirectory()) return await notesIn(root, path, fail)
    const real = await realpath(join(root, path))
    if (above.includes(real))
      return fail('warning', 'this link leads back to a folder above it: it is left out')
    const found: TextFile[] = []
    for (const entry of (await readdir(join(root, path), { withFileTypes: true })).sort(byName)) {
      if (entry.name.startsWith('.') || (entry.isFile() && !isNotes(entry.name))) continue
      if (entry.isSymbolicLink() && !isNotes(entry.name) && !(await isFolder(join(root, path, entry.name))))
        continue
      found.push(...(await notesAt(root, `${path}/${entry.name}`, findings, [...above, real])))
    }
    return found
  } catch (error) {
    return fail('error', reasonOf(error))
  }
}

async function notesIn(
  root: string,
  path: string,
  fail: (level: Finding['level'], message: string) => TextFile[],
): Promise<TextFile[]> {
  const { size } = await stat(join(root, path))
  if (size > MOST_BYTES) {
    const megabytes = (size / 1024 / 1024).toFixed(0)
    return fail('error', `the file has ${megabytes} MB, more than 8: split it into chapters`)
  }
  const bytes = await readFile(join(root, path))
  if (bytes.includes(0)) return fail('error', 'this is no text: it holds zero bytes. Save it as UTF-8 text')
  if (!isUtf8(bytes)) return fail('error', 'the text is not UTF-8: save it in that encoding')
  return [{ path, text: bytes.toString('utf8').replace(/^\uFEFF/, '') }]
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file or folder: check the path'
  if (code === 'ELOOP') return 'the links lead in a circle: take one of them out'
  if (code === 'EACCES') return 'you may not read it: change its permissions'
  return `it cannot be read: ${message}`
}

function byName(a: { name: string }, b: { name: string }): number {
  return compareText(a.name, b.name)
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function isNotes(name: string): boolean {
  return NOTES_ENDINGS.includes(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '') && !/^readme\./i.test(name)
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
