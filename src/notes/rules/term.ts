import type { PhrasingContent } from 'mdast'
import { plainText, rawText, splitAt, trimmed } from '../inline.ts'

/** A line that begins with a marked term: `**Term** (also alias): what it is`. */
export interface TermLine {
  readonly term: readonly PhrasingContent[]
  /** The term is written as code. */
  readonly isCode: boolean
  /** Other names from the brackets behind the term; plain text. */
  readonly aliases: readonly string[]
  readonly meaning: readonly PhrasingContent[]
}

const SEPARATOR = /^(?:\s*\(([^()]*)\))?(?:\s*:(?=\s|$)|\s*[—–](?=\s)|\s+-{1,2}(?=\s))\s*/
const INNER_BRACKETS = /\s*\(([^()]*)\)\s*$/

/** Reads a term and its meaning; null when the line has another form. */
export function termLine(nodes: readonly PhrasingContent[]): TermLine | null {
  const [first, ...following] = nodes
  if (first?.type !== 'strong' && first?.type !== 'inlineCode') return null
  let term: readonly PhrasingContent[] = first.type === 'strong' ? first.children : [first]
  let meaning: PhrasingContent[]
  let brackets: string | undefined
  if (first.type === 'strong' && /[^:]:\s*$/.test(rawText(term))) {
    // "**Term:** meaning", the colon inside the bold.
    term = splitAt(term, rawText(term).trimEnd().length - 1)[0]
    meaning = trimmed(following)
  } else {
    const separator = SEPARATOR.exec(rawText(following))
    if (separator === null) return null
    brackets = separator[1]
    meaning = trimmed(splitAt(following, separator[0].length)[1])
  }
  const inner = INNER_BRACKETS.exec(rawText(term))
  if (inner !== null && inner.index > 0) {
    brackets = [inner[1], brackets].filter((part) => part !== undefined).join(', ')
    term = trimmed(splitAt(term, inner.index)[0])
  }
  if (plainText(term) === '' || plainText(meaning) === '') return null
  const isCode = term.every((node) => node.type === 'inlineCode')
  return { term, isCode, aliases: aliasesIn(brackets ?? ''), meaning }
}

/** Remarks in brackets that are no other name of the term. */
const REMARK = /^(?:deprecated|optional|required|default|new|beta|alpha|since\b.*|until\b.*|\d.*|e\.g\..*)$/i

function aliasesIn(brackets: string): string[] {
  return brackets
    .split(/[,;|]|\bor\b/)
    .map((part) =>
      part
        .trim()
        .replace(/^(?:also (?:called|known as)|also|aka|a\.k\.a\.|formerly|called|short)\s*:?\s+/i, '')
        .replace(/^[“"'`]|[”"'`]$/g, ''),
    )
    .filter((alias) => alias !== '' && !REMARK.test(alias))
}

/** A prompt's text with the term, its plural and its aliases replaced by an ellipsis. */
export function withoutTerm(text: string, names: readonly string[]): string {
  return names.reduce((result, name) => {
    if (!result.toLowerCase().includes(name.toLowerCase())) return result
    const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return result.replace(
      new RegExp(`(?<![\\p{L}\\p{N}-])${pattern}(?:s|es)?(?![\\p{L}\\p{N}])(?!-\\p{L})`, 'giu'),
      '…',
    )
  }, text)
}
