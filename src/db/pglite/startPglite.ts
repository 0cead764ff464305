import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { SESSION_SETTINGS } from '../sessionSettings.ts'

/**
 * The default, 128 MB, is filled with zeros at every start: with 16 MB a start takes 0.4 instead of 0.6 s and
 * the process 200 instead of 330 MB. A personal deck fits many times.
 */
const SHARED_BUFFERS = '16MB'

const SETTINGS = { ...SESSION_SETTINGS, shared_buffers: SHARED_BUFFERS }

/**
 * V8 compiles WebAssembly quickly at first, and what is hot a second time, better. For PGlite the second time
 * takes a second of both processors and a peak of 700 MB instead of 160, to save a third of queries of 2 ms:
 * one person does not notice the one, a small server does not survive the other.
 */
const COMPILE_ONCE = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']

/**
 * Starts PGlite on an existing database folder.
 *
 * @throws Error with the reason that Postgres gave
 */
export async function startPglite(folder: string): Promise<PGlite> {
  for (const flag of COMPILE_ONCE) setFlagsFromString(flag)
  const complaints: string[] = []
  try {
    const pglite = new PGlite({
      dataDir: folder,
      startParams: [
        ...PGlite.defaultStartParams,
        ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      onStderr: (text) => {
        complaints.push(text)
        return false
      },
    })
    await pglite.waitReady
    return pglite
  } catch (error) {
    // The thrown error says only "aborted"; what Postgres printed says why.
    const fatal = complaints.map((line) => /(?:FATAL|PANIC): +(.*)/.exec(line)?.[1]).find(Boolean)
    throw new Error(fatal ?? (error instanceof Error ? error.message : String(error)))
  }
}

/**
 * Reads every row of every table, so that a damaged page is found (Postgres checks each page's checksum), then
 * cleans up behind the changes of a day: PGlite has no background process that would.
 *
 * @throws Error naming what cannot be read
 */
export async function checkAndVacuum(pglite: PGlite): Promise<void> {
  const { rows } = await pglite.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'",
  )
  // The whole row is counted: a bare count could be answered from an index.
  for (const { name } of rows) await pglite.exec(`select count(everything) from ${name} as everything`)
  await pglite.exec(`vacuum (analyze) ${rows.map(({ name }) => name).join(', ')}`)
}
