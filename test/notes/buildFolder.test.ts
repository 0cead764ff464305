import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildFolder } from '../../src/notes/buildFolder.ts'
import { loadDecks, readDeckFiles } from '../../src/notes/loadDecks.ts'
import { WriteError, writeDecks } from '../../src/notes/writeDecks.ts'
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
    const notes = (name: string, content: string | Buffer): Promise<void> =>
      writeFile(join(root, 'decks/notes', name), content)
    await notes('binary.md', Buffer.from([80, 0, 81, 255, 3]))
    await notes('latin.md', Buffer.from('# A\n\nQ: Caf\xe9?\nA: Yes\n', 'latin1'))
    await notes('windows.md', Buffer.from('Q: \x93Who?\x94\nA: \xdcber', 'latin1'))
    await notes('utf16.md', Buffer.from('\uFEFFQ: Who?\nA: Me\n', 'utf16le'))
    await notes('utf16-bare.md', Buffer.from('Q: Who?\nA: Me\n', 'utf16le'))
    await notes('cut.md', Buffer.from('Q: Who?\nA: caf\xc3\xa9 \xe2\x82', 'latin1'))
    await notes('empty.md', '')
    await notes('front.md', '---\ntitle: a: b\n---\nQ: Front?\nA: matter\n')
    await writeFile(join(root, 'decks/notes/huge.md'), '')
    await truncate(join(root, 'decks/notes/huge.md'), 50 * 1024 * 1024)
    await symlink('nowhere.md', join(root, 'decks/notes/link.md'))
    await symlink('round.md', join(root, 'decks/notes/round.md'))
    await symlink('..', join(root, 'decks/notes/more/loop'))
    const { findings, files } = await built()
    expect(findings.map(said)).toEqual([
      'decks/notes/binary.md:1: error: this is no text but a binary file: take it out, or give it another ending',
      'decks/notes/cut.md:1: error: the text breaks off in the middle of a character (line 2): fetch it again',
      'decks/notes/empty.md:1: warning: the file is empty: write notes in it, or delete it',
      'decks/notes/front.md:2: error: the front matter is no YAML: Nested mappings are not allowed in compact mappings. Text with a colon needs quotes',
      'decks/notes/huge.md:1: error: the file has 50 MB, more than 8: split it into chapters',
      'decks/notes/latin.md:1: error: the text is not UTF-8 but looks like Latin-1 (“é” in line 3): save it as UTF-8',
      'decks/notes/link.md:1: error: there is no such file or folder: check the path',
      'decks/notes/more/loop:1: warning: this link leads back to a folder above it: it is left out',
      'decks/notes/round.md:1: error: the links lead in a circle: take one of them out',
      'decks/notes/utf16-bare.md:1: error: the text looks like UTF-16: save it as UTF-8',
      'decks/notes/utf16.md:1: error: the text looks like UTF-16: save it as UTF-8',
      'decks/notes/windows.md:1: error: the text is not UTF-8 but looks like Windows-1252 (line 1): save it as UTF-8',
    ])
    expect(files.map(({ path }) => path)).toEqual(['decks/a.yaml', 'decks/b.yaml'])
  })

  // Whoever may do everything can read every file.
  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', async () => {
    await chmod(join(root, 'decks/notes/a.md'), 0)
    const { findings, files } = await built()
    expect(findings.map(said)).toEqual([
      'decks/notes/a.md:1: error: you may not read it: change its permissions',
    ])
    expect(files.map(({ path }) => path)).toEqual(['decks/b.yaml'])
  })

  it('reads a folder whose name looks like a file', async () => {
    await mkdir(join(root, 'decks/notes/c.md'))
    await writeFile(join(root, 'decks/notes/c.md/d.md'), 'Q: Three?\nA: 3\n')
    expect((await built()).files.map(({ path }) => path)).toContain('decks/d.yaml')
  })

  it.each<[string, string, string]>([
    ['that is cut off', 'cards:\n  - id: "a', 'decks/a.yaml:2: error: no valid YAML'],
    [
      'with the marks of a merge conflict',
      '<<<<<<< HEAD\ncards: []\n=======\ncards: []\n>>>>>>> more\n',
      'decks/a.yaml:1: error: the file holds the marks of a merge conflict',
    ],
  ])('keeps a deck %s as it is, and builds the others', async (_, text, problem) => {
    await writeDecks(root, await built())
    await writeFile(join(root, 'decks/a.yaml'), text)
    await writeFile(join(root, 'decks/notes/more/b.md'), 'Q: Two?\nA: 22\n')
    const result = await built()
    expect(result.findings.map(said)).toEqual([expect.stringContaining(problem)])
    expect(result.files.map(({ path }) => path)).toEqual(['decks/b.yaml'])
    await writeDecks(root, result)
    expect(await readFile(join(root, 'decks/a.yaml'), 'utf8')).toBe(text)
  })

  it('sees in a part what the rest asks already', async () => {
    await writeDecks(root, await built())
    await writeFile(join(root, 'decks/notes/a.md'), '# A\n\nQ: Two?\nA: 22\n')
    const part = { root, paths: ['decks/notes/a.md'], outFolder: 'decks' }
    const { findings, files } = await buildFolder(part)
    expect(findings.map(said)).toEqual([
      'decks/notes/a.md:3: error: “Two?” has the answer “22” here and “2” at decks/notes/more/b.md:3: say in the question which one is meant',
    ])
    expect(files).toEqual([])
  })

  it('says which path is not there', async () => {
    const { findings } = await buildFolder({ root, paths: ['nots'], outFolder: 'decks' })
    expect(findings.map(said)).toEqual(['nots:1: error: there is no such file or folder: check the path'])
  })

  it.each<[string, string, string]>([
    [
      'a file stands where its folder should be',
      'decks/notes/a.md/c.yaml',
      'decks/notes/a.md/c.yaml cannot be written: a file stands where its folder should be. Choose another folder with --out',
    ],
    ['a folder has its name', 'decks/notes', 'decks/notes is a folder: move it away, a deck is to be there'],
  ])('leaves old decks whole when a new one cannot be written: %s', async (_, path, problem) => {
    await writeDecks(root, await built())
    const before = await readDeckFiles(join(root, 'decks'))
    const files = [
      { path: 'decks/a.yaml', text: 'new' },
      { path, text: 'cannot be' },
    ]
    await expect(writeDecks(root, { files, obsolete: [] })).rejects.toThrow(new WriteError(problem))
    expect(await readDeckFiles(join(root, 'decks'))).toEqual(before)
    expect((await readdir(join(root, 'decks'))).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('says that decks need a folder', async () => {
    await expect(
      buildFolder({ root, paths: ['decks/notes'], outFolder: 'decks/notes/a.md' }),
    ).rejects.toThrow('decks/notes/a.md is a file: decks need a folder of that name, or another')
  })
})
