import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openFolder } from '../../../src/db/pglite/openFolder.ts'
import { openPostgres } from '../../../src/db/postgres.ts'
import { startCluster } from './cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a database on the test server that is never written to. */
    readonly postgresUrl: string
    /** Name of a migrated, empty database to clone. */
    readonly postgresTemplate: string
    /** A data folder with a migrated, empty PGlite database to copy. */
    readonly pgliteTemplate: string
    /** Where tests make their folders; it goes away with all that is in it, even if the tests are killed. */
    readonly testFolder: string
  }
}

/**
 * Once for all tests of the store: a Postgres server (the one of TEST_DATABASE_URL, if set) and, for both kinds
 * of database, a migrated empty one to copy.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { url, folder, stop } = await startCluster(process.env.TEST_DATABASE_URL)
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  const template = `deckhand_template_${randomUUID().slice(0, 8)}`
  const pgliteTemplate = join(folder, 'pglite-template')

  const tearDown = async () => {
    await admin`drop database if exists ${admin(template)}`
    await admin.end()
    await stop()
  }
  try {
    await admin`create database ${admin(template)}`
    const migrated = await openPostgres(databaseOn(url, template))
    await migrated.close()
    const opened = await openFolder(pgliteTemplate)
    await opened.close()
    project.provide('postgresUrl', url)
    project.provide('postgresTemplate', template)
    project.provide('pgliteTemplate', pgliteTemplate)
    project.provide('testFolder', folder)
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

function databaseOn(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
