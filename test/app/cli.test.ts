import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from '../../src/app/cli.ts'

let folder: string
let printed: string[]
const projectFolder = process.cwd()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-cli-'))
  await cp(join(projectFolder, 'decks/notes/swarm.md'), join(folder, 'decks/notes/swarm.md'))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  printed = []
  for (const method of ['log', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((text: unknown) => void printed.push(String(text)))
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => Boolean(printed.push(String(text))))
  }
})

afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

describe('decks build', () => {
  it('writes the decks, and then finds them up to date', async () => {
    expect(await run(['decks', 'build', '--check'])).toBe(1)
    expect(printed.join('\n')).toContain('decks/swarm.yaml is not what the notes give')
    expect(await readdir(join(folder, 'decks'))).toEqual(['notes'])
    expect(await run(['decks', 'build'])).toBe(0)
    expect(await readdir(join(folder, 'decks'))).toEqual(['notes', 'swarm.yaml'])
    expect(await run(['decks', 'build', '--check'])).toBe(0)
    expect(printed.at(-1)).toMatch(/cards in 1 deck: up to date/)
  })

  it('gives the same bytes for the same notes, in whichever folder', async () => {
    await run(['decks', 'build'])
    await run(['decks', 'build', '--out', join(folder, 'elsewhere/decks')])
    const [here, there] = await Promise.all(
      ['decks', 'elsewhere/decks'].map((place) => readFile(join(folder, place, 'swarm.yaml'), 'utf8')),
    )
    expect(there).toBe(here)
  })

  it('finds decks that were edited by hand', async () => {
    await run(['decks', 'build'])
    const deck = join(folder, 'decks/swarm.yaml')
    await writeFile(deck, (await readFile(deck, 'utf8')).replace(/answer: .*/, 'answer: something else'))
    expect(await run(['decks', 'build', '--check'])).toBe(1)
  })

  it('fails on a path that is not there, and names it', async () => {
    expect(await run(['decks', 'build', 'decks/notes/missing.md'])).toBe(1)
    expect(printed.join('\n')).toMatch(/decks\/notes\/missing\.md:1: error .*no such file/)
  })
})

describe('the command line', () => {
  it('says what is wrong with a command it does not know', async () => {
    expect(await run(['nosuch'])).toBe(2)
    expect(printed.join('')).toContain("unknown command 'nosuch'")
  })

  it('says which quality does not work', async () => {
    expect(await run(['simulate', '4', '9'])).toBe(2)
    expect(printed.join('')).toContain('quality 2 is "9"')
  })

  it('prints a simulation as JSON', async () => {
    expect(await run(['simulate', '4', '--json', '--from', '2026-01-01'])).toBe(0)
    expect(JSON.parse(printed.join(''))).toEqual([
      { quality: 4, repetitions: 1, intervalDays: 1, easeFactor: 2.5, dueOn: '2026-01-02', dueDay: 1 },
    ])
  })
})
