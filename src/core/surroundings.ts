import type { Asking } from './asking.ts'
import type { CardSource } from './card.ts'
import { DEFAULT_SETTINGS, type Identity } from './learner.ts'
import type { Leases } from './lease.ts'
import type { Platforms } from './platforms.ts'
import type { Store } from './store.ts'
import type { Log, Watch } from './watch.ts'

/** What an adapter is given by whoever starts it. */
export interface Surroundings {
  readonly store: Store
  /** Each adapter joins it, so that what comes by the clock or from another platform finds it. */
  readonly platforms: Platforms
  now(): Date
  /** IANA zones of a city or country. */
  findZones(text: string): readonly string[]
  /** Zones to offer to a speaker of a language (IETF tag). */
  zonesOfLanguage(language: string): readonly string[]
  /** The page where a note can be edited. */
  readonly notesUrl: ((source: CardSource) => string) | null
  readonly log: Log
  /** Nobody watches unless given. */
  readonly watch?: Watch
  /** This process is alone unless given. */
  readonly leases?: Leases
}

/**
 * Whoever sent something, as the core knows them.
 *
 * @param language an IETF tag; empty when it is not known
 */
export function askingOf(surroundings: Surroundings, identity: Identity, language: string): Asking {
  const zones = surroundings.zonesOfLanguage(language)
  return {
    identity,
    initialSettings: { ...DEFAULT_SETTINGS, timeZone: zones[0] ?? DEFAULT_SETTINGS.timeZone },
    now: surroundings.now(),
    zones,
    findZones: surroundings.findZones,
    notesUrl: surroundings.notesUrl,
  }
}
