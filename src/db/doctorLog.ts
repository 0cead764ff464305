import { and, asc, eq, type InferSelectModel, inArray, sql } from 'drizzle-orm'
import type { LogEntry } from '../core/log.ts'
import { replay } from '../core/replay.ts'
import type { Database } from './database.ts'
import { toCardState, toLogEntry } from './rows.ts'
import { reviews, schedules } from './schema.ts'

/** Log entries held in memory at a time. */
const PAGE_ENTRIES = 2000

type ScheduleRow = InferSelectModel<typeof schedules>

/** What a replay of the learner's log finds: entries against the rules, schedules that differ from it. */
export async function logDifferences(db: Database, learnerId: number): Promise<string[]> {
  const differences: string[] = []
  for await (const logs of logsByCard(db, learnerId)) {
    const rows = await db
      .select()
      .from(schedules)
      .where(and(eq(schedules.learnerId, learnerId), inArray(schedules.cardId, [...logs.keys()])))
    const stored = new Map(rows.map((row) => [row.cardId, row]))
    for (const [cardId, entries] of logs) {
      const fromLog = scheduleFromLog(entries)
      const found = [...fromLog.problems, ...scheduleDifferences(fromLog, stored.get(cardId))]
      differences.push(...found.map((each) => `learner ${learnerId}, card ${cardId}: ${each}`))
    }
  }
  return differences
}

/** The learner's whole log, some cards at a time, each with all its entries in order. */
export async function* logsByCard(db: Database, learnerId: number): AsyncGenerator<Map<string, LogEntry[]>> {
  const isLearner = eq(reviews.learnerId, learnerId)
  let page = new Map<string, LogEntry[]>()
  let last: LogEntry | undefined
  for (;;) {
    const beyond =
      last && sql`(${reviews.cardId}, ${reviews.reviewCount}) > (${last.cardId}, ${last.reviewCount})`
    const rows = await db
      .select()
      .from(reviews)
      .where(and(isLearner, beyond))
      .orderBy(asc(reviews.cardId), asc(reviews.reviewCount))
      .limit(PAGE_ENTRIES)
    for (const row of rows) {
      last = toLogEntry(row)
      const entries = page.get(last.cardId)
      if (entries === undefined) page.set(last.cardId, [last])
      else entries.push(last)
    }
    if (last === undefined) return
    if (rows.length < PAGE_ENTRIES) {
      yield page
      return
    }
    // The last card may go on in the next page.
    const unfinished = page.get(last.cardId) ?? []
    page.delete(last.cardId)
    if (page.size > 0) yield page
    page = new Map([[last.cardId, unfinished]])
  }
}

/** What a card's log gives: the schedule's row, and what the log itself contradicts. */
export function scheduleFromLog(entries: readonly LogEntry[]) {
  const { state, problems } = replay(entries)
  const lastAnsweredAt = entries.findLast((entry) => entry.quality !== null)?.answeredAt ?? null
  return { expected: { ...state, lastAnsweredAt }, problems }
}

/** Where a schedule's row is not what the log gives, each as a sentence. */
export function scheduleDifferences(
  { expected }: ReturnType<typeof scheduleFromLog>,
  row: ScheduleRow | undefined,
): string[] {
  if (row === undefined) return ['the log has entries, but there is no schedule']
  const stored = { ...toCardState(row), lastAnsweredAt: row.lastAnsweredAt }
  return Object.entries(expected)
    .map(([name, value]) => ({ name, gives: shown(value), is: shown(stored[name as keyof typeof stored]) }))
    .filter(({ gives, is }) => gives !== is)
    .map(({ name, gives, is }) => `the schedule's ${name} is ${is}, the log gives ${gives}`)
}

function shown(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value)
}
