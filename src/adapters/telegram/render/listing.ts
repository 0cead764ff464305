import { type Button, isChoice } from '../../../core/screen.ts'
import { harmlessLine, isVisible } from './harmless.ts'
import { plainLine } from './markdown.ts'
import { fitInRow } from './rows.ts'

/** A button whose label is in the text, since a phone would cut it. */
export interface Listed {
  readonly button: Button
  /** What the button bears instead: a letter, a number, or the head of its label. */
  readonly mark: string
  /** Whether the mark stands before the label in the text; a head needs none. */
  readonly isNumbered: boolean
}

/** Between what a label is about and its details ("Helm · 12 due"). */
const DETAILS = ' · '

/** In place of a label with nothing to see, which Telegram refuses. */
const NO_LABEL = '…'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** What a button says, as plain text on one line. */
export function labelOf({ label, action }: Button): string {
  // What is chosen from is card text; every other label is plain.
  return shownLabel(isChoice(action) ? plainLine(label) : label)
}

/** Plain text as a button can bear it. */
export function shownLabel(label: string): string {
  const text = harmlessLine(label).trim()
  return isVisible(text) ? text : NO_LABEL
}

/**
 * Which buttons have to say in the text what they do, since a phone would cut their labels. When one entry of a list
 * is too long, all of its entries go there.
 *
 * @returns in the order of the buttons: letters for choices, else numbers; one that is alone bears its label's head
 */
export function listedOf(rows: readonly (readonly Button[])[]): Listed[] {
  const isList = rows.some((row) => isEntry(row) && !fitInRow(row.map(labelOf)))
  const buttons = rows.flatMap((row) =>
    row.filter((button, index) => (isList && index === 0 && isEntry(row)) || !fitInRow([labelOf(button)])),
  )
  const [only] = buttons
  if (only !== undefined && buttons.length === 1) {
    const { head, details } = partsOfLabel(only)
    if (details !== '' && fitInRow([head])) return [{ button: only, mark: head, isNumbered: false }]
  }
  const isLettered = buttons.length <= LETTERS.length && buttons.every(({ action }) => isChoice(action))
  return buttons.map((button, index) => ({
    button,
    mark: isLettered ? LETTERS.charAt(index) : String(index + 1),
    isNumbered: true,
  }))
}

/** What a label is about, and its details with what stands between; empty where there are none. */
export function partsOfLabel(button: Button): { head: string; details: string } {
  const text = labelOf(button)
  const at = text.indexOf(DETAILS)
  return at < 0 ? { head: text, details: '' } : { head: text.slice(0, at), details: text.slice(at) }
}

/** An entry of a list: what it is about, and beside it what else can be done with it. */
export function isEntry([first, ...others]: readonly Button[]): boolean {
  return first?.weight === 'normal' && others.every(({ weight }) => weight === 'quiet')
}
