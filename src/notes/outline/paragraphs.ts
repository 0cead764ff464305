import { type Block, type Code, type List, NO_DIRECTIVES, type Paragraph } from '../tree.ts'
import { commandsIn, explainedCommand, isCommand, shellText } from './commandLine.ts'
import { type Group, markedLine, tidy } from './groups.ts'
import { headingTerm } from './headingTerm.ts'
import { isFlatYaml, itemPhrase, plainPhrase } from './phrase.ts'
import { paragraphsIn } from './prose.ts'
import { isReminder } from './reminders.ts'
import { sayingParagraph } from './saying.ts'

/** Where a paragraph stands. */
export interface Place {
  /** The nearest heading; empty when there is none. */
  readonly heading: string
  /** Nothing stands between the heading and this. */
  readonly isFirst: boolean
}

const GLOSSARY_LINE = /^[^:=]{1,40}?(?::|\s[=–-])\s+\S/
const EXAMPLE = /^(.{4,80}?)\s*:\s*(?:(?:e\.?g\.?|for example|example)\s*:?\s*)?(\S+ .*)$/i
const NO_LEAD = /^(?:(?:some |an? )?examples?|e\.?g\.?|usage|run|then|try|like this|like)$/i
const QUESTION = /^q\s*:/i

/** Reads lines that are neither heading, list nor table: commands, terms under each other, or paragraphs. */
export function blocksOf(group: Group, place: Place): Block[] {
  const [first] = group
  const line = first.number
  const lines = group.map(({ text }) => tidy(text.replace(/^\s*>\s?/, '')))
  const text = lines.join('\n')
  if (isReminder(text)) return []
  if (QUESTION.test(text)) return [paragraph(text, line)]
  if (isFlatYaml(tidy(text))) return [code('', group)]
  if (lines.every((own) => isCommand(bare(own)) && explainedCommand(own) === null)) return [code('sh', group)]
  if (lines.length > 1 && lines.filter(isTermLine).length * 3 >= lines.length * 2) return [glossary(group)]
  const example = lines.length === 1 ? exampleOf(text, line, place) : null
  if (example !== null) return [example]
  return paragraphsIn(text).map((part, index) => {
    const own = line + linesBefore(text, part)
    const meaning = place.isFirst && index === 0 ? headingTerm(place.heading, part) : null
    return meaning === null ? paragraph(part, own) : sayingParagraph(meaning, own)
  })
}

function paragraph(text: string, line: number): Paragraph {
  return { kind: 'paragraph', line, directives: NO_DIRECTIVES, phrase: plainPhrase(text, line) }
}

/** Commands and configuration make a block of code; the rules find what they can use in it. */
function code(language: string, group: Group): Code {
  const text = group
    .flatMap(({ text: own }) => (language === 'sh' ? commandsIn(bare(tidy(own))) : [own]))
    .join('\n')
  // Rules count from a line with a fence, of which there is none here.
  return { kind: 'code', line: Math.max(1, group[0].number - 1), directives: NO_DIRECTIVES, language, text }
}

/** A command without a prompt sign before it and a remark in brackets behind it. */
function bare(line: string): string {
  return line.replace(/^[$%]\s+/, '').replace(/\s+\([^()]*\)?$/, '')
}

function isTermLine(line: string): boolean {
  return explainedCommand(line) !== null || (GLOSSARY_LINE.test(line) && !/[.!?]\s/.test(line.slice(0, 40)))
}

function glossary(group: Group): List {
  const items = group.map(({ text, number }) => {
    return { line: number, phrase: itemPhrase(tidy(markedLine(text)?.text ?? text), number), blocks: [] }
  })
  return {
    kind: 'list',
    line: group[0].number,
    directives: NO_DIRECTIVES,
    ordered: false,
    lead: null,
    items,
  }
}

/** "Connects kubectl: eg: aws eks update-kubeconfig": asks for the command, in the words before it. */
function exampleOf(text: string, line: number, { heading }: Place): Block | null {
  const [, lead = '', command = ''] = EXAMPLE.exec(text) ?? []
  if (!isCommand(command) || explainedCommand(text) !== null) return null
  const said = lead.replace(/\s*:?\s*(?:e\.?g\.?|for example)$/i, '').trim()
  const phrase = itemPhrase(`${shellText(command)}: ${said}`, line)
  if (NO_LEAD.test(said) || /[{}]/.test(heading) || phrase.nodes[0]?.type !== 'inlineCode') {
    return {
      kind: 'code',
      line: Math.max(1, line - 1),
      directives: NO_DIRECTIVES,
      language: 'sh',
      text: shellText(command),
    }
  }
  const ask = `${heading === '' ? '' : `${heading}: `}which command is the example of “{answer}”?`
  return {
    kind: 'list',
    line,
    directives: { ...NO_DIRECTIVES, ask: 'none', askBack: { text: ask, line } },
    ordered: false,
    lead: null,
    items: [{ line, phrase, blocks: [] }],
  }
}

function linesBefore(text: string, part: string): number {
  const at = text.indexOf(part.split('\n')[0] ?? part)
  return at < 0 ? 0 : text.slice(0, at).split('\n').length - 1
}
