import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { rowsOf } from './rowsOf.ts'

/** Every table of the database in an order in which rows can be put in: after the rows that they refer to. */
export async function tablesInOrder(db: Database): Promise<string[]> {
  const tables = rowsOf<{ name: string }>(
    await db.execute(sql`
      select tablename::text as name from pg_tables where schemaname = 'public' order by tablename`),
  )
  const references = rowsOf<{ name: string; target: string }>(
    await db.execute(sql`
      select source.relname::text as name, target.relname::text as target
      from pg_constraint
      join pg_class as source on source.oid = conrelid
      join pg_class as target on target.oid = confrelid
      where contype = 'f' and conrelid <> confrelid`),
  )
  const ordered = new Set<string>()
  const add = (name: string): void => {
    for (const { target } of references.filter((each) => each.name === name)) {
      if (!ordered.has(target)) add(target)
    }
    ordered.add(name)
  }
  for (const { name } of tables) add(name)
  return [...ordered]
}

/** Whether no table holds a row. */
export async function isEmpty(db: Database): Promise<boolean> {
  for (const name of await tablesInOrder(db)) {
    const found = rowsOf(await db.execute(sql`select 1 from ${sql.identifier(name)} limit 1`))
    if (found.length > 0) return false
  }
  return true
}
