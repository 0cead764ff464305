/**
 * What each connection asks of the server. The queries are written as look-ups in indexes, whatever the values
 * and however large the tables; these settings keep the planner to that.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  // Planning anew for each value would take longer than the queries do.
  plan_cache_mode: 'force_generic_plan',
  // A plan made while a table was small stays when it has grown, so it must not be one that reads all of it.
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  // Compiles queries that look costly, for a tenth of a second; here none takes longer than a few milliseconds.
  jit: 'off',
}
