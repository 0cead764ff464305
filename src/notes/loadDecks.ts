import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { Deck } from '../core/card.ts'
import { deckOf, readDeckFile } from './deckFile.ts'
import type { TextFile } from './textFile.ts'

/**
 * The deck files of a folder, in the order of their names.
 *
 * @param folder a folder that need not exist yet; paths in the result begin with it
 * @throws Error when it is a file, or when something in it cannot be read
 */
export async function readDeckFiles(folder: string): Promise<TextFile[]> {
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR')
      throw new Error(`${folder} is a file: decks need a folder of that name, or another`)
    throw error
  }
  const paths = entries
    .filter((entry) => entry.name.endsWith('.yaml') && !entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  return Promise.all(
    paths.map(async (name) => ({
      path: `${folder}/${name}`,
      text: await readFile(`${folder}/${name}`, 'utf8'),
    })),
  )
}

/**
 * The decks of a folder, ready to be studied. Decks that only hold retired cards are left out.
 *
 * @throws DeckFileError when a file is no deck; its message names file, line and what to do
 */
export async function loadDecks(folder: string): Promise<Deck[]> {
  const files = await readDeckFiles(folder)
  return files
    .map(({ path, text }) => deckOf(readDeckFile(path, text)))
    .filter(({ cards }) => cards.length > 0)
}
