import {
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js'
import { SETTING_WORDS } from '../../../core/settings.ts'
import { isVisible } from './harmless.ts'
import { encodeInput, type ModalInput } from './input.ts'
import { shownLabel } from './labels.ts'
import { LIMITS } from './limits.ts'

/** The custom_id of the field: what was written is looked up by it. */
export const TEXT_FIELD = 'text'

const TITLE = { answer: 'Answer', setting: 'Setting', report: 'Report a mistake' } as const

/** What somebody could want to write at most; a setting is a word or two. */
const LENGTH = { answer: LIMITS.modalInput, setting: 100, report: 1000 } as const

/**
 * The modal to write in. Its custom_id is that of the button that opens it: `decodeInput` reads it back.
 *
 * @param question what the message with the button says, as its content is: the modal covers it on a phone; empty for
 *   nothing. Left out where it is too long for a modal.
 * @throws RangeError when a card's id could not be read back
 */
export function modalOf(input: ModalInput, question: string): APIModalInteractionResponseCallbackData {
  return {
    custom_id: encodeInput(input),
    title: TITLE[input.kind],
    components: [
      ...questionText(question),
      {
        type: ComponentType.Label,
        label: labelIn(input),
        component: {
          type: ComponentType.TextInput,
          custom_id: TEXT_FIELD,
          style: input.kind === 'report' ? TextInputStyle.Paragraph : TextInputStyle.Short,
          max_length: LENGTH[input.kind],
          required: true,
        },
      },
    ],
  }
}

/** A label that is too long gives way to that of its kind. */
function labelIn(input: ModalInput): string {
  const label = shownLabel(input.label)
  if (label.length <= LIMITS.modalLabel) return label
  return input.kind === 'setting' ? SETTING_WORDS[input.name].label : 'Write here'
}

function questionText(question: string): APITextDisplayComponent[] {
  if (!isVisible(question) || question.length > LIMITS.textDisplays) return []
  return [{ type: ComponentType.TextDisplay, content: question }]
}
