import { type Identity, PLATFORM_NAME, type Platform } from '../learner.ts'
import { clockTime, localTimeAt } from '../localTime.ts'
import {
  CODE_MINUTES,
  type CodeRefusal,
  type Dropping,
  type Pairing,
  type PairingKind,
  type PairingSide,
  showCode,
} from '../pairingStore.ts'
import { type Block, type Button, privateScreen, type Screen } from '../screen.ts'
import { count } from '../words.ts'

/** Whose clock the times on a screen are read off. */
interface Reader {
  readonly timeZone: string
}

const STUDY: Button = { label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }
const NEW_CODE: Button = { label: 'Show a code', action: { kind: 'link', code: null }, weight: 'primary' }

/** Shows a code, and says where to enter it. */
export function codeScreen(code: string, pairing: Pairing, reader: Reader, notice: string | null): Screen {
  const where = {
    person: `Write this to me on another platform, as yourself: /link ${showCode(code)}`,
    team: `Somebody who may manage the other server or group writes there: /team join ${showCode(code)}`,
  }
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: showCode(code) },
      plain(where[pairing.kind]),
      plain('Then press Confirm, here and there. You will see first with whom it is.'),
      { kind: 'note', text: `The code works once, until ${timeOf(pairing.expiresAt, reader)}.` },
    ],
    // The code stands for the pairing here: pressed too early, it can be shown again, since it is stored nowhere.
    buttons: [buttons(pairing.kind, code.toLowerCase())],
  })
}

/** Shows who would be joined, and what is still missing. */
export function confirmScreen(pairing: Pairing, reader: Reader, notice: string | null): Screen {
  const { kind, other, confirmed, otherConfirmed } = pairing
  if (other === null) throw new Error(`pairing ${pairing.id} has no other side to show`)
  const missing = [...(confirmed ? [] : ['yours here']), ...(otherConfirmed ? [] : [`the one ${at(other)}`])]
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: kind === 'person' ? 'Join these accounts?' : 'Join these places?' },
      plain(whoIs(pairing, other, reader)),
      ...WHAT_IT_MEANS[kind].map(plain),
      plain(`Still missing: ${missing.join(', and ')}. Each presses Confirm.`),
      { kind: 'note', text: `It has to be done by ${timeOf(pairing.expiresAt, reader)}.` },
    ],
    buttons: [confirmed ? [drop(kind, pairing.id)] : buttons(kind, pairing.id)],
  })
}

const WHAT_IT_MEANS: Readonly<Record<PairingKind, readonly string[]>> = {
  person: [
    'They become one memory: each card goes on from where you know it better, and an answer counts in both. Reminders come in one of them. /unlink separates them again.',
    'Confirm only if both are you.',
  ],
  team: ['They become one team: one leaderboard, and the same cards in the daily quiz.'],
}

function whoIs({ kind, showedCode }: Pairing, other: PairingSide, reader: Reader): string {
  const how = showedCode ? `The code was entered ${at(other)}` : `The code comes from ${nameOf(other)}`
  if (kind === 'team' || other.studied === null) return `${how}.`
  const { cards, since } = other.studied
  const whom = `an account with ${count(cards, 'card')} answered, known since ${localTimeAt(since, reader.timeZone).date}`
  return `${how}: ${whom}.`
}

/** "on Discord", "in the terminal", "in Helm study (Telegram)". */
function at(side: PairingSide): string {
  return side.placeId === null && side.platform !== 'terminal' ? `on ${nameOf(side)}` : `in ${nameOf(side)}`
}

function nameOf({ platform, placeId, name }: PairingSide): string {
  if (placeId === null) return PLATFORM_NAME[platform]
  return name === null ? PLACE_NAME[platform] : `${name} (${PLATFORM_NAME[platform]})`
}

const PLACE_NAME: Readonly<Record<Platform, string>> = {
  terminal: 'the terminal',
  telegram: 'a Telegram group',
  discord: 'a Discord server',
}

/** The two are one. */
export function joinedScreen(kind: PairingKind): Screen {
  const words = {
    person: 'Joined: what you answer here counts there as well, and the other way round.',
    team: 'Joined: both places are one team now.',
  }
  return privateScreen({
    blocks: [plain(words[kind])],
    buttons: kind === 'person' ? [[STUDY]] : [],
  })
}

/** A code does not work. */
export function refusedScreen(kind: PairingKind, reason: CodeRefusal | 'unreadable'): Screen {
  return privateScreen({
    blocks: [plain(REFUSALS[kind][reason])],
    buttons: kind === 'person' ? [[NEW_CODE]] : [],
  })
}

