import type { CardSource } from './card.ts'
import type { Identity, Settings } from './learner.ts'

/** Who asks, and when. */
export interface Asking {
  readonly identity: Identity
  /** Settings for a person never seen before. */
  readonly initialSettings: Settings
  readonly now: Date
  /** Zones to offer, likely ones first; none unless given. */
  readonly zones?: readonly string[]
  /** IANA zones of a city or a country as a person wrote it; knows none unless given. */
  findZones?(text: string): readonly string[]
  /** The page where a note can be edited; without it, a mistake can be reported. */
  readonly notesUrl?: ((source: CardSource) => string) | null
}
