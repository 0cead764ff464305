import { mkdir, rename, rm } from 'node:fs/promises'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { extract } from 'tar'

/**
 * Makes an empty database folder, all at once or not at all. It unpacks one that was prepared when PGlite was
 * built: making it here (`initdb`) takes 6 s and 1.1 GB of memory instead of 0.8 s and 0.1 GB.
 *
 * @param folder must not exist; its parent must
 */
export async function createFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const archive = await dataDir()
  // Its 1,000 small files are written three times as fast one after the other as all at once.
  extract({ cwd: unfinished, sync: true }).end(Buffer.from(await archive.arrayBuffer()))
  await rename(unfinished, folder)
}
