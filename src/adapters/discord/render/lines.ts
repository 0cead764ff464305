import { BREAK, codeBlock } from './escape.ts'
import { isVisible } from './harmless.ts'
import { type Runs, renderRuns, textOf } from './runs.ts'

/** A line of a message, or a block of code, which is one line to what stands around it. */
export type Line =
  | { readonly kind: 'text' | 'heading' | 'quote' | 'note'; readonly runs: Runs }
  | { readonly kind: 'code'; readonly text: string }
  /** As it is: marks of our own, such as a time that counts down; short. */
  | { readonly kind: 'raw'; readonly markdown: string; readonly isNote: boolean }
  /** Between groups of lines. */
  | { readonly kind: 'blank' }

const PREFIX = { text: '', heading: '### ', quote: '> ', note: '-# ' } as const

/**
 * Writes lines as Discord's Markdown. Blank ones at the ends are left out, and those before headings and blocks of code,
 * which bring their own space along.
 */
export function renderLines(lines: readonly Line[]): string {
  return lines
    .filter(({ kind }, index) => kind !== 'blank' || !bringsSpace(lines[index + 1]))
    .map(renderLine)
    .join('\n')
    .replace(/^\n+|\s+$/g, '')
}

/** Writes one line; empty for a blank one. */
export function renderLine(line: Line): string {
  switch (line.kind) {
    case 'blank':
      return ''
    case 'code':
      return codeBlock(line.text)
    case 'raw':
      return `${line.isNote ? PREFIX.note : ''}${line.markdown}`
    case 'heading': {
      const text = renderRuns(line.runs).trim()
      // Discord takes number signs at the end of a heading away.
      return `${PREFIX.heading}${text.endsWith('#') ? `${text}${BREAK}` : text}`
    }
    default:
      return `${PREFIX[line.kind]}${renderRuns(line.runs).trimEnd()}`
  }
}

function bringsSpace(line: Line | undefined): boolean {
  return line?.kind === 'heading' || line?.kind === 'code'
}

/** Whether a line shows something. */
export function isVisibleLine(line: Line): boolean {
  switch (line.kind) {
    case 'blank':
      return false
    case 'code':
      return isVisible(line.text)
    case 'raw':
      return true
    default:
      return isVisible(textOf(line.runs))
  }
}

/** Groups of lines with a blank line between; what shows nothing is left out. */
export function withBlanks(groups: readonly (readonly Line[])[]): Line[] {
  return groups
    .map((group) => group.filter(isVisibleLine))
    .filter((group) => group.length > 0)
    .flatMap((group, index): Line[] => (index === 0 ? group : [{ kind: 'blank' }, ...group]))
}
