import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { Paint } from './paint.ts'

/** What lines are drawn with. */
export interface Page {
  readonly columns: number
  readonly paint: Paint
}

/** Lines longer than this are hard to read, however wide the window is. */
const WIDEST_LINE = 100
/** Narrower than this, the terminal itself breaks the lines. */
const NARROWEST_LINE = 10
/** From here on there is room for a margin. */
const MARGIN_FROM_COLUMNS = 40
const MARGIN = '  '

/** How far text stands from the left edge of the window. */
export function marginOf(page: Page): string {
  return page.columns >= MARGIN_FROM_COLUMNS ? MARGIN : ''
}

/**
 * Wraps text to the page.
 *
 * @param lead stands before the first line; later lines are set in as far
 */
export function wrapped(text: string, page: Page, lead = ''): string[] {
  const indent = stringWidth(lead)
  const margin = marginOf(page)
  return wrapAnsi(text, Math.max(1, lineColumns(page) - indent), { hard: true })
    .split('\n')
    .map((line, index) => `${margin}${index === 0 ? lead : ' '.repeat(indent)}${line}`)
}

/** As many parts on a line as fit. */
export function sideBySide(parts: readonly string[], between: string, page: Page): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = `${last}${between}${part}`
    if (last !== undefined && stringWidth(longer) <= lineColumns(page)) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines.flatMap((line) => wrapped(line, page))
}

/** Groups of lines with an empty line between them; empty groups go. */
export function stacked(groups: readonly (readonly string[])[]): string[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : ['', ...group]))
}

function lineColumns(page: Page): number {
  return Math.min(WIDEST_LINE, Math.max(NARROWEST_LINE, page.columns)) - marginOf(page).length
}
