import type { ButtonAction, CardRef } from './action.ts'
import { CARD_ID_MAX_LENGTH, DECK_ID_MAX_LENGTH } from './card.ts'
import { GRADES, type Grade } from './grade.ts'
import { DRAFT_ID_MAX_LENGTH } from './ownCardStore.ts'
import { PAIRING_ID_MAX_LENGTH } from './pairingStore.ts'
import { SETTING_NAMES } from './settings.ts'

/** Telegram takes 64 bytes of data in a button, Discord 100 characters; the smaller holds for all. */
export const ACTION_MAX_BYTES = 64

const CARD_ID = new RegExp(`^[a-z0-9-]{1,${CARD_ID_MAX_LENGTH}}$`)
const DECK_ID = new RegExp(`^[a-z0-9-]{1,${DECK_ID_MAX_LENGTH}}$`)
const DRAFT_ID = new RegExp(`^[a-z0-9]{1,${DRAFT_ID_MAX_LENGTH}}$`)
const PAIRING_ID = new RegExp(`^[a-z0-9]{1,${PAIRING_ID_MAX_LENGTH}}$`)
const REVIEW_COUNT = /^[0-9a-z]{1,6}$/
const CHOICE = /^[0-9a-z]{1,7}$/
/** Names of zones and numbers; a time of day as 1900. */
const VALUE = /^[A-Za-z0-9_+/-]{1,40}$/
const SEPARATOR = ':'
const ALL_DECKS = '*'

/** One letter each, so that the longest action still fits. */
const CODES = {
  study: 's',
  show: 'v',
  grade: 'g',
  regrade: 'r',
  choose: 'c',
  why: 'y',
  suspend: 'x',
  resume: 'o',
  undo: 'u',
  summary: 'm',
  decks: 'd',
  enrol: 'e',
  leave: 'l',
  askLeave: 'la',
  settings: 'p',
  askSetting: 'q',
  pick: 'k',
  begin: 'b',
  stats: 't',
  askReport: 'n',
  snooze: 'z',
  askForget: 'f',
  confirmForget: 'fc',
  forget: 'fd',
  keepDraft: 'wk',
  dropDraft: 'wd',
  editDraft: 'we',
  catchUp: 'j',
  catchUpAnswer: 'ja',
  link: 'i',
  confirmPairing: 'ic',
  dropPairing: 'id',
  confirmTeam: 'it',
  dropTeam: 'ix',
  askUnlink: 'ia',
  unlink: 'iu',
} as const satisfies Record<ButtonAction['kind'], string>

/** Actions that carry nothing else. */
const PLAIN = [
  'summary',
  'decks',
  'askLeave',
  'settings',
  'stats',
  'snooze',
  'askForget',
  'confirmForget',
  'forget',
  'askUnlink',
  'unlink',
] as const satisfies readonly ButtonAction['kind'][]

/**
 * Writes an action as button data.
 *
 * @returns at most {@link ACTION_MAX_BYTES} bytes of ASCII
 * @throws RangeError when it would be longer, or would not be read back (an id out of its alphabet)
 */
export function encodeAction(action: ButtonAction): string {
  const data = [CODES[action.kind], ...fieldsOf(action)].join(SEPARATOR)
  if (data.length > ACTION_MAX_BYTES || decodeAction(data) === null) {
    throw new RangeError(
      `"${data}" is no button data: at most ${ACTION_MAX_BYTES} bytes, ids of a-z, 0-9 and -`,
    )
  }
  return data
}

/**
 * Reads button data, which is user input: anything that {@link encodeAction} would not write gives null.
 *
 * @param data as it came from the platform, of any length
 */
export function decodeAction(data: string): ButtonAction | null {
  if (data.length > ACTION_MAX_BYTES) return null
  const [code, ...fields] = data.split(SEPARATOR)
  switch (code) {
    case CODES.study:
      return withDeckOrAll(fields, (deckId) => ({ kind: 'study', deckId }))
    case CODES.begin:
      return withDeckOrAll(fields, (deckId) => ({ kind: 'begin', deckId }))
    case CODES.show:
      return withRef(fields, 0, (ref) => ({ kind: 'show', ref }))
    case CODES.grade:
      return withRef(fields, 1, (ref, grade) =>
        withGrade(grade, (known) => ({ kind: 'grade', ref, grade: known })),
      )
    case CODES.regrade:
      return withRef(fields, 1, (ref, grade) =>
        withGrade(grade, (known) => ({ kind: 'regrade', ref, grade: known })),
      )
    case CODES.choose:
      return withRef(fields, 1, (ref, choice) =>
        CHOICE.test(choice) ? { kind: 'choose', ref, choice } : null,
      )
    case CODES.why:
      return withRef(fields, 0, (ref) => ({ kind: 'why', ref }))
    case CODES.suspend:
      return withRef(fields, 0, (ref) => ({ kind: 'suspend', ref }))
    case CODES.resume:
      return withRef(fields, 0, (ref) => ({ kind: 'resume', ref }))
    case CODES.askReport:
      return withRef(fields, 0, (ref) => ({ kind: 'askReport', ref }))
    case CODES.undo:
      return fields.length === 0
        ? { kind: 'undo', ref: null }
        : withRef(fields, 0, (ref) => ({ kind: 'undo', ref }))
    case CODES.enrol:
      return withDeck(fields, (deckId) => ({ kind: 'enrol', deckId }))
    case CODES.leave:
      return withDeck(fields, (deckId) => ({ kind: 'leave', deckId }))
    case CODES.keepDraft:
      return withDraft(fields, (draftId) => ({ kind: 'keepDraft', draftId }))
    case CODES.dropDraft:
      return withDraft(fields, (draftId) => ({ kind: 'dropDraft', draftId }))
    case CODES.editDraft:
      return withDraft(fields, (draftId) => ({ kind: 'editDraft', draftId }))
    case CODES.catchUp:
      return withNumbers(fields, 1, ([roundId = 0]) => ({ kind: 'catchUp', roundId }))
    case CODES.catchUpAnswer:
      return withNumbers(fields, 3, ([roundId = 0, position = 0, choice = 0]) => ({
        kind: 'catchUpAnswer',
        roundId,
        position,
        choice,
      }))
    case CODES.confirmPairing:
      return withPairing(fields, (pairingId) => ({ kind: 'confirmPairing', pairingId }))
    case CODES.dropPairing:
      return withPairing(fields, (pairingId) => ({ kind: 'dropPairing', pairingId }))
    case CODES.confirmTeam:
      return withPairing(fields, (pairingId) => ({ kind: 'confirmTeam', pairingId }))
    case CODES.dropTeam:
      return withPairing(fields, (pairingId) => ({ kind: 'dropTeam', pairingId }))
    case CODES.link:
      return fields.length === 0 ? { kind: 'link', code: null } : null
    case CODES.askSetting: {
      const name = SETTING_NAMES.find((known) => known === fields[0])
      return name !== undefined && fields.length === 1 ? { kind: 'askSetting', name } : null
    }
    case CODES.pick: {
      const [named, first, value = ''] = fields
      const name = SETTING_NAMES.find((known) => known === named)
      if (fields.length !== 3 || name === undefined || (first !== '0' && first !== '1')) return null
      return VALUE.test(value) ? { kind: 'pick', name, value, first: first === '1' } : null
    }
    default: {
      const kind = PLAIN.find((known) => CODES[known] === code)
      return kind !== undefined && fields.length === 0 ? { kind } : null
    }
  }
}

