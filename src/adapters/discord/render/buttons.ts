import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { encodeAction } from '../../../core/actionCodec.ts'
import type { Button, Input, Link, Screen } from '../../../core/screen.ts'
import { type AnyButton, actionButton, pageButton, writingButton } from './button.ts'
import { isChoice, type Listed, labelOf, listedOf } from './labels.ts'
import { LIMITS } from './limits.ts'
import { menusOf } from './menu.ts'
import { broken, packed } from './rows.ts'

/** Up to so many characters a label leaves room for others beside it on a desktop. */
const SHORT_LABEL = 24

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

/** A screen's buttons as Discord takes them, and what has to be said about them in the text. */
export interface Components {
  readonly rows: Row[]
  /** Buttons that bear only a mark. */
  readonly listed: readonly Listed[]
  /** What the menus hold: they are closed at first. */
  readonly inMenus: readonly Button[]
  /** Links that Discord takes in no button. */
  readonly links: readonly Link[]
  /** How many buttons there was no room for. */
  readonly leftOut: number
}

/**
 * Lays out a screen's buttons in at most five rows; where they need more, what is picked from goes into menus. Buttons
 * that ask the same are one, since Discord takes no custom_id twice.
 *
 * @throws RangeError when an action cannot be encoded, see {@link encodeAction}
 */
export function componentsOf({ buttons, links: pages, input }: Screen): Components {
  const rows = withoutRepeats(buttons, input)
  const all = rows.flat()
  const links = pages.filter((page, index) => !isButton(page, index))
  const isWritingPrimary = input?.kind !== 'setting' || all.every(({ weight }) => weight === 'quiet')
  const drawn = (inner: readonly (readonly Button[])[], listed: readonly Listed[]): AnyButton[][] => {
    const isQuiet = input !== null && isWritingPrimary
    const isLastQuiet = inner.at(-1)?.every(({ weight }) => weight === 'quiet') ?? false
    const made = inner.map((row) => row.map((button) => actionButton(button, listed, isQuiet)))
    const written = input === null ? made : withWriting(made, input, isWritingPrimary, isLastQuiet)
    return packed(withPages(broken(written), pages.filter(isButton).map(pageButton)), isPackable)
  }

  const listed = listedOf(all)
  const asButtons = drawn(choicesTogether(rows, listed), listed)
  if (asButtons.length <= LIMITS.rows) {
    return { rows: asButtons.map(rowOf), listed, inMenus: [], links, leftOut: 0 }
  }
  const beside = drawn(
    rows.map((row) => row.filter((button) => !isPicked(button))),
    [],
  )
  const some = menusOf(all.filter(isPicked), Math.max(0, LIMITS.rows - beside.length))
  const isEnough = some.leftOut === 0 && some.menus.length + beside.length <= LIMITS.rows
  const around = isEnough ? beside : drawn([], [])
  const { menus, entries, ...rest } = isEnough ? some : menusOf(all, LIMITS.rows - around.length)
  return {
    rows: [...menus.map((menu) => rowOf([menu])), ...around.map(rowOf)],
    inMenus: entries,
    links,
    ...rest,
  }
}

function rowOf(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components }
}

/** What most people press stays by itself. */
function isPackable({ label = '', style }: AnyButton): boolean {
  return label.length <= SHORT_LABEL && style !== ButtonStyle.Primary
}

/** Without rows that have become empty. */
function withoutRepeats(rows: readonly (readonly Button[])[], input: Input | null): Button[][] {
  const seen = new Set(input === null ? [] : [writingButton(input, false).custom_id])
  return rows
    .map((row) =>
      row.filter(({ action }) => {
        const data = encodeAction(action)
        return seen.has(data) ? false : seen.add(data)
      }),
    )
    .filter((row) => row.length > 0)
}

/** Letters need no row each. */
function choicesTogether(rows: readonly (readonly Button[])[], listed: readonly Listed[]): Button[][] {
  const lettered = listed.map(({ button }) => button).filter(isChoice)
  const first = rows.findIndex((row) => row.some((button) => lettered.includes(button)))
  return rows
    .map((row, index) => [
      ...(index === first ? lettered : []),
      ...row.filter((button) => !lettered.includes(button)),
    ])
    .filter((row) => row.length > 0)
}

/** What belongs to a list, or has too many words for a button. */
function isPicked(button: Button): boolean {
  return button.weight === 'normal' || labelOf(button).length > LIMITS.buttonLabel
}

/** An answer is written first of all; elsewhere writing is for when nothing else fits, beside what is beside the point. */
function withWriting(
  rows: readonly AnyButton[][],
  input: Input,
  isPrimary: boolean,
  isLastQuiet: boolean,
): AnyButton[][] {
  const button = writingButton(input, isPrimary)
  const at = input.kind === 'answer' ? 0 : rows.length - 1
  const row = rows[at]
  const isBeside = input.kind === 'answer' || isLastQuiet
  return row !== undefined && isBeside ? rows.with(at, [button, ...row]) : [...rows, [button]]
}

/** In the last row where there is room. */
function withPages(rows: readonly AnyButton[][], pages: readonly (AnyButton | null)[]): AnyButton[][] {
  const made = pages.filter((page) => page !== null)
  const last = rows.at(-1)
  if (made.length === 0) return [...rows]
  return last !== undefined && last.length + made.length <= LIMITS.rowButtons
    ? rows.with(-1, [...last, ...made])
    : [...rows, made]
}

/** One row of pages is enough, with room for a button to write. */
function isButton(page: Link, index: number): boolean {
  return index < LIMITS.rowButtons - 1 && pageButton(page) !== null
}
