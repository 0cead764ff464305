import { startCluster } from '../test/db/support/cluster.ts'

/**
 * Gives `work` the URL of an empty database: of DATABASE_URL's server when it is set, else of a Postgres
 * started for this run.
 */
export async function withPostgres<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const given = process.env.DATABASE_URL
  if (given !== undefined && given !== '') return work(given)
  const cluster = await startCluster(undefined, true)
  try {
    return await work(cluster.url)
  } finally {
    await cluster.stop()
  }
}
