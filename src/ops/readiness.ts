import { within } from './collect.ts'

/** What has to be so before a process can do its work. */
export interface ReadinessSources {
  isStopping(): boolean
  migrations(): Promise<'current' | 'behind' | 'newer'>
  /** Of every platform that this process is to receive from. */
  leases(): Iterable<readonly [string, 'held' | 'elsewhere' | 'unknown']>
}

const PATIENCE_MS = 1000

const MIGRATION_REASONS = {
  current: null,
  behind: 'the database lacks migrations: start Deckhand anew, it applies them',
  // A newer process has started beside this one: it goes on until it is replaced, else nobody would be ready meanwhile.
  newer: null,
}

/** @returns what is missing, by what it concerns; null: nothing */
export async function readiness(sources: ReadinessSources): Promise<Readonly<Record<string, string>> | null> {
  const missing: Record<string, string> = {}
  if (sources.isStopping()) missing.process = 'stopping'
  try {
    const reason = MIGRATION_REASONS[await within(PATIENCE_MS, sources.migrations())]
    if (reason !== null) missing.migrations = reason
  } catch {
    missing.database = `no answer in ${PATIENCE_MS / 1000} s`
  }
  const unknown = [...sources.leases()].filter(([, state]) => state === 'unknown')
  if (unknown.length > 0) {
    missing.lease = `not known who receives: ${unknown.map(([platform]) => platform).join(', ')}`
  }
  return Object.keys(missing).length === 0 ? null : missing
}
