/**
 * A small model of how Discord reads a message: rules tried in turn at each place, as its client does with
 * simple-markdown. More is taken for a mark here than there, never less.
 */
export interface Span {
  readonly text: string
  readonly styles: readonly Style[]
}

export type Style =
  | 'strong'
  | 'emphasis'
  | 'underline'
  | 'deleted'
  | 'spoiler'
  | 'code'
  | 'codeBlock'
  | 'heading'
  | 'note'
  | 'quote'
  | 'list'
  | 'address'
  | 'bareAddress'
  | 'maskedLink'
  | 'mention'
  | 'everyone'
  | 'emoji'
  | 'time'

type Rule = readonly [style: Style, pattern: RegExp, inner: 'parsed' | 'text']

/** The first group is what is seen. */
const AT_LINE_START: readonly Rule[] = [
  ['note', /^ *-# +([^\n]*)(?:\n|$)/, 'parsed'],
  ['heading', /^ *#{1,3}\s+([^\n]*?) *#* *(?:\n|$)/, 'parsed'],
  ['quote', /^ *> ([^\n]*)(?:\n|$)/, 'parsed'],
  ['quote', /^ *>>> ?([\s\S]*)$/, 'parsed'],
  ['list', /^ *(?:[*+-]|\d+[.)])[ \n]+([^\n]*)(?:\n|$)/, 'parsed'],
]

const ANYWHERE: readonly Rule[] = [
  ['codeBlock', /^```(?:[\w+.#-]*\n)?\n*([^\n][\s\S]*?)\n*```/, 'text'],
  ['code', /^(?:(`+)([\s\S]*?[^`])\1(?!`))/, 'text'],
  ['mention', /^(<@[!&]?\d+>|<#\d+>|<\/[^:<>\n]+:\d+>|<id:\w+>)/, 'text'],
  ['everyone', /^(@everyone|@here)/, 'text'],
  ['emoji', /^(<a?:\w+:\d+>|:[^\s:]+:)/, 'text'],
  ['time', /^(<t:-?\d+(?::[a-zA-Z])?>)/, 'text'],
  ['address', /^<([^: >]+:\/[^ >]+)>/, 'text'],
  ['bareAddress', /^([a-z]{2,}:\/\/[^\s<]+|discord(?:app)?\.(?:gg|com)\/\S+)/i, 'text'],
  ['maskedLink', /^\[((?:\[[^\]]*\]|[^[\]])*)\]\([^)]+\)/, 'parsed'],
  ['underline', /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, 'parsed'],
  ['strong', /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, 'parsed'],
  ['emphasis', /^_((?:__|\\[\s\S]|[^\\_])+?)_(?![A-Za-z0-9_])/, 'parsed'],
  ['emphasis', /^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/, 'parsed'],
  ['deleted', /^~~(?=\S)([\s\S]*?\S)~~/, 'parsed'],
  ['spoiler', /^\|\|([\s\S]+?)\|\|/, 'parsed'],
]

/** A message's text as Discord shows it. */
export function readDiscord(content: string): Span[] {
  return joined(read(content, [], true))
}

/** What a person sees, without marks and invisible breaks. */
export function seen(content: string): string {
  return readDiscord(content)
    .map(({ text }) => text)
    .join('')
    .replaceAll('\u200b', '')
}

function read(source: string, styles: readonly Style[], startsLine: boolean): Span[] {
  const spans: Span[] = []
  let rest = source
  let isLineStart = startsLine
  while (rest !== '') {
    const rules = isLineStart ? [...AT_LINE_START, ...ANYWHERE] : ANYWHERE
    const found = best(rest, rules)
    if (found !== null) {
      const [style, , kind] = found.rule
      const inside = [...styles, style]
      spans.push(
        ...(kind === 'text'
          ? [{ text: found.inner, styles: inside }]
          : read(found.inner, inside, isLineStart)),
      )
      const isBlock = AT_LINE_START.includes(found.rule)
      if (isBlock && rest.length > found.length) spans.push({ text: '\n', styles })
      rest = rest.slice(found.length)
      isLineStart = isBlock
      continue
    }
    const escaped = /^\\([^0-9A-Za-z\s])/.exec(rest)
    const text = escaped?.[1] ?? rest.charAt(0)
    spans.push({ text, styles })
    rest = rest.slice(escaped?.[0].length ?? 1)
    isLineStart = escaped === null && (text === '\n' || (isLineStart && /[\s\u200b]/.test(text)))
  }
  return spans
}

/** The first rule that matches; where emphasis and strong both do, the longer one. */
function best(source: string, rules: readonly Rule[]) {
  let found: { rule: Rule; inner: string; length: number } | null = null
  for (const rule of rules) {
    const match = rule[1].exec(source)
    if (match === null) continue
    const inner = rule[0] === 'code' ? withoutPadding(match[2] ?? '') : (match[1] ?? '')
    const isLonger = found !== null && match[0].length > found.length
    if (found === null || (isLonger && found.rule[0] === 'strong' && rule[0] === 'emphasis')) {
      found = { rule, inner, length: match[0].length }
    }
  }
  return found
}

function withoutPadding(code: string): string {
  return code.replace(/^ (?= *`)/, '').replace(/(` *) $/, '$1')
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const last = result.at(-1)
    if (last !== undefined && last.styles.join() === span.styles.join()) {
      result[result.length - 1] = { ...last, text: last.text + span.text }
    } else result.push(span)
  }
  return result
}
