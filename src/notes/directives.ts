import { distance } from 'fastest-levenshtein'
import type { LocalFinding } from './finding.ts'
import { type Directives, NO_DIRECTIVES, type Template } from './tree.ts'

const NAMES = ['ask', 'ask-back', 'cards', 'not']

/**
 * Reads one comment of the notes, e.g. `ask: What does {term} do?`, into the directives gathered so far.
 * A comment that is no directive is left alone; one that looks like a misspelt one is reported.
 *
 * @param comment the text between `<!--` and `-->`
 */
export function withDirective(
  directives: Directives,
  comment: string,
  line: number,
  report: (finding: LocalFinding) => void,
): Directives {
  const match = /^\s*([a-z][a-z-]*)\s*:([\s\S]*)$/i.exec(comment)
  if (match === null) return directives
  const name = (match[1] ?? '').toLowerCase()
  const value = (match[2] ?? '').replace(/\s+/g, ' ').trim()
  const complain = (message: string): Directives => {
    report({ level: 'warning', line, rule: 'directive', message })
    return directives
  }
  if (!NAMES.includes(name)) {
    const near = NAMES.find((known) => distance(known, name) <= 1 || sorted(known) === sorted(name))
    return near === undefined ? directives : complain(`"${name}:" is no directive: did you mean "${near}:"?`)
  }
  if (value === '') return complain(`"${name}:" says nothing: write what it asks, or take the comment out`)
  const template: Template | 'none' = value === 'none' ? 'none' : { text: value, line }
  if (name === 'ask') return { ...directives, ask: template }
  if (name === 'ask-back') return { ...directives, askBack: template }
  if (name === 'not') return { ...directives, not: value.split('|').map((outsider) => outsider.trim()) }
  if (value !== 'none') return complain(`"cards: ${value}" is not known: only "cards: none" is`)
  return { ...directives, cards: 'none' }
}

function sorted(name: string): string {
  return [...name].sort().join('')
}

/** Tells whether any directive was given. */
export function isDirected(directives: Directives): boolean {
  return directives !== NO_DIRECTIVES
}

/**
 * Puts values into a template's placeholders.
 *
 * @param report is told of a placeholder that `values` does not have
 */
export function filled(
  template: Template,
  values: Readonly<Record<string, string>>,
  report: (finding: LocalFinding) => void,
): string {
  return template.text.replace(/(?<!\{)\{([a-z]+)\}(?!\})/g, (placeholder, name: string) => {
    const value = values[name]
    if (value !== undefined) return value
    const known = Object.keys(values).map((key) => `{${key}}`)
    report({
      level: 'error',
      line: template.line,
      rule: 'directive',
      message: `${placeholder} stands for nothing here: use ${known.join(', ')}`,
    })
    return placeholder
  })
}
