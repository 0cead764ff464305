import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUpTo } from '../../../src/db/archive/archive.ts'
import { restoreStore } from '../../../src/db/openStore.ts'
import {
  makeEmptyPostgres,
  makeFolder,
  makePgliteFolder,
  makePostgres,
  removeFolder,
  type TestPlace,
} from '../support/databases.ts'
import { at } from '../support/fixtures.ts'
import { History, steps } from '../support/history.ts'
import { openTestStore } from '../support/openTestStore.ts'

/** Text that a careless format would break: quotes, line feeds, what ends a string of JSON early. */
const HOSTILE = 'O\'Reilly "quoted"\n\\n\t{"a":[1]}\u2028 ['

async function emptyFolder(): Promise<TestPlace> {
  const dataFolder = await makeFolder()
  return { databaseUrl: null, dataFolder, remove: () => removeFolder(dataFolder) }
}

const FULL = { Postgres: makePostgres, PGlite: makePgliteFolder }
const EMPTY = { Postgres: makeEmptyPostgres, PGlite: emptyFolder }
const NAMES = ['Postgres', 'PGlite'] as const

describe('a backup', () => {
  let folder: string
  beforeAll(async () => {
    folder = await makeFolder()
  })
  afterAll(() => removeFolder(folder))

  /** A database with the history of two learners, and everything that can be said about them, as a backup. */
  async function backUpOf(kind: (typeof NAMES)[number], file: string) {
    const source = await openTestStore(await FULL[kind]())
    const history = await History.begin([source.store])
    for (const step of fc.sample(steps, { numRuns: 1, seed: 7 }).flat()) await history.play(step)
    await source.store.reportMistake(1, 'pod-1', HOSTILE, at(0))
    const id = await source.store.saveDraft(1, { prompt: 'Mine?', answer: 'yes', link: null }, at(0))
    await source.store.keepDraft(1, id)
    const rows = await backUpTo(file, source.db, at(5))
    const told = await tellAll(source)
    await source.close()
    return { rows, told }
  }

  async function tellAll({ store }: Awaited<ReturnType<typeof openTestStore>>) {
    const exported = [await store.exportLearner(1), await store.exportLearner(2)]
    // The order of ids depends on the server's collation.
    return exported.flatMap((each) =>
      Object.entries(each).map(([name, rows]) => [
        name,
        Array.isArray(rows) ? rows.map((row) => JSON.stringify(row)).sort() : rows,
      ]),
    )
  }

  // Each kind is read and written once; both ways of one kind are in these as well.
  test.each([
    ['Postgres', 'PGlite'],
    ['PGlite', 'Postgres'],
  ] as const)('of %s is restored into %s, to the same, and can be gone on with', async (from, to) => {
    const file = join(folder, `${from}-${to}.gz`)
    const { rows, told } = await backUpOf(from, file)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const place = await EMPTY[to]()
    expect(await restoreStore(place, file)).toMatchObject({ rows, madeAt: at(5).toISOString() })
    const restored = await openTestStore(place)
    expect(await tellAll(restored)).toEqual(told)
    expect(await restored.differences()).toEqual([])
    const another = await restored.store.learner(
      { platform: 'discord', externalId: 'new' },
      { ...(await restored.store.changeSettings(1, {})) },
    )
    expect(another.id).toBe(3)
    await restored.close()
  })

  test('that is cut off, changed or something else is refused, and nothing is put in', async () => {
    const file = join(folder, 'whole.gz')
    await backUpOf('PGlite', file)
    const lines = gunzipSync(await readFile(file))
      .toString()
      .trimEnd()
      .split('\n')
    const place = await EMPTY.PGlite()
    const attempt = async (name: string, content: Buffer) => {
      await writeFile(join(folder, name), content)
      return restoreStore(place, join(folder, name))
    }
    await expect(attempt('end', gzipSync(lines.slice(0, -1).join('\n')))).rejects.toThrow(/not whole/)
    await expect(
      attempt('row', gzipSync(lines.filter((line) => !line.includes('Mine?')).join('\n'))),
    ).rejects.toThrow(/it has \d+ rows and should have \d+/)
    await expect(attempt('bytes', (await readFile(file)).subarray(0, 900))).rejects.toThrow(/unexpected end/)
    await expect(attempt('other', gzipSync('{"a":1}\n'))).rejects.toThrow(/no backup of Deckhand/)
    await expect(attempt('plain', Buffer.from('hello'))).rejects.toThrow(/header/)
    await expect(attempt('newer', gzipSync('["deckhand backup",1,9999999999999,""]'))).rejects.toThrow(
      /another version of Deckhand/,
    )
    await restoreStore(place, file)
    await expect(restoreStore(place, file)).rejects.toThrow(/something in this database already/)
    await place.remove()
  })

  test('is not written over another, and leaves nothing where it fails', async () => {
    const file = join(folder, 'taken.gz')
    await writeFile(file, 'precious')
    const source = await openTestStore(await makePgliteFolder())
    await expect(backUpTo(file, source.db, at(0))).rejects.toThrow(/is there already/)
    expect(await readFile(file, 'utf8')).toBe('precious')
    await expect(backUpTo(join(folder, 'no/such/folder.gz'), source.db, at(0))).rejects.toThrow(/ENOENT/)
    await source.close()
  })
})
