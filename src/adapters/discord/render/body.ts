import { type APIAllowedMentions, MessageFlags } from 'discord.js'
import type { Row } from './buttons.ts'

/** A message as Discord's API takes it, to be sent or to take the place of another. */
export interface MessageBody {
  readonly content: string
  /** Empty rather than left out: an edit takes old buttons away. */
  readonly components: Row[]
  readonly allowed_mentions: APIAllowedMentions
  readonly flags: MessageFlags.SuppressEmbeds
}

/** A body that calls nobody and shows no previews. */
export function messageBody(content: string, components: Row[] = []): MessageBody {
  return { content, components, allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressEmbeds }
}
