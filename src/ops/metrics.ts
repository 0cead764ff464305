import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** From what nobody notices to what Discord no longer waits for, and beyond. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 10]

/** All that is counted. Labels take few values: never an id, never a text. */
export type Metrics = ReturnType<typeof createMetrics>

/** The metrics of a process, in a registry of their own. */
export function createMetrics() {
  const registers = [new Registry()] as const
  const [registry] = registers
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    reviews: new Counter({
      name: 'deckhand_reviews_total',
      help: 'Answers and other entries written to the log, by kind',
      labelNames: ['platform', 'kind'],
      registers: [...registers],
    }),
    hops: new Histogram({
      name: 'deckhand_hop_seconds',
      help: 'One update, from when it was received until it was answered: all of it, and of that waiting for the store, waiting for the platform, and neither (core)',
      labelNames: ['platform', 'hop'],
      buckets: SECONDS,
      registers: [...registers],
    }),
    questions: new Counter({
      name: 'deckhand_quiz_questions_sent_total',
      help: 'Questions of quizzes that were sent, daily ones too',
      labelNames: ['platform'],
      registers: [...registers],
    }),
    rounds: new Counter({
      name: 'deckhand_rounds_opened_total',
      help: 'Quizzes that somebody opened',
      labelNames: ['platform'],
      registers: [...registers],
    }),
    dailies: new Counter({
      name: 'deckhand_daily_quizzes_total',
      help: 'Daily quizzes whose time had come: opened, or passed because it was too late or there was nothing to ask',
      labelNames: ['outcome'],
      registers: [...registers],
    }),
    reminders: new Counter({
      name: 'deckhand_reminders_taken_total',
      help: 'Reminders whose time had come',
      labelNames: ['platform'],
      registers: [...registers],
    }),
    storeErrors: new Counter({
      name: 'deckhand_store_errors_total',
      help: 'Calls of the store that failed, by operation and SQLSTATE (or network, other)',
      labelNames: ['operation', 'code'],
      registers: [...registers],
    }),
    platformErrors: new Counter({
      name: 'deckhand_platform_errors_total',
      help: 'Tries of calls that a platform refused or failed, by its code (429: too many requests)',
      labelNames: ['platform', 'code'],
      registers: [...registers],
    }),
    leaseHeld: new Gauge({
      name: 'deckhand_lease_held',
      help: '1 where this process receives from a platform and works by the clock',
      labelNames: ['platform'],
      registers: [...registers],
    }),
    databaseUp: new Gauge({
      name: 'deckhand_database_up',
      help: '1 where the database answered the last look',
      registers: [...registers],
    }),
    due: new Gauge({
      name: 'deckhand_due',
      help: 'What should have been done by now and is not, in all processes',
      labelNames: ['what'],
      registers: [...registers],
    }),
    jobs: new Gauge({
      name: 'deckhand_jobs',
      help: 'Jobs by queue and state, in all processes',
      labelNames: ['queue', 'state'],
      registers: [...registers],
    }),
    jobLag: new Gauge({
      name: 'deckhand_job_lag_seconds',
      help: 'How long the job that waits for longest should have begun, by queue',
      labelNames: ['queue'],
      registers: [...registers],
    }),
  }
}
