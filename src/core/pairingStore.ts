import type { Identity, Platform } from './learner.ts'

/** What a code joins: two accounts of one person, or two places of one team. */
export type PairingKind = 'person' | 'team'

/** Codes are valid for this long. */
export const CODE_MINUTES = 10
/** Whoever enters this many wrong codes within {@link CODE_MINUTES} has to wait until that time is over. */
export const WRONG_CODES_MAXIMUM = 5
/** A pairing's id: of a-z and 0-9. */
export const PAIRING_ID_MAX_LENGTH = 16

/** Who is to be joined, from the point of view of the other side. */
export interface PairingSide {
  readonly platform: Platform
  /** Of a team: the place. Null for a person. */
  readonly placeId: string | null
  /** Of a place: what people call it; null while it has no team. */
  readonly name: string | null
  /** Of a person: cards ever answered, and when they first came here. Null for a team. */
  readonly studied: { readonly cards: number; readonly since: Date } | null
}

/** A pairing as one of its sides sees it. */
export interface Pairing {
  /** What confirms it; a screen that does not show the other side yet has no use for it. */
  readonly id: string
  readonly kind: PairingKind
  /** This side showed the code, rather than entered it. */
  readonly showedCode: boolean
  readonly expiresAt: Date
  /** Null while nobody has entered the code. */
  readonly other: PairingSide | null
  readonly confirmed: boolean
  readonly otherConfirmed: boolean
}

/** Who shows or enters a code. */
export interface PairingParty {
  readonly learnerId: number
  readonly platform: Platform
  /** Of a team: the place that is to be joined. Null for a person. */
  readonly placeId: string | null
}

/**
 * Why a code does not work.
 *
 * - `wrong`: there is no such code, or somebody else has used it; which of them is nobody's business.
 * - `expired`: there was one.
 * - `own`: it is this side's own code, or the two are one already.
 * - `samePlatform`: a person's accounts on one platform are not joined.
 */
export type CodeRefusal = 'wrong' | 'expired' | 'own' | 'samePlatform'

/** What became of a code that was entered. */
export type Entering =
  | { readonly kind: 'entered'; readonly pairing: Pairing }
  | { readonly kind: 'refused'; readonly reason: CodeRefusal }
  /** Too many wrong ones: even the right one is refused until then. */
  | { readonly kind: 'blocked'; readonly until: Date }

/** What became of a confirmation. */
export type Confirming =
  /** Both have confirmed, now or before: they are one. */
  | { readonly kind: 'joined' }
  /** Something is missing still; `counted` is false where this press confirmed nothing. */
  | { readonly kind: 'waiting'; readonly pairing: Pairing; readonly counted: boolean }
  /** It has expired, was given up, or never was. */
  | { readonly kind: 'gone' }

/** What became of a pairing that was to be given up: `joined` before that, or `gone` as in {@link Confirming}. */
export type Dropping = 'dropped' | 'joined' | 'gone'

/**
 * What the core needs of a database to make two sides one. Each method is one statement or one transaction. Codes
 * are made and compared here: what is stored is their hash.
 */
export interface PairingStore {
  /**
   * Begins a pairing; one that this side had begun before, and that is not carried out, is given up.
   *
   * @returns the code as it is shown, and the pairing it belongs to
   * @throws Error when there is no such learner
   */
  beginPairing(
    party: PairingParty,
    kind: PairingKind,
    now: Date,
  ): Promise<{ readonly code: string; readonly pairing: Pairing }>
  /**
   * Enters a code. It works for one side only, the first; entered there again, it shows the same pairing.
   *
   * @param code as {@link readCode} gives it
   */
  enterCode(party: PairingParty, kind: PairingKind, code: string, now: Date): Promise<Entering>
  /**
   * Confirms one side, if that side has seen who the other is. When that was the last that was missing, the two are made one in the same transaction: the
   * learner who entered the code goes over into the one who showed it, or the place into the other place's team.
   *
   * @param pairingId its id; or the code, which whoever showed it has seen before anybody entered it: that confirms
   *   nothing, and gives how things stand
   */
  confirmPairing(party: PairingParty, kind: PairingKind, pairingId: string, now: Date): Promise<Confirming>
  /** Gives a pairing up, from either side, by its id or, for whoever shows it, by the code. */
  dropPairing(party: PairingParty, kind: PairingKind, pairingId: string): Promise<Dropping>

  /** All identities of a learner, in a fixed order. */
  identitiesOf(learnerId: number): Promise<Identity[]>
  /**
   * Separates one identity from the learner: it becomes a learner with the same settings and enrolments, who knows
   * each card as well as the learner does. Log, scores, boards and own cards stay with the learner.
   *
   * @returns false when it is the learner's only one, or not theirs
   */
  unlink(learnerId: number, identity: Identity, now: Date): Promise<boolean>
}

/** Without 0 and O, 1, I and L, which people take for each other. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const CODE_LENGTH = 8

/** Reads a code as a person wrote it: any capitals, with or without a dash; null when it cannot be one. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s\p{Dash}]/gu, '')
  return code.length === CODE_LENGTH && [...code].every((each) => CODE_ALPHABET.includes(each)) ? code : null
}

/** A code as it is shown: `K7QF-93XM`. */
export function showCode(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`
}
