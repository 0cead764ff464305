import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildFolder, writeDecks } from '../../src/notes/buildFolder.ts'
import { loadDecks, readDeckFiles } from '../../src/notes/loadDecks.ts'
import { said } from './building.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'deckhand-notes-'))
  await mkdir(join(root, 'decks/notes/more'), { recursive: true })
  await writeFile(join(root, 'decks/notes/a.md'), '# A\n\nQ: One?\nA: 1\n')
  await writeFile(join(root, 'decks/notes/more/b.md'), '\uFEFF# B\n\nQ: Two?\nA: 2\n')
  await writeFile(join(root, 'decks/notes/README.md'), 'Q: Not notes?\nA: no\n')
})

afterEach(() => rm(root, { recursive: true }))

const built = () => buildFolder({ root, paths: ['decks/notes'], outFolder: 'decks' })

describe('a folder of notes', () => {
  it('becomes a folder of decks that can be loaded', async () => {
    await writeDecks(root, await built())
    const decks = await loadDecks(join(root, 'decks'))
    expect(decks.map(({ id, title, cards }) => [id, title, cards[0]?.source])).toEqual([
      ['a', 'A', { file: 'decks/notes/a.md', line: 3 }],
      ['b', 'B', { file: 'decks/notes/more/b.md', line: 3 }],
    ])
    expect((await built()).files).toEqual([])
  })

  it('is built in part without touching the rest', async () => {
    await writeDecks(root, await built())
    await writeFile(join(root, 'decks/notes/a.md'), '# A\n\nQ: One?\nA: 11\n')
    const result = await buildFolder({ root, paths: [join(root, 'decks/notes/a.md')], outFolder: 'decks/' })
    expect(result.files.map(({ path }) => path)).toEqual(['decks/a.yaml'])
    expect(result.changes.retired).toEqual([])
  })

  it('loses the deck of notes that were deleted, but not its cards', async () => {
    await writeDecks(root, await built())
    await rm(join(root, 'decks/notes/a.md'))
    await writeDecks(root, await built())
    expect((await loadDecks(join(root, 'decks'))).map(({ id }) => id)).toEqual(['b'])
    expect(await readFile(join(root, 'decks/a.yaml'), 'utf8')).toMatch(/cards: \[\]\nretired:/)
  })

  it('is built around files that cannot be read', async () => {
    await writeFile(join(root, 'decks/notes/binary.md'), Buffer.from([80, 0, 81]))
    await writeFile(join(root, 'decks/notes/latin.md'), Buffer.from([0x63, 0x61, 0x66, 0xe9]))
    await writeFile(join(root, 'decks/notes/huge.md'), 'x'.repeat(9 * 1024 * 1024))
    await symlink('nowhere.md', join(root, 'decks/notes/link.md'))
    await symlink('round.md', join(root, 'decks/notes/round.md'))
    await symlink('..', join(root, 'decks/notes/more/loop'))
    const { findings, files } = await built()
    expect(findings.map(said)).toEqual([
      'decks/notes/binary.md:1: error: this is no text: it holds zero bytes. Save it as UTF-8 text',
      'decks/notes/huge.md:1: error: the file has 9 MB, more than 8: split it into chapters',
      'decks/notes/latin.md:1: error: the text is not UTF-8: save it in that encoding',
      'decks/notes/link.md:1: error: there is no such file or folder: check the path',
      'decks/notes/more/loop:1: warning: this link leads back to a folder above it: it is left out',
      'decks/notes/round.md:1: error: the links lead in a circle: take one of them out',
    ])
    expect(files.map(({ path }) => path)).toEqual(['decks/a.yaml', 'decks/b.yaml'])
  })

  it('says which path is not there', async () => {
    const { findings } = await buildFolder({ root, paths: ['nots'], outFolder: 'decks' })
    expect(findings.map(said)).toEqual(['nots:1: error: there is no such file or folder: check the path'])
  })

  it('leaves old decks whole when a new one cannot be written', async () => {
    await writeDecks(root, await built())
    const before = await readDeckFiles(join(root, 'decks'))
    const files = [
      { path: 'decks/a.yaml', text: 'new' },
      { path: 'decks/notes/a.md/c.yaml', text: 'cannot be' },
    ]
    await expect(writeDecks(root, { files, obsolete: [] })).rejects.toThrow()
    expect(await readDeckFiles(join(root, 'decks'))).toEqual(before)
    expect((await readdir(join(root, 'decks'))).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})
