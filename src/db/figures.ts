import { sql } from 'drizzle-orm'
import { DEAD_QUEUE } from '../core/jobs.ts'
import type { Database } from './database.ts'

/** What should have been done for more than ten seconds, in numbers, by the database's clock. */
export interface Overdue {
  /** Questions on show whose time is over. */
  readonly quizQuestions: number
  /** Daily quizzes that are to open. */
  readonly dailyQuizzes: number
  readonly reminders: number
  readonly weeklySummaries: number
}

/** A process that receives from a platform. */
export interface HeldLease {
  readonly platform: string
  /** Host, process and a name of its own. */
  readonly holder: string
  /** Below 0: it has run out, and somebody will take it. */
  readonly secondsLeft: number
}

/** What a person wants to know at a glance. */
export interface Figures {
  readonly version: string
  readonly learners: number
  readonly teams: number
  /** Daily quizzes that are not paused. */
  readonly dailies: number
  /** Quizzes that are open. */
  readonly openRounds: number
  /** In the last 24 hours: quizzes opened, daily ones of these. */
  readonly rounds: number
  readonly dailyRounds: number
  readonly leases: readonly HeldLease[]
}

/** One queue of jobs, over all processes. */
export interface QueueFigures {
  readonly queue: string
  /** Jobs by what has become of them: those that are done are kept for a day. */
  readonly states: Readonly<Record<string, number>>
  /** For how long the one that waits for longest should have begun; 0: none is late. */
  readonly lagSeconds: number
}

/** Kinds of entries of the log with how many there are. */
export type ReviewFigures = Readonly<Record<string, number>>

const LATE = sql`now() - interval '10 seconds'`

/** Counts what is overdue: each from an index that holds little else. */
export async function readOverdue(db: Database): Promise<Overdue> {
  const [row] = await db
    .select({
      quizQuestions: sql<number>`(select count(*)::integer from round_questions join rounds on rounds.id = round_id
        where round_questions.closed_at is null and round_questions.closes_at < ${LATE}
          and message_id is not null and daily_on is null)`,
      dailyQuizzes: sql<number>`(select count(*)::integer from dailies where next_at < ${LATE})`,
      reminders: sql<number>`(select count(*)::integer from reminders where remind_at < ${LATE})`,
      weeklySummaries: sql<number>`(select count(*)::integer from teams where weekly_at < ${LATE})`,
    })
    .from(sql`(values (1)) as one`)
  return row ?? { quizQuestions: 0, dailyQuizzes: 0, reminders: 0, weeklySummaries: 0 }
}

/** Counts what there is. */
export async function readFigures(db: Database): Promise<Figures> {
  const today = sql`started_at > now() - interval '1 day'`
  const [[row], leases] = await Promise.all([
    db
      .select({
        version: sql<string>`current_setting('server_version')`,
        learners: sql<number>`(select count(*)::integer from learners)`,
        teams: sql<number>`(select count(*)::integer from teams)`,
        dailies: sql<number>`(select count(*)::integer from dailies where next_at is not null)`,
        openRounds: sql<number>`(select count(*)::integer from rounds where ended_at is null)`,
        rounds: sql<number>`(select count(*)::integer from rounds where ${today})`,
        dailyRounds: sql<number>`(select count(*)::integer from rounds where ${today} and daily_on is not null)`,
      })
      .from(sql`(values (1)) as one`),
    db
      .select({
        platform: sql<string>`platform`,
        holder: sql<string>`holder`,
        secondsLeft: sql<number>`extract(epoch from expires_at - clock_timestamp())::integer`,
      })
      .from(sql`leases`)
      .orderBy(sql`platform`),
  ])
  if (row === undefined) throw new Error('the database gives no row')
  return { ...row, leases }
}

/** Counts the entries of the log in the last 24 hours, by kind. It reads the whole log. */
export async function readReviews(db: Database): Promise<ReviewFigures> {
  const rows = await db
    .select({ kind: sql<string>`kind`, entries: sql<number>`count(*)::integer` })
    .from(sql`reviews`)
    .where(sql`answered_at > now() - interval '1 day'`)
    .groupBy(sql`kind`)
    .orderBy(sql`kind`)
  return Object.fromEntries(rows.map(({ kind, entries }) => [kind, entries]))
}

/** Counts jobs. pg-boss keeps them in a schema of its own in the same database; there are none before its first start. */
export async function readQueues(db: Database): Promise<QueueFigures[]> {
  const [table] = await db
    .select({ exists: sql<boolean>`to_regclass('pgboss.job') is not null` })
    .from(sql`(values (1)) as one`)
  if (table?.exists !== true) return []
  const rows = await db
    .select({
      queue: sql<string>`name`,
      state: sql<string>`state::text`,
      jobs: sql<number>`count(*)::integer`,
      lagSeconds: sql<number>`coalesce(extract(epoch from now() - min(start_after) filter (
        where state::text in ('created', 'retry') and start_after < now() and name <> ${DEAD_QUEUE}))::integer, 0)`,
    })
    .from(sql`pgboss.job`)
    // pg-boss has queues of its own.
    .where(sql`name not like '\\_\\_%'`)
    .groupBy(sql`name, state`)
    .orderBy(sql`name, state`)
  return [...Map.groupBy(rows, ({ queue }) => queue)].map(([queue, its]) => ({
    queue,
    states: Object.fromEntries(its.map(({ state, jobs }) => [state, jobs])),
    lagSeconds: Math.max(...its.map(({ lagSeconds }) => lagSeconds)),
  }))
}