function fieldsOf(action: ButtonAction): string[] {
  switch (action.kind) {
    case 'study':
    case 'begin':
      return [action.deckId ?? ALL_DECKS]
    case 'askReport':
    case 'show':
    case 'why':
    case 'suspend':
    case 'resume':
      return refFields(action.ref)
    case 'undo':
      return action.ref === null ? [] : refFields(action.ref)
    case 'grade':
    case 'regrade':
      return [...refFields(action.ref), String(GRADES.indexOf(action.grade))]
    case 'choose':
      return [...refFields(action.ref), action.choice]
    case 'enrol':
    case 'leave':
      return [action.deckId]
    case 'keepDraft':
    case 'dropDraft':
    case 'editDraft':
      return [action.draftId]
    case 'catchUp':
      return [inBase36(action.roundId)]
    case 'catchUpAnswer':
      return [action.roundId, action.position, action.choice].map(inBase36)
    case 'confirmPairing':
    case 'dropPairing':
    case 'confirmTeam':
    case 'dropTeam':
      return [action.pairingId]
    case 'askSetting':
      return [action.name]
    case 'pick':
      return [action.name, action.first ? '1' : '0', action.value]
    default:
      return []
  }
}

function refFields(ref: CardRef): string[] {
  return [ref.cardId, ref.reviewCount.toString(36), ref.onlyDeck ? '1' : '0']
}

function withRef(
  fields: readonly string[],
  extraFields: number,
  make: (ref: CardRef, extra: string) => ButtonAction | null,
): ButtonAction | null {
  const [cardId = '', count = '', only = '', extra = ''] = fields
  if (fields.length !== 3 + extraFields) return null
  if (!CARD_ID.test(cardId) || !REVIEW_COUNT.test(count) || (only !== '0' && only !== '1')) return null
  const reviewCount = Number.parseInt(count, 36)
  // "007" and "7" must not be two spellings of one press.
  if (reviewCount.toString(36) !== count) return null
  return make({ cardId, reviewCount, onlyDeck: only === '1' }, extra)
}

function withGrade(index: string, make: (grade: Grade) => ButtonAction): ButtonAction | null {
  const grade = /^[0-3]$/.test(index) ? GRADES[Number(index)] : undefined
  return grade === undefined ? null : make(grade)
}

function withDeckOrAll(
  fields: readonly string[],
  make: (deckId: string | null) => ButtonAction,
): ButtonAction | null {
  return fields.length === 1 && fields[0] === ALL_DECKS ? make(null) : withDeck(fields, make)
}

function withDeck(fields: readonly string[], make: (deckId: string) => ButtonAction): ButtonAction | null {
  const [deckId] = fields
  return fields.length === 1 && deckId !== undefined && DECK_ID.test(deckId) ? make(deckId) : null
}

function withDraft(fields: readonly string[], make: (draftId: string) => ButtonAction): ButtonAction | null {
  const [draftId] = fields
  return fields.length === 1 && draftId !== undefined && DRAFT_ID.test(draftId) ? make(draftId) : null
}

function inBase36(number: number): string {
  return number.toString(36)
}

/** Whole numbers in base 36, each in its only spelling. */
function withNumbers(
  fields: readonly string[],
  count: number,
  make: (numbers: readonly number[]) => ButtonAction,
): ButtonAction | null {
  const numbers = fields.map((field) => Number.parseInt(field, 36))
  const isRead = (number: number, index: number) =>
    Number.isSafeInteger(number) && number >= 0 && inBase36(number) === fields[index]
  return fields.length === count && numbers.every(isRead) ? make(numbers) : null
}

function withPairing(
  fields: readonly string[],
  make: (pairingId: string) => ButtonAction,
): ButtonAction | null {
  const [pairingId] = fields
  return fields.length === 1 && pairingId !== undefined && PAIRING_ID.test(pairingId) ? make(pairingId) : null
}
