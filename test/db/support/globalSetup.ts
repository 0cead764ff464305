import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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
  }
}

/**
 * Once for all tests of the store: a Postgres server (the one of TEST_DATABASE_URL, if set) and, for both kinds
 * of database, a migrated empty one to copy.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const cluster = given ? null : await startCluster()
  const url = given || (cluster?.url ?? '')
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  const template = `deckhand_template_${randomUUID().slice(0, 8)}`
  const pgliteTemplate = await mkdtemp(join(tmpdir(), 'deckhand-pglite-'))

  const tearDown = async () => {
    await admin`drop database if exists ${admin(template)}`
    await admin.end()
    await cluster?.stop()
    await rm(pgliteTemplate, { recursive: true, force: true })
  }
  try {
    await admin`create database ${admin(template)}`
    const migrated = await openPostgres(databaseOn(url, template))
    await migrated.close()
    const folder = await openFolder(pgliteTemplate)
    await folder.close()
    project.provide('postgresUrl', url)
    project.provide('postgresTemplate', template)
    project.provide('pgliteTemplate', pgliteTemplate)
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
