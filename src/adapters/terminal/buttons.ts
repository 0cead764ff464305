import { type Button, isChoice, type Screen } from '../../core/screen.ts'
import { harmless } from './harmless.ts'
import { drawInline } from './inline.ts'
import { type Binding, bindingsOf } from './keys.ts'
import { type Page, sideBySide, wrapped } from './page.ts'

const BETWEEN_BUTTONS = '  '
const BETWEEN_QUIET = ' · '

/** Draws a screen's buttons with their keys: first what it asks for, then one line of what is beside the point. */
export function renderButtons(screen: Screen, page: Page): string[][] {
  const bindings = bindingsOf(screen)
  const loud = screen.buttons.flatMap((row) =>
    renderRow(
      bindings.filter((binding) => row.includes(binding.button) && !isAside(binding)),
      page,
    ),
  )
  return [loud, renderAside(screen, bindings.filter(isAside), page)]
}

/** Choices stand one below the other, other buttons side by side. */
function renderRow(row: readonly Binding[], page: Page): string[] {
  const caps = row.map((binding) => page.paint.as('key', `[${shownKey(binding)}]`))
  const labels = row.map(({ button }) => labelOf(button, page))
  if (row[0] !== undefined && isChoice(row[0].button.action)) {
    return labels.flatMap((label, index) => wrapped(label, page, `${caps[index]} `))
  }
  return sideBySide(
    labels.map((label, index) => `${caps[index]} ${label}`),
    BETWEEN_BUTTONS,
    page,
  )
}

function renderAside(screen: Screen, aside: readonly Binding[], page: Page): string[] {
  const slash = screen.input === null ? '' : '/'
  const parts = [
    ...aside.map(({ key, button }) => `${slash}${key} ${harmless(button.label)}`),
    `${slash}? Keys`,
    `${slash}q Quit`,
  ]
  return sideBySide(
    parts.map((part) => page.paint.as('note', part)),
    page.paint.as('note', BETWEEN_QUIET),
    page,
  )
}

/** A quiet button with a number stays beside what it belongs to. */
function isAside({ button, key, enter }: Binding): boolean {
  return button.weight === 'quiet' && !enter && !isNumber(key)
}

function shownKey({ key, enter }: Binding): string {
  return enter && !isNumber(key) ? 'Enter' : key
}

function isNumber(key: string): boolean {
  return /^\d+$/.test(key)
}

function labelOf(button: Button, { paint }: Page): string {
  // What is chosen from is card text; every other label is plain.
  if (isChoice(button.action)) return drawInline(button.label, paint)
  const label = harmless(button.label)
  if (button.weight === 'normal') return label
  return paint.as(button.weight === 'primary' ? 'primary' : 'note', label)
}
