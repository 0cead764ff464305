/**
 * What a backup is: gzip over lines of JSON, the same for both databases, so that one can be read into the other.
 * Rows are objects, just as Postgres writes them; whatever says something about them is an array, see {@link Mark}.
 */
export const FORMAT = 1

/** A line that is not a row. */
export type Mark =
  /** The first line: the format, the newest migration of the database it was made of, and when it was made. */
  | readonly ['deckhand backup', typeof FORMAT, number, string]
  /** The rows that follow belong to this table. */
  | readonly ['table', string]
  /** The value a sequence had, and whether it was given out. */
  | readonly ['sequence', string, string, boolean]
  /** The last line, with the number of rows: without it, the file is not whole. */
  | readonly ['end', number]

/** The first line of a backup. */
export interface Heading {
  /** The newest migration, as drizzle tells them apart. */
  readonly migration: number
  readonly madeAt: string
}

/** True for a line that holds a row: it is not read any further here. */
export function isRow(line: string): boolean {
  return line.startsWith('{')
}

/**
 * Reads the first line of a backup.
 *
 * @throws Error when it is not one, or of a format that this version does not know
 */
export function readHeading(line: string | undefined): Heading {
  const [name, format, migration, madeAt] = readMark(line ?? '')
  if (name !== 'deckhand backup' || typeof migration !== 'number') {
    throw new Error('this is no backup of Deckhand: give a file that "deckhand backup" has written')
  }
  if (format !== FORMAT) {
    throw new Error(`this backup has format ${format}, and this version reads ${FORMAT}: update Deckhand`)
  }
  return { migration, madeAt: String(madeAt) }
}

/** A line that is not a row; empty when it cannot be read. */
export function readMark(line: string): readonly unknown[] {
  try {
    const mark: unknown = JSON.parse(line)
    return Array.isArray(mark) ? mark : []
  } catch {
    return []
  }
}
