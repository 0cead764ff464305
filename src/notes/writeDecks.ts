import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildResult } from './buildDecks.ts'

/** Decks that cannot be written; the message names the file, the reason and what to do. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/**
 * Writes the decks of a build: first all new contents beside the old files, then all are renamed into place,
 * so that no file is ever half-written.
 *
 * @throws WriteError with the old files untouched when a content cannot be written
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
      written.push({ temporary, path })
      try {
        await mkdir(join(path, '..'), { recursive: true })
        if (await isFolder(path))
          throw new WriteError(`${file.path} is a folder: move it away, a deck is to be there`)
        await writeFile(temporary, file.text)
      } catch (error) {
        throw error instanceof WriteError
          ? error
          : new WriteError(`${file.path} cannot be written: ${reasonOf(error)}`)
      }
    }
    for (const { temporary, path } of written) await rename(temporary, path)
  } catch (error) {
    await Promise.allSettled(written.map(({ temporary }) => rm(temporary, { force: true })))
    throw error
  }
  for (const path of result.obsolete) await rm(join(root, path), { force: true })
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `you may not write there (${code}). Change its permissions, or choose another folder with --out`
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return 'a file stands where its folder should be. Choose another folder with --out'
  }
  if (code === 'ENOSPC') return 'the disk is full'
  return message
}