const WRONG = `That code does not work: it may be mistyped, or used already. A code works for ${CODE_MINUTES} minutes.`
const EXPIRED = `That code has expired: it works for ${CODE_MINUTES} minutes. Ask for a new one.`
const UNREADABLE = 'A code looks like K7QF-93XM: eight letters and digits.'

const REFUSALS: Readonly<Record<PairingKind, Readonly<Record<CodeRefusal | 'unreadable', string>>>> = {
  person: {
    wrong: WRONG,
    expired: EXPIRED,
    unreadable: UNREADABLE,
    own: 'That is a code of this very account: enter it on the other platform, unless the two are one already.',
    samePlatform: 'That code was shown on this platform as well: accounts on two platforms can be joined.',
  },
  team: {
    wrong: WRONG,
    expired: EXPIRED,
    unreadable: UNREADABLE,
    own: 'That code is of this very team: enter it in the place that is to join.',
    samePlatform: WRONG,
  },
}

/** Too many wrong codes. */
export function blockedScreen(until: Date, reader: Reader): Screen {
  return privateScreen({ blocks: [plain(`Too many wrong codes. Try again at ${timeOf(until, reader)}.`)] })
}

/** There is no such pairing any more. */
export function goneScreen(kind: PairingKind): Screen {
  const words = 'That code has expired or was given up. Nothing was joined.'
  return privateScreen({ blocks: [plain(words)], buttons: kind === 'person' ? [[NEW_CODE]] : [] })
}

/** What came of giving a pairing up. */
export function dropScreen(kind: PairingKind, dropping: Dropping): Screen {
  switch (dropping) {
    case 'dropped':
      return privateScreen({
        blocks: [plain('Given up: nothing was joined, and the code does not work any more.')],
      })
    case 'joined':
      return privateScreen({
        blocks: [plain(TOO_LATE[kind])],
        buttons: kind === 'person' ? [[STUDY]] : [],
      })
    case 'gone':
      return goneScreen(kind)
  }
}

const TOO_LATE: Readonly<Record<PairingKind, string>> = {
  person: 'Too late to give up: the accounts are joined already. /unlink separates them again.',
  team: 'Too late to give up: the places are one team already. /team leave takes this one out again.',
}

/** Asks before an account is separated. */
export function askUnlinkScreen(asking: Identity, identities: readonly Identity[]): Screen {
  const others = identities.filter((one) => one !== asking && !isSame(one, asking))
  const rest = [...new Set(others.map(({ platform }) => PLATFORM_NAME[platform]))].join(' and ')
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Separate this account?' },
      plain(
        `Both sides keep what you know and your settings. From then on answers here count here only. The history, the streak, the points and your own cards stay with ${rest}.`,
      ),
    ],
    buttons: [
      [{ ...STUDY, label: 'Keep them joined' }],
      [{ label: 'Separate', action: { kind: 'unlink' }, weight: 'quiet' }],
    ],
  })
}

/** The account is one of its own. */
export function unlinkedScreen({ platform }: Identity): Screen {
  return privateScreen({
    blocks: [
      plain(
        `Separated: you know the same cards as before, and from now on ${PLATFORM_NAME[platform]} counts by itself.`,
      ),
    ],
    buttons: [[STUDY]],
  })
}

/** There is nothing to separate. */
export function onlyOneScreen(): Screen {
  return privateScreen({
    blocks: [plain('This account is not joined with another one.')],
    buttons: [[STUDY, { ...NEW_CODE, label: 'Join one', weight: 'normal' }]],
  })
}

function buttons(kind: PairingKind, pairingId: string): Button[] {
  const confirm = kind === 'person' ? 'confirmPairing' : 'confirmTeam'
  return [
    { label: 'Confirm', action: { kind: confirm, pairingId }, weight: 'primary' },
    drop(kind, pairingId),
  ]
}

function drop(kind: PairingKind, pairingId: string): Button {
  const give = kind === 'person' ? 'dropPairing' : 'dropTeam'
  return { label: 'Give up', action: { kind: give, pairingId }, weight: 'quiet' }
}

/** The first whole minute that is not before it, on the person's clock. */
function timeOf(instant: Date, { timeZone }: Reader): string {
  const MINUTE = 60_000
  return clockTime(
    localTimeAt(new Date(Math.ceil(instant.getTime() / MINUTE) * MINUTE), timeZone).minuteOfDay,
  )
}

function isSame(a: Identity, b: Identity): boolean {
  return a.platform === b.platform && a.externalId === b.externalId
}

function plain(text: string): Block {
  return { kind: 'plain', text }
}
