import { type Inline, inlineText, parseInline } from '../../../markup/inline.ts'
import { addressOf, BREAK, escapeText, inlineCode } from './escape.ts'
import { harmless, harmlessLine, isVisible } from './harmless.ts'

/** A piece of a line in one style; `text` is what a person sees, not yet escaped. */
export interface Run {
  readonly text: string
  /** An `address` can be pressed: http or https. */
  readonly kind: 'text' | 'code' | 'address'
  readonly strong: boolean
  readonly emphasis: boolean
  readonly deleted: boolean
}

/** One line; never has a line feed in it. */
export type Runs = readonly Run[]

/** Text that means nothing but itself, as lines. */
export function plainRuns(text: string, style: Partial<Run> = {}): Runs[] {
  return harmless(text)
    .split('\n')
    .map((line) => [{ ...PLAIN, ...style, text: line }])
}

/** The same on one line. */
export function plainRun(text: string, style: Partial<Run> = {}): Run {
  return { ...PLAIN, ...style, text: harmlessLine(text) }
}

/** Inline Markdown as lines. */
export function markdownRuns(markdown: string): Runs[] {
  const lines: Run[][] = [[]]
  for (const run of flattened(parseInline(markdown), PLAIN)) {
    if (run === null) lines.push([])
    else
      for (const piece of withoutLineFeeds(run)) piece === null ? lines.push([]) : lines.at(-1)?.push(piece)
  }
  return lines
}

/** Inline Markdown on one line. */
export function markdownRun(markdown: string): Runs {
  return markdownRuns(markdown).flatMap((line, index) => (index === 0 ? line : [plainRun(' '), ...line]))
}

/** Inline Markdown without its marks, on one line: for buttons and menus. */
export function plainLine(markdown: string): string {
  return harmlessLine(inlineText(parseInline(markdown))).trim()
}

/** What a person sees of a line. */
export function textOf(runs: Runs): string {
  return runs.map(({ text }) => text).join('')
}

/** A piece of a line, by UTF-16 units of what a person sees. */
export function slicedRuns(runs: Runs, from: number, to: number): Runs {
  const pieces: Run[] = []
  let at = 0
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at))
    // Half an address would lead elsewhere.
    const isHalf = run.kind === 'address' && text !== run.text
    if (text !== '') pieces.push({ ...run, text, ...(isHalf && { kind: 'text' }) })
    at += run.text.length
  }
  return pieces
}

/** Writes a line as Discord's Markdown. */
export function renderRuns(runs: Runs): string {
  let result = ''
  /** The mark that ends what is written so far. */
  let lastMark = ''
  let isLineStart = true
  for (const run of joinedRuns(runs)) {
    const { before, marked, after, mark } = written(run, isLineStart)
    if (before !== '') lastMark = ''
    const parts = mark !== '' && mark === lastMark ? BREAK : ''
    result += before + parts + marked + after
    lastMark = after === '' ? mark : ''
    isLineStart &&= !isVisible(run.text)
  }
  return result
}

const PLAIN: Run = { text: '', kind: 'text', strong: false, emphasis: false, deleted: false }

const STYLE_OF = { strong: 'strong', emphasis: 'emphasis', delete: 'deleted' } as const

/** The tree as runs; null is a line break. */
function flattened(pieces: readonly Inline[], style: Run): (Run | null)[] {
  return pieces.flatMap((piece): (Run | null)[] => {
    switch (piece.kind) {
      case 'text':
        return [{ ...style, text: harmless(piece.text) }]
      case 'code':
        return [{ ...style, kind: 'code', text: harmlessLine(piece.text) }]
      case 'break':
        return [null]
      case 'link':
        return linkRuns(piece.url, piece.children, style)
      default:
        return flattened(piece.children, { ...style, [STYLE_OF[piece.kind]]: true })
    }
  })
}

/** The words, and the address in full behind them: nobody is led elsewhere than they read. */
function linkRuns(url: string, children: readonly Inline[], style: Run): (Run | null)[] {
  const words = inlineText(children)
  const isPressed = /^https?:/.test(url)
  const address: Run = isPressed
    ? { ...style, kind: 'address', text: addressOf(url) }
    : { ...style, text: harmlessLine(url.replace(/^mailto:/, '')) }
  if (words === url || words === address.text || !isVisible(words)) return [address]
  return [...flattened(children, style), { ...style, text: ' (' }, address, { ...style, text: ')' }]
}

function withoutLineFeeds(run: Run): (Run | null)[] {
  return run.text.split('\n').flatMap((text, index) => [...(index === 0 ? [] : [null]), { ...run, text }])
}

/** Neighbours of the same style as one: what is escaped can depend on the next character. */
function joinedRuns(runs: Runs): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (run.text === '') continue
    if (last !== undefined && run.kind !== 'address' && isAlike(last, run)) {
      joined[joined.length - 1] = { ...last, text: last.text + run.text }
    } else joined.push(run)
  }
  return joined
}

function isAlike(one: Run, other: Run): boolean {
  return (
    one.kind === other.kind &&
    one.strong === other.strong &&
    one.emphasis === other.emphasis &&
    one.deleted === other.deleted
  )
}

const EDGES = /^(\s*)(.*\S|)(\s*)$/s
/** A tilde beside "~~" would be taken for a part of it, with or without a backslash. */
const DELETED_EDGES = /^([\s~]*)(.*[^\s~]|)([\s~]*)$/s

interface Written {
  /** Outside of the marks: Discord sees no emphasis in "* a *". */
  readonly before: string
  readonly marked: string
  readonly after: string
  /** The outermost mark's character; empty when there is none. */
  readonly mark: string
}

function written(run: Run, isLineStart: boolean): Written {
  if (!isVisible(run.text))
    return { before: escapeText(run.text, isLineStart), marked: '', after: '', mark: '' }
  if (run.kind === 'code') return writtenCode(run)
  const marks = marksOf(run)
  if (run.kind === 'address') return withMarks('', `<${run.text}>`, '', marks)
  if (marks === '') return { before: '', marked: escapeText(run.text, isLineStart), after: '', mark: '' }
  const [, before = '', core = '', after = ''] = (run.deleted ? DELETED_EDGES : EDGES).exec(run.text) ?? []
  if (core === '') return { before: '', marked: escapeText(run.text, isLineStart), after: '', mark: '' }
  return withMarks(
    escapeText(before, isLineStart),
    escapeText(core, isLineStart && !isVisible(before)),
    escapeText(after, false),
    marks,
  )
}

/** Marks around code are sought by Discord in the code, too: where they could be found, code stands without. */
function writtenCode(run: Run): Written {
  const code = inlineCode(run.text)
  const marks = /[*~\\]/.test(run.text) ? '' : marksOf(run)
  return marks === '' ? { before: '', marked: code, after: '', mark: '`' } : withMarks('', code, '', marks)
}

function withMarks(before: string, inner: string, after: string, marks: string): Written {
  const closing = [...marks].reverse().join('')
  return { before, marked: `${marks}${inner}${closing}`, after, mark: marks.charAt(0) }
}

function marksOf({ strong, emphasis, deleted }: Run): string {
  return `${deleted ? '~~' : ''}${strong ? '**' : ''}${emphasis ? '*' : ''}`
}
