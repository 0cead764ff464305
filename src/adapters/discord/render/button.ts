import {
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { encodeAction } from '../../../core/actionCodec.ts'
import type { Button, Input, Link } from '../../../core/screen.ts'
import { encodeInput } from './input.ts'
import { type Listed, labelOf, shownLabel } from './labels.ts'
import { LIMITS } from './limits.ts'
import { buttonUrl } from './url.ts'

export type AnyButton = APIButtonComponentWithCustomId | APIButtonComponentWithURL

const WRITING_LABEL = {
  answer: 'Write your answer',
  setting: 'Write it',
  report: 'Write what is wrong',
  ownCard: 'Write the card',
} as const satisfies Record<Input['kind'], string>

/**
 * A button that asks something of the core.
 *
 * @param listed what stands in the text instead of on the button
 * @param isQuiet whether another button is the one that most people press
 */
export function actionButton(button: Button, listed: readonly Listed[], isQuiet: boolean): AnyButton {
  return {
    type: ComponentType.Button,
    style: styleOf(button, isQuiet),
    label: listed.find((one) => one.button === button)?.mark ?? labelOf(button),
    custom_id: encodeAction(button.action),
  }
}

/**
 * The button that opens a modal, since Discord shows a bot no text that is written under its messages. That of a card of
 * one's own is the core's button to edit it.
 */
export function writingButton(input: Input, isPrimary: boolean): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: isPrimary ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: WRITING_LABEL[input.kind],
    custom_id:
      input.kind === 'ownCard'
        ? encodeAction({ kind: 'editDraft', draftId: input.draftId })
        : encodeInput(input),
  }
}

/** A button that opens a page; null when Discord would not take it. */
export function pageButton({ label, url }: Link): AnyButton | null {
  const accepted = buttonUrl(url)
  const words = shownLabel(label)
  if (accepted === null || words.length > LIMITS.buttonLabel) return null
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: words, url: accepted }
}

function styleOf({ action, weight }: Button, isQuiet: boolean): APIButtonComponentWithCustomId['style'] {
  if (action.kind === 'forget') return ButtonStyle.Danger
  return weight === 'primary' && !isQuiet ? ButtonStyle.Primary : ButtonStyle.Secondary
}
