import { eq } from 'drizzle-orm'
import type { ButtonAction } from '../../../src/core/action.ts'
import { GRADE_LABEL, QUALITY_OF } from '../../../src/core/grade.ts'
import type { Identity } from '../../../src/core/learner.ts'
import type { Database } from '../../../src/db/database.ts'
import { identities, reviews } from '../../../src/db/schema.ts'
import type { Press } from './presser.ts'

/** What one person did, and what the bot sent in answer to each press. */
export interface Doings {
  readonly identity: Identity
  readonly presses: readonly Press[]
  saidTo(press: Press): string
}

/** What must be empty where the log is right. */
export interface Account {
  /** How many answers the bot has acknowledged: it sent a screen that says so, whether or not that got there. */
  readonly acknowledged: number
  /** Acknowledged, but not in the log, or there as something else. */
  readonly lost: string[]
  /** Acknowledged to two presses. */
  readonly acknowledgedTwice: string[]
  /** In the log, but asked for by no button that was pressed. */
  readonly uncalledFor: string[]
  /** More of somebody's undos are in the log than they asked for, or fewer than they were told of. */
  readonly wrongUndos: string[]
}

/** Compares what people did and were told with the log. */
export async function accountOf(db: Database, people: readonly Doings[]): Promise<Account> {
  const rows = await db
    .select({
      platform: identities.platform,
      externalId: identities.externalId,
      cardId: reviews.cardId,
      reviewCount: reviews.reviewCount,
      kind: reviews.kind,
      quality: reviews.quality,
    })
    .from(reviews)
    .innerJoin(identities, eq(identities.learnerId, reviews.learnerId))
  const log = new Map(
    rows.filter(({ kind }) => kind !== 'undo').map((row) => [keyOf(row, row), row.quality] as const),
  )
  const acknowledged: string[] = []
  const lost: string[] = []
  const wrongUndos: string[] = []
  const calledFor = new Set<string>()
  for (const { identity, presses, saidTo } of people) {
    let undone = 0
    for (const press of presses) {
      const { action } = press
      if (action?.kind === 'undo' && isNoticeIn(saidTo(press), 'Undone')) undone++
      if (action === null || !('ref' in action) || action.ref === null) continue
      const key = keyOf(identity, action.ref)
      for (const quality of qualitiesOf(action)) calledFor.add(`${key}: ${quality}`)
      const told = qualityIn(action, saidTo(press))
      if (told === null) continue
      acknowledged.push(key)
      if (log.get(key) !== told) lost.push(`${key}: ${told}, not ${log.get(key)}`)
    }
    const undos = rows.filter((row) => row.kind === 'undo' && nameOf(row) === nameOf(identity)).length
    const asked = presses.filter(({ action }) => action?.kind === 'undo').length
    if (undos < undone || undos > asked) {
      wrongUndos.push(`${nameOf(identity)}: ${undos}, asked ${asked} times, told ${undone} times`)
    }
  }
  return {
    acknowledged: acknowledged.length,
    lost,
    acknowledgedTwice: acknowledged.filter((key, index) => acknowledged.indexOf(key) !== index),
    uncalledFor: [...log].map(([key, quality]) => `${key}: ${quality}`).filter((one) => !calledFor.has(one)),
    wrongUndos,
  }
}

/** What the press would be in the log. */
function qualitiesOf(action: ButtonAction): readonly number[] {
  if (action.kind === 'grade' || action.kind === 'regrade') return [QUALITY_OF[action.grade]]
  return action.kind === 'choose' ? [QUALITY_OF.again, QUALITY_OF.good] : []
}

/** What the press was counted as; null where nothing says that it was. */
function qualityIn(action: ButtonAction, said: string): number | null {
  switch (action.kind) {
    case 'grade':
      return isNoticeIn(said, GRADE_LABEL[action.grade]) ? QUALITY_OF[action.grade] : null
    case 'regrade':
      return isNoticeIn(said, `${GRADE_LABEL[action.grade]} instead`) ? QUALITY_OF[action.grade] : null
    case 'choose':
      if (/\bRight\b/.test(said)) return QUALITY_OF.good
      return /\bNot quite\b/.test(said) ? QUALITY_OF.again : null
    default:
      return null
  }
}

/** Whether the first sentence of a notice is this; Discord draws it small. */
function isNoticeIn(said: string, sentence: string): boolean {
  return new RegExp(`^(?:-# \\*)?${sentence}\\.`, 'm').test(said)
}

function keyOf(identity: Identity, { cardId, reviewCount }: { cardId: string; reviewCount: number }): string {
  return `${nameOf(identity)} ${cardId} ${reviewCount}`
}

function nameOf({ platform, externalId }: Identity): string {
  return `${platform} ${externalId}`
}
