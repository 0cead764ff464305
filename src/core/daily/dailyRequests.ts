import type { Asking } from '../handle.ts'
import type { Screen } from '../screen.ts'
import type { Store } from '../store.ts'
import type { Here } from '../team/team.ts'
import type { DailyOptions } from './dailyOptions.ts'

// Whoever calls these has asked the platform whether the person may: at the moment of use, each time.

/** Sets the daily quiz of a place up, or changes it: what is left out stays as it was. */
export async function setDaily(
  _store: Store,
  _asking: Asking,
  _here: Here,
  _options: DailyOptions,
): Promise<Screen> {
  throw new Error('not written yet')
}

/** Opens today's quiz now, if there was none today. */
export async function dailyNow(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}

/** No quiz opens until {@link resumeDaily}. */
export async function pauseDaily(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}

export async function resumeDaily(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}

/** The place has no daily quiz any more; one that is open stays so until it closes. */
export async function dropDaily(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}

/** What is set up and when the next one opens. Everybody in the place may ask. */
export async function dailyStatus(_store: Store, _asking: Asking, _here: Here): Promise<Screen> {
  throw new Error('not written yet')
}
