import type { PhrasingContent } from 'mdast'
import { filled } from '../directives.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD, type Pool } from '../fact.ts'
import { markdownOf, plainText } from '../inline.ts'
import type { RuleName } from '../ruleName.ts'
import { firstSentence } from '../sentences.ts'
import type { Directives, Phrase } from '../tree.ts'
import { capitalised, lowered, withoutFullStop } from '../wording.ts'
import type { Scope } from './rule.ts'
import { withoutTerm } from './term.ts'
import { hasSubjectLeftOut, isOrder } from './verbs.ts'

export interface Definition {
  readonly rule: RuleName
  readonly term: readonly PhrasingContent[]
  readonly aliases: readonly string[]
  readonly meaning: readonly PhrasingContent[]
  /** What carries the anchor and the footnotes. */
  readonly phrase: Phrase
  readonly directives: Directives
  readonly context: readonly string[]
  readonly pools: (what: 'term' | 'meaning') => Pool[]
  /** Default prompts; placeholders as in directives. */
  readonly ask: string
  readonly askBack: string
  /** Further placeholders for directives. */
  readonly values?: Readonly<Record<string, string>>
}

/** Longer terms are shown and graded by the learner: nobody likes to type them. */
const TYPED_WORDS = 5

/** The two cards of a term and its meaning: what it is, and what is called so. */
export function definitionFact(definition: Definition, scope: Scope): FactDraft {
  const { directives, phrase } = definition
  const [first, rest] = firstSentence(definition.meaning)
  const term = markdownOf(definition.term)
  const about = plainText(definition.term)
  const sentence = markdownOf(first)
  const answer = lowered(sentence, scope.words)
  const card = { ...PLAIN_CARD, line: phrase.line }
  const cards: CardDraft[] = []
  const template = (own: Directives['ask'], fallback: string) =>
    own === null || own === 'none' ? { text: fallback, line: phrase.line } : own

  if (directives.ask !== 'none') {
    cards.push({
      ...card,
      side: 'front',
      kind: 'basic',
      prompt: filled(
        template(directives.ask, definition.ask),
        { ...definition.values, term, answer },
        scope.report,
      ),
      answer: capitalised(withoutFullStop(sentence), scope.words),
      pools: definition.pools('meaning'),
      written: directives.ask !== null,
    })
  }
  if (directives.askBack !== 'none') {
    const values = { ...definition.values, term, answer: withoutTerm(answer, [about, ...definition.aliases]) }
    cards.push({
      ...card,
      side: 'back',
      kind: about.split(' ').length <= TYPED_WORDS ? 'typed' : 'basic',
      prompt: filled(template(directives.askBack, definition.askBack), values, scope.report),
      answer: term,
      accept: definition.aliases,
      pools: definition.pools('term'),
      written: directives.askBack !== null,
    })
  }
  return {
    rule: definition.rule,
    about,
    anchor: phrase.anchor,
    line: phrase.line,
    context: definition.context,
    explanation: scope.footnoteText(phrase) || markdownOf(rest),
    cards,
  }
}

/** "What is X?", or "What are Xs?" when both the term and what it is said to be are plural. */
export function whatIs(term: string, meaning: string): string {
  const first = meaning.split(/\s+/).slice(0, 4)
  const singular = /^(?:an?|the|one|its?)$/i.test(first[0] ?? '')
  return isPlural(term) && !singular && first.some((word) => /[a-z]{2}[^su\W]s$/.test(word))
    ? 'What are'
    : 'What is'
}

/** Questions that read well with what the notes say behind the colon: a noun, a verb, or "used to …". */
export function wordingFor(term: string, meaning: string): Pick<Definition, 'ask' | 'askBack'> {
  const what = whatIs(term, meaning)
  if (/^used (?:to|for|by|in|when|as)\b/i.test(meaning)) {
    return { ask: `${what} {term} used for?`, askBack: 'What is {answer}?' }
  }
  if (hasSubjectLeftOut(meaning)) return { ask: 'What does {term} do?', askBack: 'What {answer}?' }
  // "Controllers: watch the cluster" says what they do, "apply: change the cluster" what it is for.
  if (isOrder(meaning)) {
    return isPlural(term)
      ? { ask: 'What do {term} do?', askBack: 'Which things {answer}?' }
      : { ask: 'What does {term} do?', askBack: 'What do you use to {answer}?' }
  }
  return { ask: `${what} {term}?`, askBack: 'What is this called: {answer}?' }
}

function isPlural(term: string): boolean {
  const last = term.split(' ').at(-1) ?? ''
  return /[^\p{Lu}su]s$/u.test(last) && !/[\p{Lu}\p{N}]/u.test(last.slice(1))
}
