import {
  type APIApplicationCommandOptionChoice,
  type APIMessageComponentInteraction,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmitInteraction,
  ChannelType,
  MessageFlags,
} from 'discord.js'
import type { Screen } from '../../core/screen.ts'
import { type MessageBody, messageBody } from './render/body.ts'
import { renderScreen } from './render/render.ts'
import type { Visibility } from './transport/interaction.ts'

/** A file that goes with a message. */
export interface AttachedFile {
  readonly name: string
  readonly content: string
}

/** What the bot makes of an interaction, apart from how it is sent. */
export type Answer =
  /** Several where it is long; the first is the response, the others follow. */
  | {
      readonly kind: 'message'
      readonly bodies: readonly MessageBody[]
      readonly visibility: Visibility
      readonly file?: AttachedFile
    }
  /** In the place of the message that was pressed. */
  | { readonly kind: 'update'; readonly bodies: readonly MessageBody[] }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'choices'; readonly choices: readonly APIApplicationCommandOptionChoice<string>[] }

/** How a screen is shown: as a new message, or in the place of the one that was pressed. */
export type Showing = 'message' | 'update'

/** A screen as an answer; a new message is for those whom the screen is for. */
export function screenAnswer(screen: Screen, showing: Showing): Answer {
  // A card of one's own is written in a modal that its buttons open by themselves.
  const shown = screen.input?.kind === 'ownCard' ? { ...screen, input: null } : screen
  const bodies = renderScreen(shown).messages
  return showing === 'update'
    ? { kind: showing, bodies }
    : { kind: showing, bodies, visibility: screen.visibility }
}

/** One line for the person alone. */
export function lineAnswer(text: string): Answer {
  return { kind: 'message', bodies: [messageBody(text)], visibility: 'private' }
}

/**
 * What only one person sees is changed in its place; what everybody sees stays, and is answered by a message for the
 * eyes of who pressed it.
 */
export function showingOf({
  message,
  channel,
}: APIMessageComponentInteraction | APIModalSubmitInteraction): Showing {
  if (message === undefined) return 'message'
  const isPrivate = channel?.type === ChannelType.DM || ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  return isPrivate ? 'update' : 'message'
}
