import { answerEntry, type LogEntry, regradeEntry, suspensionEntry, transferEntry, undoEntry } from './log.ts'
import { type CardState, UNSEEN } from './schedule.ts'

/** What one learner's log for one card comes to. */
export interface Replay {
  /** The state the log leads to. */
  readonly state: CardState
  /** Each way in which the log contradicts itself or the rules, as a sentence; empty when it is sound. */
  readonly problems: readonly string[]
}

/** What the rules decide about an entry; the rest of it is given. */
const DECIDED = ['kind', 'before', 'after', 'score', 'studyDay'] as const

/**
 * Rebuilds a card's state from its log and checks every entry against the rules that should have written it.
 *
 * @param entries all entries of one learner and one card, by ascending review count
 */
export function replay(entries: readonly LogEntry[]): Replay {
  const problems: string[] = []
  const standing = new Map<number, LogEntry>()
  let state = UNSEEN
  for (const [index, entry] of entries.entries()) {
    const name = `entry ${entry.reviewCount}`
    if (entry.reviewCount !== index) problems.push(`${name} stands where entry ${index} should be`)
    const expected = writtenAnew(entry, state, standing)
    if (expected === null) problems.push(`${name} takes back entry ${entry.undoes}, which does not stand`)
    else {
      for (const field of DECIDED) {
        if (!sameValue(entry[field], expected[field])) {
          problems.push(`${name} has ${field} ${show(entry[field])}, the rules give ${show(expected[field])}`)
        }
      }
    }
    if (entry.undoes !== null) standing.delete(entry.undoes)
    // What led to another state cannot be taken back any more.
    if (entry.kind === 'transfer') standing.clear()
    else if (entry.kind !== 'undo') standing.set(entry.reviewCount, entry)
    state = { ...entry.after, reviewCount: index + 1 }
  }
  return { state, problems }
}

/** The entry as the rules write it from `state`; null when what it takes back does not stand. */
function writtenAnew(
  entry: LogEntry,
  state: CardState,
  standing: ReadonlyMap<number, LogEntry>,
): LogEntry | null {
  const { kind, quality, answeredAt } = entry
  if (entry.undoes !== null) {
    const undone = standing.get(entry.undoes)
    if (undone === undefined) return null
    return quality === null
      ? undoEntry(undone, state, answeredAt)
      : regradeEntry(undone, quality, state.reviewCount, answeredAt)
  }
  if (quality !== null) return answerEntry(entry, state, quality)
  // Where to is not for the rules of this log to say.
  if (kind === 'transfer') return transferEntry(entry, state, entry.after)
  return suspensionEntry(entry, state, kind === 'suspend')
}

function sameValue(a: unknown, b: unknown): boolean {
  return show(a) === show(b)
}

/** JSON with sorted keys, so that the order of a row's columns does not matter. */
function show(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object'
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
