import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, rename, rm } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Database } from '../database.ts'
import { copyMigrationsUntil } from '../migrate.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { type Heading, readHeading } from './format.ts'
import { readArchive } from './readArchive.ts'
import { writeArchive } from './writeArchive.ts'

/**
 * Writes everything in the database to a file that only its owner can read.
 *
 * @param file must not be there yet
 * @returns how many rows there were
 * @throws Error when the file is there, or cannot be written; no file is left then
 */
export async function backUpTo(file: string, db: Database, now: Date): Promise<number> {
  await refuseExisting(file)
  const unfinished = `${file}.unfinished`
  try {
    const rows = await backUpInto(createWriteStream(unfinished, { mode: 0o600 }), db, now)
    await rename(unfinished, file)
    return rows
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/**
 * Writes everything in the database to a stream, which is ended.
 *
 * @returns how many rows there were
 * @throws Error when it cannot be written to
 */
export async function backUpInto(target: Writable, db: Database, now: Date): Promise<number> {
  const gzip = createGzip()
  const written = pipeline(gzip, target)
  // A full disk shows here first; what follows hears of it when it waits for room.
  const failed = written.then(() => new Promise<never>(() => {}))
  failed.catch(() => {})
  try {
    const rows = await writeArchive(db, now, async (lines) => {
      if (!gzip.write(lines)) await Promise.race([once(gzip, 'drain'), failed])
    })
    gzip.end()
    await written
    return rows
  } catch (error) {
    gzip.destroy()
    await written.catch(() => {})
    throw error
  }
}

/**
 * Reads a backup into an empty database. The database is made as it was when the backup was; whoever opens it next
 * brings it up to date.
 *
 * @param source a file's name, or what it says as a stream
 * @param open opens the database with the migrations of a folder
 * @returns what the backup says of itself, and how many rows there were
 * @throws Error when it is no whole backup, or the database not empty; then no row was put in
 */
export async function restoreFrom(
  source: string | Readable,
  open: (migrationsFolder: string) => Promise<OpenDatabase>,
): Promise<Heading & { readonly rows: number }> {
  const lines = readLines(typeof source === 'string' ? createReadStream(source) : source)
  try {
    const first = await lines.next()
    const heading = readHeading(first.done === true ? undefined : first.value)
    const migrationsFolder = await copyMigrationsUntil(heading.migration)
    try {
      const { db, close } = await open(migrationsFolder)
      try {
        return { ...heading, rows: await readArchive(db, lines) }
      } finally {
        await close()
      }
    } finally {
      await rm(migrationsFolder, { recursive: true, force: true })
    }
  } finally {
    // Whoever writes into a stream need not be waited for.
    await lines.return()
  }
}

/** @throws Error when there is no such file, or it is not gzip or ends too early */
async function* readLines(source: Readable): AsyncGenerator<string, void> {
  const text = createGunzip().setEncoding('utf8')
  source.on('error', (error) => text.destroy(error)).pipe(text)
  let unfinished = ''
  try {
    for await (const chunk of text) {
      const lines = `${unfinished}${chunk}`.split('\n')
      unfinished = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    source.destroy()
  }
  if (unfinished !== '') yield unfinished
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw new Error(`${file} is there already: give another name, or move it away`)
}
