import type { Asking } from '../handle.ts'
import type { Screen } from '../screen.ts'
import type { Store } from '../store.ts'
import type { Here } from './team.ts'

// Whoever calls these has made sure that the person may: only the platform knows.

/** The team that a place belongs to: its places, decks, zone and weekly summary. */
export async function teamStatus(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}

/**
 * Sets when the weekly summary is posted, on Mondays.
 *
 * @param words a time of day, or "off"
 */
export async function setWeekly(
  _store: Store,
  _asking: Asking,
  _here: Here,
  _words: string,
): Promise<Screen> {
  throw new Error('not written yet')
}

/**
 * Sets which decks count for the team.
 *
 * @param words decks, separated by commas; "all" for every deck from the notes
 */
export async function setTeamDecks(
  _store: Store,
  _asking: Asking,
  _here: Here,
  _words: string,
): Promise<Screen> {
  throw new Error('not written yet')
}

/**
 * Sets the zone in which the team's weeks begin.
 *
 * @param words an IANA name, a city or a country
 */
export async function setTeamZone(
  _store: Store,
  _asking: Asking,
  _here: Here,
  _words: string,
): Promise<Screen> {
  throw new Error('not written yet')
}

/** Takes the place out of its team. */
export async function leaveTeam(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}
