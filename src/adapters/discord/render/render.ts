import type { Button, Link, Screen } from '../../../core/screen.ts'
import { renderBlocks } from './blocks.ts'
import { type MessageBody, messageBody } from './body.ts'
import { componentsOf } from './buttons.ts'
import { isChoice, type Listed, labelOf } from './labels.ts'
import { LIMITS } from './limits.ts'
import { type Line, withBlanks } from './lines.ts'
import { markdownRun, plainRun, type Run } from './runs.ts'
import { splitLines } from './split.ts'

/** A screen as one message, or as several where it is too long for one. */
export interface RenderedScreen {
  /** At least one; only the last one has buttons. */
  readonly messages: readonly MessageBody[]
}

/** For a screen with nothing to read: Discord takes no message without text. */
const NO_TEXT = '…'

/** Between what a label is about and its details ("Helm · 12 due"). */
const DETAILS = ' · '

/**
 * Draws a screen for Discord: notice, blocks, and what its buttons stand for where their labels are too long.
 *
 * @throws RangeError when an action cannot be encoded as button data
 */
export function renderScreen(screen: Screen): RenderedScreen {
  const { rows, listed, inMenus, links, leftOut } = componentsOf(screen)
  const lines = withBlanks([
    ...withNotice(screen.notice, renderBlocks(screen.blocks)),
    menuLines(inMenus, listed),
    listed.map(listedLine),
    links.map(linkLine),
    leftOut === 0 ? [] : [noteLine(leftOutSentence(leftOut))],
  ])
  const contents = splitLines(lines)
  if (contents.length === 0) return { messages: [messageBody(NO_TEXT, rows)] }
  return {
    messages: contents.map((content, index) =>
      messageBody(content, index === contents.length - 1 ? rows : []),
    ),
  }
}

/** Small print above small print stands together with it. */
function withNotice(notice: string | null, groups: readonly (readonly Line[])[]): (readonly Line[])[] {
  if (notice === null) return [...groups]
  const [first, ...others] = groups
  const line = noteLine(notice)
  return first?.[0]?.kind === 'note' ? [[line, ...first], ...others] : [[line], ...groups]
}

function noteLine(text: string): Line {
  return { kind: 'note', runs: [plainRun(text, { emphasis: true })] }
}

/** An overview of one menu, where its entries have details; a longer list would hide the screen. */
function menuLines(entries: readonly Button[], listed: readonly Listed[]): Line[] {
  const isOverview =
    entries.length <= LIMITS.selectOptions &&
    listed.length === 0 &&
    entries.some((button) => labelOf(button).includes(DETAILS))
  return isOverview ? entries.map((button) => ({ kind: 'text', runs: labelRuns(button) })) : []
}

function listedLine({ mark, button }: Listed): Line {
  return { kind: 'text', runs: [plainRun(mark, { strong: true }), plainRun('  '), ...labelRuns(button)] }
}

function labelRuns(button: Button): readonly Run[] {
  // What is chosen from is card text; every other label is plain.
  if (isChoice(button)) return markdownRun(button.label)
  const label = labelOf(button)
  const at = label.indexOf(DETAILS)
  if (at < 0) return [plainRun(label)]
  return [plainRun(label.slice(0, at), { strong: true }), plainRun(label.slice(at))]
}

function linkLine({ label, url }: Link): Line {
  return { kind: 'text', runs: [plainRun(`${label}: ${url}`)] }
}

function leftOutSentence(leftOut: number): string {
  return `Buttons left out: ${leftOut}. Discord takes at most ${LIMITS.rows} menus of ${LIMITS.selectOptions}.`
}
