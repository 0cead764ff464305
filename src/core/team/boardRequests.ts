import type { Asking } from '../asking.ts'
import { findDeck } from '../quiz/quiz.ts'
import type { Screen } from '../screen.ts'
import { type BoardRow, leaderboardScreen, noTeamScreen, unknownBoardScreen } from '../screens/leaderboard.ts'
import { STREAK_SHOWN_DAYS } from '../session.ts'
import type { Store } from '../store.ts'
import { streakDays } from '../streak.ts'
import { studyDayAt } from '../studyDay.ts'
import type { BoardKey } from './board.ts'
import { type AskedPeriod, periodAt } from './period.ts'
import { PRESENCE_HOURS } from './presence.ts'
import type { Here, PlaceKey, Team } from './team.ts'
import type { BoardDetails, BoardLine, PresenceCheck, TeamStore } from './teamStore.ts'

/** Lines of a board besides the asker's own. */
export const BOARD_LINES = 10
/** Bounds how many people who have left are passed over at once. */
const FILLS_MOST = 20

/** Which board a person asks for. */
export interface BoardOrder {
  readonly period: AskedPeriod
  /** As the person wrote it; empty: all decks of the team. */
  readonly deckWords: string
}

/** Whether somebody is in a place; null when nobody can say now. */
export type IsMember = (place: PlaceKey, externalId: string) => Promise<boolean | null>

/** The board of the team that a place belongs to, for everyone there to see. */
export async function leaderboard(
  store: Store,
  asking: Asking,
  here: Here,
  order: BoardOrder,
  isMember: IsMember,
): Promise<Screen> {
  const { now } = asking
  const team = await store.teamAt(here.place)
  if (team === null) return noTeamScreen()
  const learner = await store.learner(asking.identity, asking.initialSettings)
  const today = studyDayAt(now, learner.timeZone, learner.dayStartHour)
  const decks = teamDecks(team, await store.deckSummaries(learner.id, today))
  const words = order.deckWords.trim()
  const deck = findDeck(decks, words)
  if (deck === null && words !== '') return unknownBoardScreen(words, decks)

  const days = periodAt(order.period, now, team.timeZone)
  const { period, startsOn } = days
  const board: BoardKey = { teamId: team.id, period, startsOn, deckId: deck?.id ?? null }
  const top = await boardOfPresent(store, board, isMember, now)
  const isAmong = top.some((line) => line.learnerId === learner.id)
  const own = isAmong ? null : await store.boardRank(board, learner.id)
  const ids = [...top.map((line) => line.learnerId), ...(own === null ? [] : [learner.id])]
  const details = await store.boardDetails(board, days.endsOn, ids, STREAK_SHOWN_DAYS)
  const rowOf = (line: BoardLine, rank: number | null): BoardRow => ({
    ...line,
    rank,
    ...figures(
      details.find((each) => each.learnerId === line.learnerId),
      now,
    ),
  })
  return leaderboardScreen({
    teamName: team.name,
    asked: order.period,
    days,
    deckTitle: deck?.title ?? null,
    rows: top.map((line) => rowOf(line, rankIn(top, line))),
    own:
      own === null
        ? null
        : rowOf({ ...own, learnerId: learner.id }, own.ahead === null ? null : own.ahead + 1),
  })
}

/** Of decks those that count for a team. */
export function teamDecks<Deck extends { readonly id: string; readonly isOwn: boolean }>(
  team: Pick<Team, 'deckIds'>,
  decks: readonly Deck[],
): Deck[] {
  return decks.filter(({ id, isOwn }) => !isOwn && (team.deckIds?.includes(id) ?? true))
}

/** The board's first lines. Platforms are asked about those of whom it is not known lately that they are still there. */
export async function boardOfPresent(
  store: TeamStore,
  board: BoardKey,
  isMember: IsMember,
  now: Date,
): Promise<BoardLine[]> {
  const before = new Date(now.getTime() - PRESENCE_HOURS * 3_600_000)
  const asked = new Set<string>()
  for (let fill = 0; fill < FILLS_MOST; fill++) {
    const top = await store.boardTop(board, BOARD_LINES)
    const ids = top.map((line) => line.learnerId)
    const checks = (await store.membersToCheck(board.teamId, ids, before)).filter(
      (check) => !asked.has(keyOf(check)),
    )
    const answers = await Promise.all(checks.map((check) => isPresent(check, isMember)))
    let changed = false
    for (const [index, check] of checks.entries()) {
      asked.add(keyOf(check))
      const present = answers[index] ?? null
      if (present === null) continue
      await store.setPresence(check.learnerId, check.place, present, now)
      changed ||= !present
    }
    if (!changed) return top
  }
  // Very many have left at once. Those who may have are left out this time.
  const top = await store.boardTop(board, BOARD_LINES)
  const unsure = await store.membersToCheck(
    board.teamId,
    top.map((line) => line.learnerId),
    before,
  )
  return top.filter((line) => !unsure.some((check) => check.learnerId === line.learnerId))
}

/** A person may have several accounts: one of them suffices. Null when that is not known of all. */
async function isPresent(check: PresenceCheck, isMember: IsMember): Promise<boolean | null> {
  const answers = await Promise.all(check.externalIds.map((id) => isMember(check.place, id)))
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
}

function keyOf({ learnerId, place }: PresenceCheck): string {
  return `${learnerId} ${place.platform} ${place.placeId}`
}

/** Equal points share a rank. */
export function rankIn(top: readonly BoardLine[], line: BoardLine): number {
  return 1 + top.filter((other) => other.points > line.points).length
}

function figures(
  details: BoardDetails | undefined,
  now: Date,
): Pick<BoardRow, 'streakDays' | 'accuracy' | 'learned'> {
  if (details === undefined) return { streakDays: 0, accuracy: null, learned: 0 }
  const { studyDays, timeZone, dayStartHour, reviews, passes, learned } = details
  return {
    streakDays: streakDays(studyDays, studyDayAt(now, timeZone, dayStartHour)),
    accuracy: reviews === 0 ? null : passes / reviews,
    learned,
  }
}

/** Ways to name a period, the longer first. */
const PERIOD_WORDS: readonly (readonly [RegExp, AskedPeriod])[] = [
  [/^(?:last|previous)[ -]?week\b/i, 'lastWeek'],
  [/^(?:this[ -]?)?week\b/i, 'week'],
  [/^(?:this[ -]?)?month\b/i, 'month'],
  [/^(?:all[ -]?time|all|ever)\b/i, 'all'],
]

/** The board that a person means by a few words: "last week", "month helm", "helm", or nothing for this week. */
export function parseBoardWords(words: string): BoardOrder {
  const written = words.trim()
  for (const [pattern, period] of PERIOD_WORDS) {
    if (pattern.test(written)) return { period, deckWords: written.replace(pattern, '').trim() }
  }
  return { period: 'week', deckWords: written }
}
