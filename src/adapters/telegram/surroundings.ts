import type { User } from 'grammy/types'
import type { CardSource } from '../../core/card.ts'
import type { Asking } from '../../core/handle.ts'
import { DEFAULT_SETTINGS } from '../../core/learner.ts'
import type { Store } from '../../core/store.ts'

/** What the adapter is given by whoever starts it. */
export interface Surroundings {
  readonly store: Store
  now(): Date
  /** IANA zones of a city or country. */
  findZones(text: string): readonly string[]
  /** Zones to offer to a speaker of a language (IETF tag). */
  zonesOfLanguage(language: string): readonly string[]
  /** The page where a note can be edited. */
  readonly notesUrl: ((source: CardSource) => string) | null
  /** Takes one line for the operator: no texts of messages, no secrets. */
  log(line: string): void
}

/** Whoever sent an update, as the core knows them. */
export function askingOf(surroundings: Surroundings, user: Pick<User, 'id' | 'language_code'>): Asking {
  const zones = surroundings.zonesOfLanguage(user.language_code ?? '')
  return {
    identity: { platform: 'telegram', externalId: String(user.id) },
    initialSettings: { ...DEFAULT_SETTINGS, timeZone: zones[0] ?? DEFAULT_SETTINGS.timeZone },
    now: surroundings.now(),
    zones,
    findZones: surroundings.findZones,
    notesUrl: surroundings.notesUrl,
  }
}
