import type { Grade } from './grade.ts'
import type { SettingName } from './settings.ts'

/** The card a button belongs to, at the review count it was shown at. */
export interface CardRef {
  readonly cardId: string
  readonly reviewCount: number
  /** The session is about this card's deck only. */
  readonly onlyDeck: boolean
}

/** What a button asks. All that a press needs is in it: no session lives in a process. */
export type ButtonAction =
  | { readonly kind: 'study'; readonly deckId: string | null }
  | { readonly kind: 'show'; readonly ref: CardRef }
  | { readonly kind: 'grade'; readonly ref: CardRef; readonly grade: Grade }
  /** Grades the card's latest answer of this study day anew. */
  | { readonly kind: 'regrade'; readonly ref: CardRef; readonly grade: Grade }
  /** `choice` is the {@link choiceKey} of the text chosen, so that it survives another order. */
  | { readonly kind: 'choose'; readonly ref: CardRef; readonly choice: string }
  | { readonly kind: 'why'; readonly ref: CardRef }
  | { readonly kind: 'suspend'; readonly ref: CardRef }
  | { readonly kind: 'resume'; readonly ref: CardRef }
  /** Takes back the answer given to the card as `ref` shows it, if it is still the latest; null: whatever is the latest. */
  | { readonly kind: 'undo'; readonly ref: CardRef | null }
  | { readonly kind: 'summary' }
  | { readonly kind: 'decks' }
  | { readonly kind: 'enrol'; readonly deckId: string }
  | { readonly kind: 'askLeave' }
  | { readonly kind: 'leave'; readonly deckId: string }
  | { readonly kind: 'settings' }
  | { readonly kind: 'askSetting'; readonly name: SettingName }
  /** Gives a setting a value. `first`: on the way to a person's first card. */
  | { readonly kind: 'pick'; readonly name: SettingName; readonly value: string; readonly first: boolean }
  /** Joins a deck, or all of them (null), and asks a new person what is needed to begin. */
  | { readonly kind: 'begin'; readonly deckId: string | null }
  | { readonly kind: 'stats' }
  | { readonly kind: 'askReport'; readonly ref: CardRef }
  | { readonly kind: 'snooze' }
  | { readonly kind: 'askForget' }
  | { readonly kind: 'confirmForget' }
  | { readonly kind: 'forget' }
  | { readonly kind: 'keepDraft'; readonly draftId: string }
  | { readonly kind: 'dropDraft'; readonly draftId: string }
  /** Asks for the prompt and the answer anew. */
  | { readonly kind: 'editDraft'; readonly draftId: string }
  /** Makes up privately for what one has missed of a daily quiz. */
  | { readonly kind: 'catchUp'; readonly roundId: number }
  /** `choice` is the index of the choice: a round keeps its choices. */
  | {
      readonly kind: 'catchUpAnswer'
      readonly roundId: number
      readonly position: number
      readonly choice: number
    }
  /** Shows a code that joins this account with one on another platform. */
  | { readonly kind: 'link'; readonly code: null }
  | { readonly kind: 'confirmPairing'; readonly pairingId: string }
  | { readonly kind: 'dropPairing'; readonly pairingId: string }
  | { readonly kind: 'askUnlink' }
  | { readonly kind: 'unlink' }
  /** Joins two places of a team: not for `handle`, since the platform must be asked first who may do so. */
  | { readonly kind: 'confirmTeam'; readonly pairingId: string }
  /** Gives that up; not for `handle` either. */
  | { readonly kind: 'dropTeam'; readonly pairingId: string }

/** A person writes a card of their own; it becomes one when they keep it. Texts are plain, not Markdown. */
export interface DraftCardAction {
  readonly kind: 'draftCard'
  readonly prompt: string
  readonly answer: string
  /** The message it is made from, absolute, https or http; anything else counts as null. */
  readonly link: string | null
  /** The draft that is written anew; its link stays. Left out for a new one. */
  readonly draftId?: string
}

/** What a person writes: an answer to a card, a new value of a setting, a mistake in a card, a card of their own. */
export type TextAction =
  | { readonly kind: 'type'; readonly ref: CardRef; readonly text: string }
  | { readonly kind: 'set'; readonly name: SettingName; readonly text: string; readonly first: boolean }
  | { readonly kind: 'report'; readonly ref: CardRef; readonly text: string }
  | DraftCardAction

/** What a platform asks by itself: a person opens the bot, perhaps by a link to a deck. */
export type OpeningAction = { readonly kind: 'welcome'; readonly deckId: string | null }

/** A person enters the code that they were shown on another platform, as they wrote it; null: shows one. */
export type LinkAction = { readonly kind: 'link'; readonly code: string | null }

export type Action = ButtonAction
export type Request = ButtonAction | TextAction | OpeningAction | LinkAction
