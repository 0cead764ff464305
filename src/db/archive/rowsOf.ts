/** The rows of a raw statement: postgres.js gives them as an array, PGlite within an object. */
export function rowsOf<Row>(result: unknown): Row[] {
  if (Array.isArray(result)) return result
  return (result as { readonly rows: Row[] }).rows
}
