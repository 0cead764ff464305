import type { Screen } from '../screen.ts'
import { weeklyScreen } from '../screens/weekly.ts'
import type { Store } from '../store.ts'
import { addDays, type StudyDay } from '../studyDay.ts'
import { BOARD_LINES, rankIn } from './boardRequests.ts'
import { periodAt } from './period.ts'

const CARDS_SHOWN = 5
/** A card looks wrong only where this many people failed it. */
const PEOPLE_LEAST = 3
/** Few people meet a card in a single week. */
const WRONG_DAYS = 28

/**
 * What a team's last week was like: its board, the cards that were forgotten most, and for whoever keeps the notes those
 * that look wrong. Nobody is asked who is still there: that is known well enough from the boards of the week.
 *
 * @returns the summary, and the Monday with which that week began; null when there is no such team, or nothing happened
 */
export async function weeklySummary(
  store: Store,
  teamId: number,
  now: Date,
): Promise<{ readonly screen: Screen; readonly startsOn: StudyDay } | null> {
  const team = await store.team(teamId)
  if (team === null) return null
  const days = periodAt('lastWeek', now, team.timeZone)
  const { period, startsOn, endsOn } = days
  const [top, forgotten, wrong] = await Promise.all([
    store.boardTop({ teamId, period, startsOn, deckId: null }, BOARD_LINES),
    store.mostForgotten(teamId, days, CARDS_SHOWN),
    store.looksWrong(teamId, addDays(endsOn, 1 - WRONG_DAYS), PEOPLE_LEAST, CARDS_SHOWN),
  ])
  if (top.length === 0 && forgotten.length === 0 && wrong.length === 0) return null
  const rows = top.map((line) => ({ ...line, rank: rankIn(top, line) }))
  return { screen: weeklyScreen({ teamName: team.name, days, rows, forgotten, wrong }), startsOn }
}
