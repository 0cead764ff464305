import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Deck } from '../core/card.ts'
import type { TextFile } from './textFile.ts'

/**
 * The deck files of a folder, in the order of their names.
 *
 * @param folder a folder that need not exist yet; paths in the result begin with it
 */
export async function readDeckFiles(folder: string): Promise<TextFile[]> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const paths = names.filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(
    paths.map(async (name) => ({
      path: `${folder}/${name}`,
      text: await readFile(`${folder}/${name}`, 'utf8'),
    })),
  )
}

/**
 * A fingerprint of deck files: while it is the one a store remembers, its cards are these, and parsing them
 * again can be left out. SHA-256 in hexadecimal digits.
 */
export function digestOfDecks(files: readonly TextFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path.split('/').at(-1)}\n${text.length}\n${text}`)
  return hash.digest('hex')
}

/**
 * The decks that files hold, ready to be studied. Decks that only hold retired cards are left out.
 *
 * @throws DeckFileError when a file is no deck; its message names file, line and what to do
 */
export async function decksIn(files: readonly TextFile[]): Promise<Deck[]> {
  // Loaded here, so that a start that finds its decks unchanged need not load the YAML parser at all.
  const { deckOf, readDeckFile } = await import('./deckFile.ts')
  return files
    .map(({ path, text }) => deckOf(readDeckFile(path, text)))
    .filter(({ cards }) => cards.length > 0)
}

/**
 * The decks of a folder, ready to be studied.
 *
 * @throws DeckFileError when a file is no deck; its message names file, line and what to do
 */
export async function loadDecks(folder: string): Promise<Deck[]> {
  return decksIn(await readDeckFiles(folder))
}
