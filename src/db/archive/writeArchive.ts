import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { newestApplied } from '../migrate.ts'
import { FORMAT, type Mark } from './format.ts'
import { rowsOf } from './rowsOf.ts'
import { tablesInOrder } from './tables.ts'

/** Rows fetched at a time: enough to be quick, few enough to be held in memory. */
const ROWS_AT_ONCE = 1000

/**
 * Everything in the database as the lines of a backup, as it was at one instant; others may go on writing.
 *
 * @param write takes some lines, each ending in a line feed; the next ones come when it resolves
 * @returns how many rows there were
 */
export async function writeArchive(
  db: Database,
  now: Date,
  write: (lines: string) => Promise<void>,
): Promise<number> {
  const mark = (line: Mark) => write(`${JSON.stringify(line)}\n`)
  return db.transaction(
    async (snapshot) => {
      await mark(['deckhand backup', FORMAT, await newestApplied(snapshot), now.toISOString()])
      let rows = 0
      for (const name of await tablesInOrder(snapshot)) {
        await mark(['table', name])
        for await (const lines of linesOf(snapshot, name)) {
          rows += lines.length
          await write(`${lines.join('\n')}\n`)
        }
      }
      // After the rows: sequences know no snapshot, and may only be further on than the rows need.
      for (const each of await sequences(snapshot))
        await mark(['sequence', each.name, each.value, each.isCalled])
      await mark(['end', rows])
      return rows
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** The rows of a table as JSON, some at a time. */
async function* linesOf(snapshot: Database, table: string): AsyncGenerator<string[]> {
  await snapshot.execute(sql`
    declare archived no scroll cursor for
    select to_jsonb(archived_row)::text as line from ${sql.identifier(table)} as archived_row`)
  for (;;) {
    const fetched = rowsOf<{ line: string }>(
      await snapshot.execute(sql.raw(`fetch forward ${ROWS_AT_ONCE} from archived`)),
    )
    if (fetched.length > 0) yield fetched.map(({ line }) => line)
    if (fetched.length < ROWS_AT_ONCE) break
  }
  await snapshot.execute(sql`close archived`)
}

async function sequences(snapshot: Database) {
  const names = rowsOf<{ name: string }>(
    await snapshot.execute(sql`
      select sequencename::text as name from pg_sequences where schemaname = 'public' order by sequencename`),
  )
  const found: { name: string; value: string; isCalled: boolean }[] = []
  for (const { name } of names) {
    const [row] = rowsOf<{ value: string; isCalled: boolean }>(
      await snapshot.execute(
        sql`select last_value::text as value, is_called as "isCalled" from ${sql.identifier(name)}`,
      ),
    )
    if (row !== undefined) found.push({ name, ...row })
  }
  return found
}
