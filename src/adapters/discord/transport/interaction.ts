import {
  type APIAllowedMentions,
  type APIApplicationCommandOptionChoice,
  type APIEmbed,
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord.js'

/** Who sees a message: only the person it answers (ephemeral), or everybody in the channel. */
export type Visibility = 'private' | 'everyone'

/** A message as the bot sends it. Nobody is ever pinged, whatever it says. */
export interface OutgoingMessage {
  readonly content?: string
  readonly embeds?: readonly APIEmbed[]
  /** Empty: an edit takes the old ones away. */
  readonly components?: readonly APIMessageTopLevelComponent[]
  /** Without {@link MessageFlags.Ephemeral}: see {@link Visibility}. */
  readonly flags?: number
  readonly allowed_mentions?: APIAllowedMentions
  readonly files?: readonly OutgoingFile[]
}

export interface OutgoingFile {
  readonly name: string
  readonly content: string | Buffer
}

/** What answers an interaction first; Discord waits three seconds for it. */
export type FirstResponse =
  /** A new message. */
  | { readonly kind: 'message'; readonly message: OutgoingMessage; readonly visibility: Visibility }
  /** Takes the place of the message that was pressed. */
  | { readonly kind: 'update'; readonly message: OutgoingMessage }
  /** "… is thinking": a message follows. */
  | { readonly kind: 'deferred'; readonly visibility: Visibility }
  /** Nothing changes yet: an update, or a message, may follow. */
  | { readonly kind: 'deferred update' }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  /** Suggestions for what is being typed; at most 25. */
  | { readonly kind: 'choices'; readonly choices: readonly APIApplicationCommandOptionChoice[] }

/** Where a message went. */
export interface Delivery {
  /** `channel`: the interaction was over, so it is a plain message of the bot's. */
  readonly to: 'interaction' | 'channel'
  /** Null: Discord does not say, as for first responses. {@link Interaction.original} finds out. */
  readonly messageId: string | null
}

/** What becomes of a message when nothing can be done with the interaction any more (after fifteen minutes). */
export interface Late {
  /** A plain message in the channel instead, unless it is private and others could read it there; else nothing. */
  readonly whenLate?: 'channel' | 'drop'
}

/** What somebody did, and the ways to answer. It is the same through the gateway and over HTTP. */
export interface Interaction {
  readonly raw: APIInteraction
  /**
   * Gives the first response. Where a deferral has gone out already, what was meant by this one follows it: an edit,
   * or one more message.
   *
   * @returns null when it went nowhere: too late, dealt with by another process, or a form after a deferral
   * @throws DiscordAPIError, HTTPError or a network failure when Discord refuses or cannot be reached
   */
  respond(response: FirstResponse, late?: Late): Promise<Delivery | null>
  /**
   * Changes the message of the first response, or the one that was pressed; where that is gone, sends one more.
   *
   * @returns null when it went nowhere
   * @throws Error when there has been no response yet; else as {@link respond}
   */
  edit(message: OutgoingMessage, late?: Late): Promise<Delivery | null>
  /** Sends one more message. Otherwise as {@link edit}. */
  followUp(message: OutgoingMessage, visibility: Visibility, late?: Late): Promise<Delivery | null>
  /** Takes the message of the first response away; that it is gone already does not matter. */
  deleteOriginal(): Promise<void>
  /** The message of the first response, or the one that was pressed; null: gone, or too late. */
  original(): Promise<APIMessage | null>
  /** The channel as such: works at any time, but only where the bot itself is. */
  readonly channel: {
    readonly id: string
    /** @throws DiscordAPIError when the bot may not write there (`isForbidden`); else as {@link respond} */
    send(message: OutgoingMessage): Promise<APIMessage>
  }
}

/** Deals with one interaction; failures are logged by who calls it. */
export type HandleInteraction = (interaction: Interaction) => Promise<void>

/** The deferral that fits when an answer takes longer than Discord waits; null: there is none but an empty answer. */
export function deferralFor({ type, message }: APIInteraction): FirstResponse {
  if (type === InteractionType.ApplicationCommandAutocomplete) return { kind: 'choices', choices: [] }
  return message === undefined ? { kind: 'deferred', visibility: 'private' } : { kind: 'deferred update' }
}

/** A first response as Discord takes it; files travel beside it. */
export function callbackOf(response: FirstResponse): APIInteractionResponse {
  switch (response.kind) {
    case 'message':
      return {
        type: InteractionResponseType.ChannelMessageWithSource,
        data: bodyOf(response.message, response.visibility),
      }
    case 'update':
      return { type: InteractionResponseType.UpdateMessage, data: bodyOf(response.message) }
    case 'deferred':
      return {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: response.visibility === 'private' ? { flags: MessageFlags.Ephemeral } : {},
      }
    case 'deferred update':
      return { type: InteractionResponseType.DeferredMessageUpdate }
    case 'modal':
      return { type: InteractionResponseType.Modal, data: response.modal }
    case 'choices':
      return {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: { choices: [...response.choices] },
      }
  }
}

/** A message as Discord takes it, without its files. It pings nobody, and is ephemeral only where that is said. */
export function bodyOf(
  { files: _files, embeds, components, flags = 0, ...rest }: OutgoingMessage,
  visibility: Visibility = 'everyone',
) {
  const isPrivate = visibility === 'private'
  return {
    ...rest,
    ...(embeds && { embeds: [...embeds] }),
    ...(components && { components: [...components] }),
    flags: isPrivate ? flags | MessageFlags.Ephemeral : flags & ~MessageFlags.Ephemeral,
    allowed_mentions: { parse: [] },
  }
}
