import {
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmitInteraction,
  ComponentType,
  TextInputStyle,
} from 'discord.js'
import type { DraftCardAction } from '../../core/action.ts'
import { ANSWER_MAX_LENGTH, PROMPT_MAX_LENGTH } from '../../core/ownCard.ts'
import { fieldsOf } from './modalFields.ts'

const NEW = /^card:new:(\d{1,20})$/
const EDIT = /^card:edit:([a-z0-9]{1,16})$/

/** What a card is made from, or written anew. */
export type CardOrigin =
  | { readonly kind: 'message'; readonly messageId: string }
  | { readonly kind: 'draft'; readonly draftId: string }

/** The form for a card of one's own. */
export function cardModal(
  origin: CardOrigin,
  text: { readonly prompt: string; readonly answer: string },
): APIModalInteractionResponseCallbackData {
  const id = origin.kind === 'message' ? `new:${origin.messageId}` : `edit:${origin.draftId}`
  return {
    custom_id: `card:${id}`,
    title: 'Make a card',
    components: [
      field('prompt', 'Question', text.prompt, PROMPT_MAX_LENGTH),
      field('answer', 'Answer', text.answer, ANSWER_MAX_LENGTH),
    ],
  }
}

function field(id: string, label: string, value: string, maxLength: number) {
  const kept = value.slice(0, maxLength).toWellFormed()
  return {
    type: ComponentType.Label as const,
    label,
    component: {
      type: ComponentType.TextInput as const,
      custom_id: id,
      style: TextInputStyle.Paragraph,
      max_length: maxLength,
      required: true,
      ...(kept.trim() === '' ? {} : { value: kept }),
    },
  }
}

/** What was written into the form; null when the interaction is about something else. */
export function cardOf(interaction: APIModalSubmitInteraction): DraftCardAction | null {
  const { custom_id } = interaction.data
  const messageId = NEW.exec(custom_id)?.[1]
  const draftId = EDIT.exec(custom_id)?.[1]
  if (messageId === undefined && draftId === undefined) return null
  const fields = fieldsOf(interaction)
  const texts = { prompt: fields.get('prompt') ?? '', answer: fields.get('answer') ?? '' }
  if (draftId !== undefined) return { kind: 'draftCard', ...texts, link: null, draftId }
  const place = `${interaction.guild_id ?? '@me'}/${interaction.channel?.id ?? ''}/${messageId}`
  return { kind: 'draftCard', ...texts, link: `https://discord.com/channels/${place}` }
}
