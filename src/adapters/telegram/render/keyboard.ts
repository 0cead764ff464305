import type { InlineKeyboardButton } from 'grammy/types'
import { encodeAction } from '../../../core/actionCodec.ts'
import type { Button, Link, Screen } from '../../../core/screen.ts'
import { LIMITS } from './limits.ts'
import { isEntry, type Listed, labelOf, listedOf, shownLabel } from './listing.ts'
import { brokenRow } from './rows.ts'
import { acceptedUrl } from './url.ts'

/** From what stays to what goes when there is no room. */
const WEIGHTS: readonly Button['weight'][] = ['primary', 'normal', 'quiet']

/** A screen's buttons as Telegram takes them, and what has to be said about them in the text. */
export interface Keyboard {
  readonly rows: InlineKeyboardButton[][]
  /** Buttons that bear only a mark. */
  readonly listed: readonly Listed[]
  /** Links that Telegram takes in no button. */
  readonly links: readonly Link[]
  /** How many buttons there was no room for. */
  readonly leftOut: number
}

/**
 * Lays out a screen's buttons.
 *
 * @throws RangeError when an action cannot be encoded, see {@link encodeAction}
 */
export function keyboardOf({ buttons, links }: Screen): Keyboard {
  const urls = links.flatMap(({ label, url }): { text: string; url: string }[] => {
    const accepted = acceptedUrl(url)
    return accepted === null ? [] : [{ text: shownLabel(label), url: accepted }]
  })
  const kept = mostImportant(buttons, LIMITS.keyboardButtons - urls.length)
  const listed = listedOf(kept)
  const labelled = kept.map((row) => row.map((button) => labelledIn(row, button, listed)))
  const rows = grouped(labelled).flatMap((row) => brokenRow(row, ({ text }) => text))
  return {
    rows: [...rows.map((row) => row.map(({ made }) => made)), ...brokenRow(urls, ({ text }) => text)],
    listed,
    links: links.filter(({ url }) => acceptedUrl(url) === null),
    leftOut: count(buttons) - count(kept),
  }
}

interface Labelled {
  readonly text: string
  /** Where it stands in a list; null elsewhere. */
  readonly list: 'entry' | 'companion' | null
  readonly made: InlineKeyboardButton
}

function labelledIn(row: readonly Button[], button: Button, listed: readonly Listed[]): Labelled {
  const own = listed.find((one) => one.button === button)
  const entry = isEntry(row) ? listed.find((one) => one.button === row[0]) : undefined
  const suffix = entry?.isNumbered ? ` ${entry.mark}` : ''
  const text = own?.mark ?? `${labelOf(button)}${suffix}`
  const list = entry === undefined ? null : own === entry ? 'entry' : 'companion'
  const style = button.weight === 'primary' ? ({ style: 'primary' } as const) : {}
  return { text, list, made: { text, callback_data: encodeAction(button.action), ...style } }
}

/** Brings a list's marks together, and below them what else can be done with its entries. */
function grouped(rows: readonly (readonly Labelled[])[]): Labelled[][] {
  const groups: Labelled[][][] = []
  let inList = false
  for (const row of rows) {
    const isPart = row[0]?.list === 'entry'
    const last = groups.at(-1)
    if (isPart && inList && last !== undefined) last.push([...row])
    else groups.push([[...row]])
    inList = isPart
  }
  return groups.flatMap((group) => {
    if (group.length === 1) return group
    const all = group.flat()
    const others = all.filter(({ list }) => list === 'companion')
    return [all.filter(({ list }) => list !== 'companion'), others]
  })
}

/** The buttons for which there is room: the quiet ones go first, of these the last. */
function mostImportant(rows: readonly (readonly Button[])[], room: number): Button[][] {
  const places = rows.flatMap((row, rowIndex) =>
    row.map(({ weight }, index) => ({ place: `${rowIndex}:${index}`, rank: WEIGHTS.indexOf(weight) })),
  )
  const kept = new Set(
    places
      .sort((a, b) => a.rank - b.rank)
      .slice(0, room)
      .map(({ place }) => place),
  )
  return rows.map((row, rowIndex) => row.filter((_, index) => kept.has(`${rowIndex}:${index}`)))
}

function count(rows: readonly (readonly Button[])[]): number {
  return rows.reduce((sum, row) => sum + row.length, 0)
}
