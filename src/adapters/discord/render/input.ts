import { decodeAction, encodeAction } from '../../../core/actionCodec.ts'
import type { Input } from '../../../core/screen.ts'
import { SETTING_WORDS } from '../../../core/settings.ts'

/** What is written in a modal with one field; a card of one's own needs two. */
export type ModalInput = Exclude<Input, { kind: 'ownCard' }>

/** No action of the core begins so: a press on it opens a modal, and the modal carries it back. */
const PREFIX = 'w:'

/** At the end, for a setting that is asked for on the way to a person's first card. */
const FIRST = ':first'

/**
 * Writes what text is taken for as the custom_id of the button that opens a modal, and of the modal itself. Inside of it
 * is the core's own action with the same card or setting, so that it is read back as strictly.
 *
 * @returns at most 72 characters
 * @throws RangeError when a card's id could not be read back
 */
export function encodeInput(input: ModalInput): string {
  switch (input.kind) {
    case 'answer':
      return PREFIX + encodeAction({ kind: 'show', ref: input.ref })
    case 'report':
      return PREFIX + encodeAction({ kind: 'askReport', ref: input.ref })
    case 'setting':
      return PREFIX + encodeAction({ kind: 'askSetting', name: input.name }) + (input.first ? FIRST : '')
  }
}

/**
 * Reads a custom_id, which is user input: anything that {@link encodeInput} would not write gives null.
 *
 * @param customId as it came from Discord, of any length
 */
export function decodeInput(customId: string): ModalInput | null {
  if (!customId.startsWith(PREFIX)) return null
  const first = customId.endsWith(FIRST)
  const action = decodeAction(customId.slice(PREFIX.length, first ? -FIRST.length : undefined))
  if (action?.kind === 'askSetting') {
    const { name } = action
    return { kind: 'setting', name, label: SETTING_WORDS[name].label, first }
  }
  if (first) return null
  if (action?.kind === 'show') return { kind: 'answer', ref: action.ref, label: 'Your answer' }
  if (action?.kind === 'askReport') return { kind: 'report', ref: action.ref, label: 'What is wrong' }
  return null
}
