import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { extract } from 'tar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openFolder } from '../../../src/db/pglite/openFolder.ts'
import { createStore } from '../../../src/db/store.ts'
import { startChild } from '../support/child.ts'
import { makeFolder, makePgliteFolder, removeFolder, type TestPlace } from '../support/databases.ts'
import { makeDeck, Study } from '../support/fixtures.ts'

const HOLD_FOLDER = new URL('holdFolder.ts', import.meta.url)
const TODAY = new Date().toISOString().slice(0, 10)

describe('a data folder', () => {
  let place: TestPlace
  let folder: string

  beforeEach(async () => {
    place = await makePgliteFolder()
    folder = place.dataFolder
  })
  afterEach(() => place.remove())

  /** Opens the folder, lets `use` work on it and closes it. */
  async function visit<Result>(use: (study: Study) => Promise<Result>): Promise<Result> {
    const { db, close } = await openFolder(folder)
    try {
      return await use(await Study.begin(createStore(db)))
    } finally {
      await close()
    }
  }

  test('keeps what was stored', async () => {
    const entry = await visit(async (study) => {
      await study.store.syncDecks([makeDeck('d', ['a'])])
      return study.answer('a', 4)
    })
    expect(await visit((study) => study.store.lastEntry(study.learnerId))).toEqual(entry)
    expect(await readdir(folder)).not.toContain('pglite.lock')
  })

  test('in use by another process is refused, and free once that process is killed', async () => {
    const holder = startChild(HOLD_FOLDER, [folder])
    await holder.lines.next()
    await expect(openFolder(folder)).rejects.toThrow(`in use by process ${holder.process.pid}`)
    await holder.kill()
    await visit(async () => {})
  })

  test('left half made by a killed first start is made anew', async () => {
    await rm(join(folder, 'pglite'), { recursive: true })
    await mkdir(join(folder, 'pglite.unfinished'))
    await writeFile(join(folder, 'pglite.unfinished', 'PG_VERSION'), '1')
    await visit(async (study) => study.store.syncDecks([makeDeck('d', ['a'])]))
    expect((await readdir(folder)).sort()).toEqual(['pglite'])
  })

  test('is backed up once a day, whole, readable only by its owner', async () => {
    await visit(async (study) => {
      await study.store.syncDecks([makeDeck('d', ['a'])])
      await study.answer('a', 4)
    })
    const backup = join(folder, 'backups', `${TODAY}.tar.gz`)
    const made = await stat(backup)
    expect(made.mode & 0o777).toBe(0o600)
    await visit(async () => {})
    expect((await stat(backup)).mtimeMs).toBe(made.mtimeMs)

    // The first visit's backup was taken before it stored anything; take one that has it.
    await rm(backup)
    await visit(async () => {})
    await rm(join(folder, 'pglite'), { recursive: true })
    await mkdir(join(folder, 'pglite'))
    await extract({ file: backup, cwd: join(folder, 'pglite') })
    expect((await visit((study) => study.hand('a'))).state.repetitions).toBe(1)
  })

  const damages: readonly [string, (database: string) => Promise<unknown>][] = [
    ['its control file cut short', (database) => truncate(join(database, 'global/pg_control'), 100)],
    ['PG_VERSION gone', (database) => rm(join(database, 'PG_VERSION'))],
    ['nothing in it', (database) => rm(database, { recursive: true }).then(() => mkdir(database))],
  ]
  test.each(damages)('with %s is refused with the newest backup and the way back', async (_name, spoil) => {
    await mkdir(join(folder, 'backups'))
    for (const day of ['02', '03']) await writeFile(join(folder, 'backups', `2025-01-${day}.tar.gz`), '')
    const database = join(folder, 'pglite')
    await spoil(database)
    const wasThere = existsSync(join(database, 'PG_VERSION'))
    const opening = openFolder(folder)
    await expect(opening).rejects.toThrow(`the database in ${database} cannot be read: `)
    await expect(opening).rejects.toThrow(`tar -xzf ${join(folder, 'backups', '2025-01-03.tar.gz')}`)
    expect(existsSync(join(database, 'PG_VERSION'))).toBe(wasThere)
    expect((await readdir(folder)).sort()).toEqual(['backups', 'pglite'])
  })

  test('with a damaged table is not backed up, so that the good backups stay', async () => {
    await visit(async (study) => study.store.syncDecks([makeDeck('d', ['a'])]))
    const file = await pathOfTable('cards')
    await writeFile(join(folder, 'pglite', file), Buffer.alloc(8192, 7))
    await rm(join(folder, 'backups'), { recursive: true })
    await expect(openFolder(folder)).rejects.toThrow(/invalid page.*There is no backup yet/)
    expect((await readdir(folder)).sort()).toEqual(['pglite'])
  })

  test('written by a newer version is refused', async () => {
    const { db, close } = await openFolder(folder)
    await db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`)
    await close()
    await expect(openFolder(folder)).rejects.toThrow('written by a newer version of Deckhand')
    expect((await readdir(folder)).sort()).toEqual(['backups', 'pglite'])
  })

  async function pathOfTable(table: string): Promise<string> {
    const copy = await makeFolder()
    await cp(join(folder, 'pglite'), copy, { recursive: true })
    const pglite = await PGlite.create(copy)
    const { rows } = await pglite.query<{ path: string }>('select pg_relation_filepath($1) as path', [table])
    await pglite.close()
    await removeFolder(copy)
    return rows[0]?.path ?? ''
  }
})

test('a data folder that is not there is made, readable only by its owner', async () => {
  const parent = await makeFolder()
  const folder = join(parent, 'deep', 'data')
  const { close } = await openFolder(folder)
  await close()
  for (const each of [folder, join(folder, 'pglite')]) expect((await stat(each)).mode & 0o777).toBe(0o700)
  expect(await readdir(folder)).toEqual(['pglite'])
  await removeFolder(parent)
})
