import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** A drizzle database or transaction, whichever driver is underneath. */
export type Database = PgDatabase<PgQueryResultHKT>

/**
 * A value that a prepared query is given when it runs, encoded as `column` stores it.
 *
 * @param name the value's name in the call; the column's own name unless given
 */
export function given<Column extends PgColumn>(
  column: Column,
  name: string = column.name,
): SQL<Column['_']['data']> {
  return sql`${sql.param(sql.placeholder(name), column)}`
}

/** An instant that a prepared query is given when it runs, as ISO 8601 text or null. */
export function givenInstant(name: string): SQL<Date | null> {
  return sql`${sql.placeholder(name)}::timestamptz`
}
