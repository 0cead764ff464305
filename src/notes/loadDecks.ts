import { readdir, readFile } from 'node:fs/promises'
import type { Deck } from '../core/card.ts'
import { deckOf, readDeckFile } from './deckFile.ts'
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
