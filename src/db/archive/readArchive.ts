import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { isRow, readMark } from './format.ts'
import { rowsOf } from './rowsOf.ts'
import { isEmpty, tablesInOrder } from './tables.ts'

const ROWS_AT_ONCE = 1000

/**
 * Puts the rows of a backup into a database whose tables are those of the backup and empty; all or none.
 *
 * @param lines what follows the first line
 * @returns how many rows there were
 * @throws Error when the database is not empty, or the backup not whole; then nothing was put in
 */
export async function readArchive(db: Database, lines: AsyncIterable<string>): Promise<number> {
  if (!(await isEmpty(db))) {
    throw new Error(
      'there is something in this database already: restore into an empty one (another DECKHAND_DATA, or a new database in DATABASE_URL)',
    )
  }
  return db.transaction(async (transaction) => {
    const reading = new Reading(transaction, new Set(await tablesInOrder(transaction)))
    for await (const line of lines) await reading.take(line)
    return reading.finish()
  })
}

class Reading {
  readonly #db: Database
  readonly #tables: ReadonlySet<string>
  #table: string | null = null
  #batch: string[] = []
  #rows = 0
  #expected: number | null = null

  constructor(db: Database, tables: ReadonlySet<string>) {
    this.#db = db
    this.#tables = tables
  }

  async take(line: string): Promise<void> {
    if (isRow(line)) {
      this.#batch.push(line)
      if (this.#batch.length >= ROWS_AT_ONCE) await this.#flush()
      return
    }
    await this.#flush()
    const [kind, first, second, third] = readMark(line)
    if (kind === 'table' && typeof first === 'string' && this.#tables.has(first)) this.#table = first
    else if (kind === 'sequence') await this.#setSequence(String(first), String(second), third === true)
    else if (kind === 'end' && typeof first === 'number') this.#expected = first
    else throw new Error(`the backup is damaged: after ${this.#rows} rows it says "${line.slice(0, 60)}"`)
  }

  async finish(): Promise<number> {
    await this.#flush()
    if (this.#expected === null) {
      throw new Error(`the backup is not whole: it ends after ${this.#rows} rows, without its last line`)
    }
    if (this.#rows !== this.#expected) {
      throw new Error(`the backup is damaged: it has ${this.#rows} rows and should have ${this.#expected}`)
    }
    return this.#rows
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return
    if (this.#table === null) throw new Error('the backup is damaged: it has rows that belong to no table')
    const table = sql.identifier(this.#table)
    // Columns by name: their order in the table depends on which migration added them.
    await this.#db.execute(sql`
      insert into ${table} overriding system value
      select * from jsonb_populate_recordset(null::${table}, ${`[${this.#batch.join(',')}]`}::jsonb)`)
    this.#rows += this.#batch.length
    this.#batch = []
  }

  async #setSequence(name: string, value: string, isCalled: boolean): Promise<void> {
    const known = rowsOf(
      await this.#db.execute(
        sql`select 1 from pg_sequences where schemaname = 'public' and sequencename = ${name}`,
      ),
    )
    if (known.length === 0) throw new Error(`the backup is damaged: there is no sequence "${name}"`)
    await this.#db.execute(sql`select setval(${name}::regclass, ${value}::bigint, ${isCalled}::boolean)`)
  }
}
