import type { Asking } from '../asking.ts'
import { readDecks } from '../daily/dailyOptions.ts'
import { clockTime } from '../localTime.ts'
import type { Screen } from '../screen.ts'
import { noTeamScreen } from '../screens/leaderboard.ts'
import { leftTeamScreen, type TeamView, teamNotice, teamScreen } from '../screens/team.ts'
import { minuteOfDay, shortened, zoneNamed } from '../settings.ts'
import type { DeckSummary, Store } from '../store.ts'
import { studyDayAt } from '../studyDay.ts'
import type { Here, Team } from './team.ts'
import type { TeamChange } from './teamStore.ts'
import { nextWeeklyAt } from './weekly.ts'

// Whoever calls these has asked the platform whether the person may: at the moment of use, each time. A place that is no
// team's yet becomes one, unless it only looks or leaves.

/** The team that a place belongs to: its places, decks, zone and weekly summary. Everybody in the place may ask. */
export async function teamStatus(store: Store, asking: Asking, here: Here): Promise<Screen> {
  const team = await store.teamAt(here.place)
  return team === null ? noTeamScreen() : view(store, asking, team, null)
}

/**
 * Sets when the weekly summary is posted, on Mondays. In this place it is posted where this is asked.
 *
 * @param words a time of day, or "off"
 */
export async function setWeekly(store: Store, asking: Asking, here: Here, words: string): Promise<Screen> {
  const written = words.trim()
  const isOff = /^(?:off|no|none|never)$/i.test(written)
  const minute = isOff ? null : minuteOfDay(written)
  if (!isOff && minute === null) {
    return teamNotice(
      written === ''
        ? 'When shall the weekly summary come, on Mondays? Give a time of day like 9:00, or off.'
        : `"${shortened(written)}" is no time of day. Write it like 9:00 or 7 pm, or write off.`,
    )
  }
  const team = await setUp(store, asking, here)
  const notice =
    minute === null
      ? 'No weekly summary comes any more.'
      : `The weekly summary comes on Mondays at ${clockTime(minute)}.`
  return change(
    store,
    asking,
    team,
    { weeklyMinute: minute, ...weeklyAt(team.timeZone, minute, asking) },
    notice,
  )
}

/**
 * Sets which decks count for the team.
 *
 * @param words ids or titles with commas between them; "all" for every deck from the notes
 */
export async function setTeamDecks(store: Store, asking: Asking, here: Here, words: string): Promise<Screen> {
  const decks = await decksOf(store, asking)
  const read = readDecks(words.trim(), decks)
  if ('error' in read) return teamNotice(read.error)
  const team = (await store.teamAt(here.place)) ?? (await setUp(store, asking, here))
  return change(store, asking, team, read, 'The boards now count these decks, for all weeks and months.')
}

/**
 * Sets the zone in which the team's weeks begin.
 *
 * @param words an IANA name, a city or a country
 */
export async function setTeamZone(store: Store, asking: Asking, here: Here, words: string): Promise<Screen> {
  const written = words.trim()
  const named = zoneNamed(written)
  const found = named === null ? (asking.findZones?.(written) ?? []) : [named]
  const [timeZone, ...others] = found
  if (timeZone === undefined) {
    return teamNotice(
      `I know no time zone "${shortened(written)}". Write a large city near you, or a name like Europe/Berlin.`,
    )
  }
  if (others.length > 0) return teamNotice(`Which of these? ${found.slice(0, ZONES_NAMED).join(', ')}.`)
  const team = (await store.teamAt(here.place)) ?? (await setUp(store, asking, here))
  const changed = { timeZone, ...weeklyAt(timeZone, team.weeklyMinute, asking) }
  return change(store, asking, team, changed, `The team's weeks now begin on Monday in ${timeZone}.`)
}

/** Takes the place out of its team, with its daily quiz. */
export async function leaveTeam(store: Store, _asking: Asking, here: Here): Promise<Screen> {
  const team = await store.teamAt(here.place)
  if (team === null || !(await store.leavePlace(here.place))) return noTeamScreen()
  return leftTeamScreen(team.name, (await store.team(team.id)) !== null)
}

const ZONES_NAMED = 8

/** Where the summary is posted follows from where it is set. */
async function setUp(store: Store, asking: Asking, here: Here): Promise<Team> {
  const learner = await store.learner(asking.identity, asking.initialSettings)
  return store.setUpPlace(here, learner.timeZone, asking.now)
}

function weeklyAt(timeZone: string, minute: number | null, { now }: Asking): Pick<TeamChange, 'weeklyAt'> {
  return { weeklyAt: minute === null ? null : nextWeeklyAt(now, minute, timeZone) }
}

async function change(
  store: Store,
  asking: Asking,
  team: Team,
  changed: TeamChange,
  notice: string,
): Promise<Screen> {
  const after = await store.changeTeam(team.id, changed)
  return after === null ? noTeamScreen() : view(store, asking, after, notice)
}

async function view(store: Store, asking: Asking, team: Team, notice: string | null): Promise<Screen> {
  const [places, members, decks] = await Promise.all([
    store.placesOf(team.id),
    store.countMembers(team.id),
    decksOf(store, asking),
  ])
  const titles = team.deckIds?.map((id) => decks.find((deck) => deck.id === id)?.title ?? id) ?? null
  const shown: TeamView = { team, places, members, deckTitles: titles }
  return teamScreen(shown, notice)
}

async function decksOf(store: Store, asking: Asking): Promise<DeckSummary[]> {
  const learner = await store.learner(asking.identity, asking.initialSettings)
  return store.deckSummaries(learner.id, studyDayAt(asking.now, learner.timeZone, learner.dayStartHour))
}
