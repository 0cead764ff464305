import type { PGlite } from '@electric-sql/pglite'
import { type SQL, sql } from 'drizzle-orm'
import {
  type ConstructorOptions,
  type DrizzleTransactionLike,
  fromDrizzle,
  fromPglite,
  type InsertOptions,
  type JobInsert,
  PgBoss,
} from 'pg-boss'
import type { Job } from '../core/jobs.ts'
import { allQueues, queueOf } from './queues.ts'
import { reasonOf } from './reason.ts'

/** Where jobs are kept: beside everything else. */
export type JobsPlace =
  | { readonly kind: 'postgres'; readonly databaseUrl: string }
  | {
      readonly kind: 'pglite'
      readonly pglite: PGlite
      /** Keeps everybody else off the one connection meanwhile. */
      exclusively<Result>(work: () => Promise<Result>): Promise<Result>
    }

/** A transaction of drizzle, as far as it is needed here. */
export interface Transaction {
  execute(query: SQL): PromiseLike<unknown>
}

/** What a job carries, by the kind that its queue says. */
export interface JobData {
  readonly kind: Job['kind']
  readonly platform: Job['platform']
  readonly roundId?: number
  readonly teamId?: number
  readonly chatId?: string
  /** ISO 8601: not before. */
  readonly at?: string
}

/** Opened jobs. */
export interface OpenJobs {
  readonly boss: PgBoss
  /** Adds jobs in a transaction: they are there if it commits, and not if it does not. */
  enqueue(transaction: Transaction, jobs: readonly Job[]): Promise<void>
  /** Adds jobs by themselves. */
  add(jobs: readonly Job[]): Promise<void>
  close(): Promise<void>
}

const POOL = 3
/** How soon jobs of a process that died are noticed, once their time is over. */
const SUPERVISE_SECONDS = 30

/**
 * Opens the jobs of a database; makes their tables where there are none.
 *
 * @param log takes one line for the operator
 * @param supervise whether this process looks after jobs that others left; false for one that only looks
 * @throws Error that names no password
 */
export async function openJobs(
  place: JobsPlace,
  log: (line: string) => void,
  supervise = true,
): Promise<OpenJobs> {
  const boss = new PgBoss({
    ...storageOf(place),
    supervise,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    // Times of day are planned by the core, in each place's zone.
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log(`jobs: ${reasonOf(error)}`))
  try {
    await boss.start()
    for (const queue of allQueues()) await boss.createQueue(queue.name, queue)
    // Adding a job looks its queue up once: inside a transaction of PGlite it would wait for itself.
    for (const queue of allQueues()) await boss.insert(queue.name, [])
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    throw new Error(`cannot keep jobs in the database: ${reasonOf(error)}`)
  }
  return {
    boss,
    enqueue: (transaction, jobs) =>
      insert(boss, jobs, { db: fromDrizzle(transaction as DrizzleTransactionLike, sql) }),
    add: (jobs) => insert(boss, jobs, {}),
    close: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}

function storageOf(place: JobsPlace): ConstructorOptions {
  if (place.kind === 'postgres') {
    return {
      connectionString: place.databaseUrl,
      application_name: 'deckhand jobs',
      max: POOL,
      backend: 'postgres',
    }
  }
  const inner = fromPglite(place.pglite)
  const db: typeof inner = {
    // It takes back what failed with a statement of its own: nothing may come in between.
    executeSql: (text: string, values?: unknown[]) => place.exclusively(() => inner.executeSql(text, values)),
  }
  return { db, backend: 'pglite' }
}

async function insert(boss: PgBoss, jobs: readonly Job[], options: InsertOptions): Promise<void> {
  const byQueue = Map.groupBy(jobs, ({ kind, platform }) => queueOf(kind, platform))
  for (const [queue, its] of byQueue) await boss.insert(queue, its.map(toInsert), options)
}

function toInsert(job: Job): JobInsert<JobData> {
  if (job.kind !== 'closeDaily') return { data: job }
  return { data: { ...job, at: job.at.toISOString() }, startAfter: job.at }
}
