import type { PhrasingContent } from 'mdast'
import { filled } from '../directives.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD, type Pool } from '../fact.ts'
import { markdownOf, plainText } from '../inline.ts'
import type { RuleName } from '../ruleName.ts'
import { firstSentence } from '../sentences.ts'
import type { Directives } from '../tree.ts'
import { capitalised, lowered, withoutFullStop } from '../wording.ts'
import type { Scope } from './rule.ts'
import { withoutTerm } from './term.ts'
import { isOrder, readsOn } from './verbs.ts'

export interface Command {
  readonly rule: RuleName
  /** The code itself, without backticks. */
  readonly code: string
  readonly aliases: readonly string[]
  readonly meaning: readonly PhrasingContent[]
  readonly footnote: string
  readonly anchor: string | null
  readonly line: number
  readonly directives: Directives
  readonly context: readonly string[]
  readonly pools: (what: string) => Pool[]
  /** Further placeholders for directives. */
  readonly values?: Readonly<Record<string, string>>
}

/** The two cards of something written as code: what it does, and which one does it. */
export function commandFact(command: Command, scope: Scope): FactDraft {
  const { directives, line } = command
  const [first, rest] = firstSentence(command.meaning)
  const code = markdownOf([{ type: 'inlineCode', value: command.code }])
  const sentence = withoutFullStop(markdownOf(first))
  const answer = lowered(sentence, scope.words)
  const noun = nounFor(command.code, plainText(first))
  const verbal = readsOn(answer) || isOrder(answer)
  const card = { ...PLAIN_CARD, line }
  const cards: CardDraft[] = []

  if (directives.ask !== 'none') {
    const template = directives.ask ?? {
      text: verbal ? 'What does {command} do?' : 'What is {command}?',
      line,
    }
    cards.push({
      ...card,
      side: 'front',
      kind: 'basic',
      // "`{command}`" in a directive is the command, not code within code.
      prompt: filled(bare(template), { ...command.values, command: code, term: code, answer }, scope.report),
      answer: capitalised(sentence, scope.words),
      pools: command.pools(`what a ${noun} does`),
      written: directives.ask !== null,
    })
  }
  if (directives.askBack !== 'none') {
    const template = directives.askBack ?? { text: askBack(noun, answer), line }
    const values = {
      command: code,
      term: code,
      answer: withoutTerm(answer, [command.code, ...command.aliases]),
    }
    cards.push({
      ...card,
      side: 'back',
      kind: 'typed',
      prompt: filled(bare(template), values, scope.report),
      answer: code,
      accept: command.aliases,
      pools: command.pools(noun),
      written: directives.askBack !== null,
    })
  }
  return {
    rule: command.rule,
    about: command.code,
    anchor: command.anchor,
    line,
    context: command.context,
    explanation: command.footnote || markdownOf(rest),
    cards,
  }
}

function bare<T extends { readonly text: string }>(template: T): T {
  return { ...template, text: template.text.replace(/`(\{(?:command|term|row)\})`/g, '$1') }
}

function askBack(noun: string, answer: string): string {
  if (readsOn(answer)) return `Which ${noun} {answer}?`
  if (isOrder(answer)) return `Which ${noun} do you use to {answer}?`
  return `Which ${noun} is this: {answer}?`
}

/** What to call a piece of code in a question. */
function nounFor(code: string, meaning: string): string {
  if (/^--?[A-Za-z]/.test(code)) return 'option'
  if (/^\S+\.(?:ya?ml|json|toml|txt|md|conf|cfg|ini|tgz|lock|sh|tf|tpl)$/i.test(code)) return 'file'
  if (/^[~.]?\/\S*$/.test(code)) return 'path'
  if (/\{\{.*\}\}/.test(code)) return 'expression'
  if (/^[\w./~-]+\s+\S/.test(code)) return 'command'
  if (/^[a-z][a-z0-9_-]*$/.test(code) && (readsOn(meaning) || isOrder(meaning))) return 'command'
  return 'name'
}
