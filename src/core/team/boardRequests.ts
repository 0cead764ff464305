import type { Asking } from '../handle.ts'
import type { Screen } from '../screen.ts'
import type { Store } from '../store.ts'
import type { AskedPeriod } from './period.ts'
import type { Here, PlaceKey } from './team.ts'

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
  _store: Store,
  _asking: Asking,
  _here: Here,
  _order: BoardOrder,
  _isMember: IsMember,
): Promise<Screen> {
  throw new Error('not written yet')
}

/** The board that a person means by a few words: "last week", "month helm", "helm". */
export function parseBoardWords(words: string): BoardOrder {
  return { period: 'week', deckWords: words }
}
