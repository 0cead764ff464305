import { type APIStringSelectComponent, ComponentType } from 'discord.js'
import { encodeAction } from '../../../core/actionCodec.ts'
import type { Button } from '../../../core/screen.ts'
import { type Listed, labelOf } from './labels.ts'
import { LIMITS } from './limits.ts'
import { evenly } from './rows.ts'

/** From what stays to what goes when there is no room. */
const WEIGHTS: readonly Button['weight'][] = ['primary', 'normal', 'quiet']

/** What is picked in a menu whose custom_id begins so is read with the core's `decodeAction`. */
export const MENU_PREFIX = 'menu:'

export interface Menus {
  readonly menus: APIStringSelectComponent[]
  /** What they hold, in its order. */
  readonly entries: readonly Button[]
  /** Entries whose words are too long for a menu. */
  readonly listed: readonly Listed[]
  /** How many buttons there was no room for. */
  readonly leftOut: number
}

/**
 * Menus to pick from instead of buttons.
 *
 * @param rows how many menus there is room for
 */
export function menusOf(buttons: readonly Button[], rows: number): Menus {
  const entries = mostImportant(buttons, rows * LIMITS.selectOptions)
  const listed = entries
    .filter((button) => labelOf(button).length > LIMITS.selectOptionLabel)
    .map((button, index) => ({ button, mark: String(index + 1) }))
  const wordsOf = (button: Button) => listed.find((one) => one.button === button)?.mark ?? labelOf(button)
  const pieces = evenly(entries, LIMITS.selectOptions)
  const menus = pieces.map(
    (piece, index): APIStringSelectComponent => ({
      type: ComponentType.StringSelect,
      custom_id: `${MENU_PREFIX}${index}`,
      placeholder: pieces.length === 1 ? invitationTo(piece) : rangeOf(piece.map(wordsOf)),
      options: piece.map((button) => ({ label: wordsOf(button), value: encodeAction(button.action) })),
    }),
  )
  return { menus, entries, listed, leftOut: buttons.length - entries.length }
}

function invitationTo(entries: readonly Button[]): string {
  return entries.every(({ action }) => 'deckId' in action) ? 'Pick a deck' : 'Pick one'
}

/** What a menu holds, by its first and its last entry. */
function rangeOf(words: readonly string[]): string {
  const range = `${headOf(words[0])} … ${headOf(words.at(-1))}`
  return range.length <= LIMITS.selectPlaceholder ? range : 'Pick one'
}

/** What an entry is about, without its details. */
function headOf(words = ''): string {
  return words.split(' · ')[0] ?? words
}

/** Those for which there is room: the quiet ones go first, of these the last. */
function mostImportant(buttons: readonly Button[], room: number): Button[] {
  const kept = new Set(
    [...buttons].sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight)).slice(0, room),
  )
  return buttons.filter((button) => kept.has(button))
}
