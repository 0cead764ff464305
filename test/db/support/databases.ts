import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject } from 'vitest'

/** Where a test's own database is, and how to remove it. */
export interface TestPlace {
  readonly databaseUrl: string | null
  readonly dataFolder: string
  remove(): Promise<void>
}

/** A migrated, empty Postgres database of its own. */
export function makePostgres(): Promise<TestPlace> {
  return createPostgres(inject('postgresTemplate'))
}

/** A Postgres database of its own, without any table. */
export function makeEmptyPostgres(): Promise<TestPlace> {
  return createPostgres('template0')
}

async function createPostgres(template: string): Promise<TestPlace> {
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  const name = `deckhand_test_${randomUUID().slice(0, 8)}`
  await admin`create database ${admin(name)} template ${admin(template)}`
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return {
    databaseUrl: url.href,
    dataFolder: '',
    remove: async () => {
      await admin`drop database ${admin(name)} with (force)`
      await admin.end()
    },
  }
}

/** A data folder with a migrated, empty PGlite database of its own. */
export async function makePgliteFolder(): Promise<TestPlace> {
  const dataFolder = await makeFolder()
  // Its 1,100 files are copied in a third of the time in which they are one by one asked for.
  cpSync(inject('pgliteTemplate'), dataFolder, { recursive: true })
  return { databaseUrl: null, dataFolder, remove: () => removeFolder(dataFolder) }
}

/** An empty folder. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(inject('testFolder'), 'test-'))
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
