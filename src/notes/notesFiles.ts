import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { decoded } from './encoding.ts'
import { compareText, type Finding } from './finding.ts'
import { NOTES_ENDINGS } from './readNotes.ts'
import type { TextFile } from './textFile.ts'

const MOST_BYTES = 8 * 1024 * 1024

/**
 * Reads a file, or all notes in a folder and those inside it; what cannot be read stands in the findings.
 *
 * @param path relative to the root
 * @param above real paths of the folders that lead here
 */
export async function notesAt(
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
  const content = decoded(await readFile(join(root, path)))
  return 'problem' in content ? fail('error', content.problem) : [{ path, text: content.text }]
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
