import type { APIApplicationCommandOptionChoice, APIModalInteractionResponseCallbackData } from 'discord.js'
import type { Screen } from '../../core/screen.ts'
import { type MessageBody, messageBody } from './render/body.ts'
import { renderScreen } from './render/render.ts'

/** A file that goes with a message. */
export interface AttachedFile {
  readonly name: string
  readonly content: string
}

/** What the bot makes of an interaction, apart from how it is sent. */
export type Answer =
  /** Only the person sees it. Several where it is long; the first is the response, the others follow. */
  | { readonly kind: 'message'; readonly bodies: readonly MessageBody[]; readonly file?: AttachedFile }
  /** In the place of the message that was pressed. */
  | { readonly kind: 'update'; readonly bodies: readonly MessageBody[] }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'choices'; readonly choices: readonly APIApplicationCommandOptionChoice<string>[] }

/** A screen for the person alone: new, or in the place of the message they pressed. */
export function screenAnswer(screen: Screen, pressed: boolean): Answer {
  // A card of one's own is written in a modal that its buttons open by themselves.
  const shown = screen.input?.kind === 'ownCard' ? { ...screen, input: null } : screen
  return { kind: pressed ? 'update' : 'message', bodies: renderScreen(shown).messages }
}

/** One line for the person alone. */
export function lineAnswer(text: string): Answer {
  return { kind: 'message', bodies: [messageBody(text)] }
}
