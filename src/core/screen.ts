import type { Action, CardRef, TextAction } from './action.ts'
import type { SettingName } from './settings.ts'

/** One part of a screen. Adapters decide how it looks on their platform. */
export type Block =
  /** A title; plain text. */
  | { readonly kind: 'heading'; readonly text: string }
  /** Text from the notes: inline Markdown. */
  | { readonly kind: 'markdown'; readonly markdown: string }
  /** The right answer: inline Markdown. */
  | { readonly kind: 'answer'; readonly markdown: string }
  /** Text that means nothing but itself, such as what a person typed. */
  | { readonly kind: 'plain'; readonly text: string }
  /** Said in a lower voice: where a card comes from, what a key does; plain text. */
  | { readonly kind: 'note'; readonly text: string }
  /** Rows of short cells, aligned in columns; plain text. */
  | {
      readonly kind: 'table'
      /**
       * What the columns are called, where that has to be said. The first two tell which row it is: where there is no
       * room for columns, the other cells stand below them, each with its name.
       */
      readonly header?: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  /** How far the session is. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }

/** What a press on a button asks of the core. */
export interface Button {
  /** Plain text; for a choice of a question ({@link isChoice}) inline Markdown. */
  readonly label: string
  readonly action: Action
  /** `primary` is what most people press here; `quiet` is beside the point of the screen. */
  readonly weight: 'primary' | 'normal' | 'quiet'
}

/** What text written under the screen is taken for; null in {@link Screen.input} when it is not expected. */
export type Input =
  | { readonly kind: 'answer'; readonly ref: CardRef; readonly label: string }
  /** `first`: asked on the way to a person's first card, which comes next. */
  | { readonly kind: 'setting'; readonly name: SettingName; readonly label: string; readonly first: boolean }
  | { readonly kind: 'report'; readonly ref: CardRef; readonly label: string }
  /** A card of the person's own, as it stands: two fields, or the prompt on the first line and the answer below. */
  | {
      readonly kind: 'ownCard'
      readonly draftId: string
      readonly prompt: string
      readonly answer: string
      readonly label: string
    }

/** A button that opens a page. */
export interface Link {
  readonly label: string
  /** Absolute, https or http. */
  readonly url: string
}

/** What a person sees after each request: the core chooses words and buttons, adapters draw them. */
export interface Screen {
  /** One line about the request just made ("Already answered."), shown above or as a toast; null for none. */
  readonly notice: string | null
  readonly blocks: readonly Block[]
  readonly buttons: readonly (readonly Button[])[]
  readonly links: readonly Link[]
  readonly input: Input | null
  readonly visibility: 'private' | 'everyone'
}

/** A private screen; parts left out are empty. */
export function privateScreen(parts: Partial<Omit<Screen, 'visibility'>>): Screen {
  return { notice: null, blocks: [], buttons: [], links: [], input: null, ...parts, visibility: 'private' }
}

/** Whether a button is one of the choices of a question: its label is inline Markdown. */
export function isChoice(action: Action): boolean {
  return action.kind === 'choose' || action.kind === 'catchUpAnswer'
}

/** What text written under a screen asks of the core. */
export function requestOf(input: Input, text: string): TextAction {
  switch (input.kind) {
    case 'answer':
      return { kind: 'type', ref: input.ref, text }
    case 'setting':
      return { kind: 'set', name: input.name, text, first: input.first }
    case 'report':
      return { kind: 'report', ref: input.ref, text }
    case 'ownCard': {
      const [prompt = '', ...answer] = text.trim().split('\n')
      return { kind: 'draftCard', prompt, answer: answer.join('\n'), link: null, draftId: input.draftId }
    }
  }
}
