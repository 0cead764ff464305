import type { Screen } from '../screen.ts'
import type { Store } from '../store.ts'

/** What a team's last week was like; null when there is no such team, or nothing to tell. */
export async function weeklySummary(_store: Store, _teamId: number, _now: Date): Promise<Screen | null> {
  throw new Error('not written yet')
}
