/**
 * Text as Postgres can keep it: it has no NUL, and jsonb no half of a surrogate pair. A person may send both, and
 * no statement may fail for it.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** JSON of a value for a jsonb parameter, every text in it {@link storable}; null stays null. */
export function storableJson(value: unknown): string | null {
  if (value === null) return null
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part))
}
