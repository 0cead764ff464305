import { isChoice as asksChoice, type Button } from '../../../core/screen.ts'
import { harmlessLine, isVisible } from './harmless.ts'
import { LIMITS } from './limits.ts'
import { plainLine } from './runs.ts'

/** A button whose label is in the text, since the button has no room for it. */
export interface Listed {
  readonly button: Button
  /** What the button bears instead: a letter for a choice, else a number. */
  readonly mark: string
}

/** So many characters of a label a phone of 360 dp shows in a row of its own; Discord cuts the others there. */
const PHONE_LABEL = 38

/** In place of a label with nothing to see, which Discord refuses. */
const NO_LABEL = '…'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** A label is looked at several times while a screen is laid out, and parsing is what takes long. */
const labels = new WeakMap<Button, string>()

/** What a button says, as plain text on one line. */
export function labelOf(button: Button): string {
  const known = labels.get(button)
  if (known !== undefined) return known
  // What is chosen from is card text; every other label is plain.
  const label = shownLabel(isChoice(button) ? plainLine(button.label) : button.label)
  labels.set(button, label)
  return label
}

/** Plain text as a button can bear it; can be too long. */
export function shownLabel(label: string): string {
  const text = harmlessLine(label).trim()
  return isVisible(text) ? text : NO_LABEL
}

/** Marks for choices, in their order: A, B, C, and after Z numbers. */
export function choiceMark(index: number): string {
  return LETTERS.charAt(index) || String(index + 1)
}

/** Whether choices have to be read in the text: a phone would cut one of them. */
export function areListed(choices: readonly string[]): boolean {
  return choices.some((choice) => choice.length > PHONE_LABEL)
}

/**
 * Which buttons have to say in the text what they do: all choices when one of them is too long for a phone, and every
 * label that Discord would refuse.
 */
export function listedOf(buttons: readonly Button[]): Listed[] {
  const choices = buttons.filter(isChoice)
  if (areListed(choices.map(labelOf))) {
    return [
      ...choices.map((button, index) => ({ button, mark: choiceMark(index) })),
      ...numbered(buttons.filter((button) => !isChoice(button))),
    ]
  }
  return numbered(buttons)
}

export function isChoice({ action }: Button): boolean {
  return asksChoice(action)
}

function numbered(buttons: readonly Button[]): Listed[] {
  return buttons
    .filter((button) => labelOf(button).length > LIMITS.buttonLabel)
    .map((button, index) => ({ button, mark: String(index + 1) }))
}
