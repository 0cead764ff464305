import { and, asc, eq, type InferSelectModel, inArray, sql } from 'drizzle-orm'
import type { LogEntry } from '../core/log.ts'
import { replay } from '../core/replay.ts'
import type { CardState } from '../core/schedule.ts'
import type { Database } from './database.ts'
import { toCardState, toLogEntry } from './rows.ts'
import { reviews, schedules } from './schema.ts'

/** Log entries held in memory at a time. */
const PAGE_ENTRIES = 2000

type ScheduleRow = InferSelectModel<typeof schedules>

/** A card of a learner's as its log has it, and how its schedule is stored. */
export interface ReplayedCard {
  readonly cardId: string
  /** The schedule's row as the log gives it. */
  readonly expected: CardState & { readonly lastAnsweredAt: Date | null }
  /** What the log itself contradicts, each as a sentence. */
  readonly problems: readonly string[]
  /** Where the schedule's row is not what the log gives, each as a sentence. */
  readonly differences: readonly string[]
}

/** What a replay of the learner's log finds: entries against the rules, schedules that differ from it. */
export async function logDifferences(db: Database, learnerId: number): Promise<string[]> {
  const found: string[] = []
  for await (const { cardId, problems, differences } of replayedCards(db, learnerId)) {
    const each = [...problems, ...differences]
    found.push(...each.map((sentence) => `learner ${learnerId}, card ${cardId}: ${sentence}`))
  }
  return found
}

/** Every card that the learner's log has, replayed and compared; a few are held in memory at a time. */
export async function* replayedCards(db: Database, learnerId: number): AsyncGenerator<ReplayedCard> {
  for await (const logs of logsByCard(db, learnerId)) {
    const rows = await db
      .select()
      .from(schedules)
      .where(and(eq(schedules.learnerId, learnerId), inArray(schedules.cardId, [...logs.keys()])))
    const stored = new Map(rows.map((row) => [row.cardId, row]))
    for (const [cardId, entries] of logs) {
      const { state, problems } = replay(entries)
      const lastAnsweredAt = entries.findLast((entry) => entry.quality !== null)?.answeredAt ?? null
      const expected = { ...state, lastAnsweredAt }
      yield { cardId, expected, problems, differences: differencesOf(expected, stored.get(cardId)) }
    }
  }
}

/** The learner's whole log, some cards at a time, each with all its entries in order. */
async function* logsByCard(db: Database, learnerId: number): AsyncGenerator<Map<string, LogEntry[]>> {
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

function differencesOf(expected: ReplayedCard['expected'], row: ScheduleRow | undefined): string[] {
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
