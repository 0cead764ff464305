import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pglite'

// The least that a program on PGlite and drizzle does before it can ask its first question.
const pglite = await PGlite.create(process.argv[2] ?? '')
await drizzle(pglite).execute(sql`select 1`)
console.log('open')
await pglite.close()
