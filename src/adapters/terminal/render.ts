import stringWidth from 'string-width'
import type { Screen } from '../../core/screen.ts'
import { renderBlocks } from './blocks.ts'
import { renderButtons } from './buttons.ts'
import { harmless } from './harmless.ts'
import { type Page, stacked, wrapped } from './page.ts'

/**
 * Draws a screen: notice, blocks, buttons with their keys.
 *
 * @returns lines of text, wrapped to the page
 */
export function renderScreen(screen: Screen, page: Page): string[] {
  const notice = screen.notice === null ? [] : renderSentence('notice', screen.notice, page)
  return stacked([notice, ...renderBlocks(screen.blocks, page), ...renderButtons(screen, page)])
}

/** Draws a screen that nobody can answer any more: without buttons. */
export function renderFarewell(screen: Screen, page: Page): string[] {
  return stacked(renderBlocks(screen.blocks, page))
}

/** Draws one sentence of the program itself. */
export function renderSentence(role: 'notice' | 'note' | 'warning', text: string, page: Page): string[] {
  return wrapped(page.paint.as(role, harmless(text)), page)
}

/** Draws a heading, and under it keys with what they do. */
export function renderKeys(
  heading: string,
  keys: readonly (readonly [key: string, words: string])[],
  page: Page,
): string[] {
  const widest = Math.max(...keys.map(([key]) => stringWidth(key)))
  const lines = keys.flatMap(([key, words]) =>
    wrapped(words, page, `${page.paint.as('key', key)}${' '.repeat(widest - stringWidth(key) + 2)}`),
  )
  return stacked([wrapped(page.paint.as('heading', heading), page), lines])
}
