import type { InlineKeyboardMarkup } from 'grammy/types'
import { type Button, type Input, isChoice, type Link, type Screen } from '../../../core/screen.ts'
import { renderBlocks } from './blocks.ts'
import { isVisible } from './harmless.ts'
import { keyboardOf } from './keyboard.ts'
import { LIMITS } from './limits.ts'
import { type Listed, partsOfLabel } from './listing.ts'
import { fromMarkdown } from './markdown.ts'
import { BREAK_LENGTH, withoutMentions } from './mentions.ts'
import { splitText } from './split.ts'
import { type FormattedText, joined, plain, styled } from './text.ts'

/** A screen as one message, or as several where it is too long for one. */
export interface RenderedScreen {
  /** At least one; the last one carries the keyboard. */
  readonly parts: readonly FormattedText[]
  /** Without rows when there is nothing to press. */
  readonly keyboard: InlineKeyboardMarkup
}

/** A line breaks between details ("12 due, 3 new"), not within one. */
const SPACE_IN_DETAIL = /(?<![,·]) (?!·)/g

/** For a screen with nothing to read: Telegram takes no message without text. */
const NO_TEXT: FormattedText = plain('…')

/**
 * Draws a screen for Telegram: notice, blocks, what its buttons stand for where their labels are too long, and what can
 * be written. A screen for everyone calls nobody by name.
 *
 * @throws RangeError when an action cannot be encoded as button data
 */
export function renderScreen(screen: Screen): RenderedScreen {
  const { rows, listed, links, leftOut } = keyboardOf(screen)
  const groups = [
    ...(screen.notice === null ? [] : [styled('italic', plain(screen.notice))]),
    ...renderBlocks(screen.blocks),
    listText(listed),
    joined(links.map(linkLine), '\n'),
    ...(leftOut === 0 ? [] : [styled('italic', plain(leftOutSentence(leftOut)))]),
    ...(screen.input?.kind === 'answer' ? [styled('italic', plain(inputSentence(screen.input)))] : []),
  ]
  const text = joined(
    groups.filter((group) => isVisible(group.text)),
    '\n\n',
  )
  const parts = screen.visibility === 'everyone' ? partsForEveryone(text) : splitText(text)
  return { parts: parts.length === 0 ? [NO_TEXT] : parts, keyboard: { inline_keyboard: rows } }
}

/** A name can be cut so that a part begins with its @: that part is looked through once more. */
function partsForEveryone(text: FormattedText): FormattedText[] {
  return splitText(withoutMentions(text), LIMITS.text - BREAK_LENGTH).map(withoutMentions)
}

/** Choices are sentences and need air; the lines of other lists are short. */
function listText(listed: readonly Listed[]): FormattedText {
  const areChoices = listed.every(({ button }) => isChoice(button.action))
  return joined(listed.map(listedLine), areChoices ? '\n\n' : '\n')
}

function listedLine({ mark, isNumbered, button }: Listed): FormattedText {
  const label = listedLabel(button)
  return isNumbered ? joined([styled('bold', plain(mark)), plain('  '), label]) : label
}

function listedLabel(button: Button): FormattedText {
  // What is chosen from is card text; every other label is plain.
  if (isChoice(button.action)) return fromMarkdown(button.label)
  const { head, details } = partsOfLabel(button)
  return joined([plain(head), styled('italic', plain(details.replace(SPACE_IN_DETAIL, '\u00a0')))])
}

function linkLine({ label, url }: Link): FormattedText {
  return plain(`${label}: ${url}`)
}

function leftOutSentence(leftOut: number): string {
  return `Buttons left out: ${leftOut}. Telegram takes at most ${LIMITS.keyboardButtons}.`
}

function inputSentence({ label }: Input): string {
  return label.startsWith('Your ') ? `Write ${label.replace('Y', 'y')}.` : `${label}: write it here.`
}
