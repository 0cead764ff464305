import type { PhrasingContent } from 'mdast'
import type { FactDraft } from '../fact.ts'
import { markdownOf, plainText, rawText, splitAt, trimmed } from '../inline.ts'
import { firstSentence } from '../sentences.ts'
import { blocksWithin, type Section } from '../tree.ts'
import { withoutFullStop } from '../wording.ts'
import { bareTerms } from './bareTerms.ts'
import { type Definition, definitionFact, whatIs } from './definitionFact.ts'
import { poolsOf } from './pools.ts'
import { type Prose, proseOf } from './prose.ts'
import type { Rule, Scope } from './rule.ts'
import { isMain, namesItself, subjectOf } from './subject.ts'
import { hasSubjectLeftOut } from './verbs.ts'

/**
 * Definitions in plain sentences that name their subject, where they begin a paragraph or a list item or speak
 * of what the heading names: "A
 * service mesh is a layer that …", "KaaS stands for Kubernetes as a Service.", "AKS = Azure Kubernetes
 * Service"; and lists of "Term: what it is" in which nothing is marked.
 *
 * Cards: "What is a service mesh?" and the way back. Sentences on "it" or "this", questions, opinions and
 * what is only true beside the sentence before make none.
 */
export const statements: Rule = {
  name: 'statements',
  facts(section, scope) {
    return [
      ...proseOf(section).flatMap((prose) => fromSentence(prose, section, scope)),
      ...fromGlossaries(section, scope),
    ]
  },
}

type Wording = Pick<Definition, 'term' | 'aliases' | 'meaning' | 'ask' | 'askBack'> & {
  readonly values?: Readonly<Record<string, string>>
  readonly noBack?: boolean
}

function fromSentence({ phrase, block }: Prose, section: Section, scope: Scope): FactDraft[] {
  const facts: FactDraft[] = []
  const place = block.kind === 'list' ? block : null
  const pools = (what: string) => poolsOf(section, place, what)
  const seen = new Set<string>()
  for (let nodes = [...phrase.nodes], isFirst = true; nodes.length > 0; isFirst = false) {
    const [sentence, after] = firstSentence(nodes)
    const wording = standsFor(nodes, sentence) ?? isA(nodes, sentence, isFirst, section, scope)
    nodes = after
    if (wording === null || seen.has(plainText(wording.term).toLowerCase())) continue
    seen.add(plainText(wording.term).toLowerCase())
    const { noBack = false, ...definition } = wording
    const directives = noBack ? { ...block.directives, askBack: 'none' as const } : block.directives
    const given = { rule: 'statements', phrase, directives, context: section.path, pools } as const
    facts.push(inPassing(definitionFact({ ...given, ...definition }, scope)))
  }
  return facts
}

/** What a sentence says of a thing gives way to a definition of it elsewhere. */
function inPassing(fact: FactDraft): FactDraft {
  const cards = fact.cards.map((card) => ({ ...card, yields: card.side === 'front' && !card.written }))
  return { ...fact, cards }
}

const IS =
  /^(.{2,80}?)\s+(is|are|was|were)\s+(?:(?:basically|essentially|simply|really|usually|typically)\s+)?(?=(?:an?|the|one of)\s)/
/** What is said of a thing without saying what it is. */
const OPINION =
  /^(?:an?|the|one of the|one of)\s+(?:(?:very|really|pretty|quite|most|more|so|too)\s+)?(?:good|bad|great|nice|best|worst|better|worse|terrible|awful|pain|mess|must|joke|favou?rite|lot|bit|few|couple|shame|matter|problem|challenge|reason|way to go|key|same|other|only|case|point|question|big|huge|hard|easy|important|interesting|perfect|fantastic|amazing|cool|wonderful|beautiful|nightmare|disaster|waste|fact|truth|result|exception|idea|first step|next|last|right|wrong|real|main reason|more|less)\b/i
/** Words that need the sentences around them, or the person who wrote them. */
const NEEDS_CONTEXT =
  /\b(?:this|these|those|above|below|here|former|latter|previous|aforementioned|I|my|me|we|our|us|today|now|currently)\b/
/** "… that provides two things": which ones, the list below says. */
const UNFINISHED =
  /\b(?:two|three|four|five|six|several|some|many|various|different|following|\d+) [\p{L}-]+\.?$/iu
/** Words that look back at the sentences before. */
const ON_THE_WAY = /\b(?:they|them|their|also|other|another|such|too|then|it)\b/i
const FEWEST_CHARACTERS = 20
const MOST_CHARACTERS = 250
const WORDS_FOR_BACK = 5

/** "A service mesh is a layer that …" */
function isA(
  nodes: readonly PhrasingContent[],
  sentence: readonly PhrasingContent[],
  isFirst: boolean,
  section: Section,
  scope: Scope,
): Wording | null {
  const text = rawText(sentence)
  const match = IS.exec(text.replace(/\s/g, ' '))
  if (match === null || /\?\s*$/.test(text)) return null
  const [before, verb = ''] = [match[1] ?? '', match[2]]
  const { nodes: subject, aliases, where } = parted(splitAt(nodes, before.length)[0])
  const named = subjectOf(subject)
  if (!namesItself(named, section, scope)) return null
  const start =
    before.length + (/^\s+(?:is|are|was|were)\s+/.exec(text.slice(before.length))?.[0].length ?? 0)
  const meaning = trimmed(splitAt(explained(nodes, sentence), start)[1])
  const said = plainText(splitAt(sentence, start)[1])
  if (said.length < FEWEST_CHARACTERS || said.length > MOST_CHARACTERS || said.endsWith(':')) return null
  if (OPINION.test(said.replace(/^\w+ly /, '')) || NEEDS_CONTEXT.test(said) || !isBalanced(said)) return null
  if (UNFINISHED.test(said) || (!isFirst && (ON_THE_WAY.test(said) || !isMain(named, section)))) return null
  const term = withoutArticle(subject)
  const article = articleOf(subject)
  return {
    term,
    aliases,
    meaning,
    ask: `What ${verb} ${article}{term}{where}?`,
    values: { where },
    askBack: 'What is this called: {answer}?',
    noBack: said.split(/\s+/).length < WORDS_FOR_BACK || /^w/.test(verb),
  }
}

const STANDS_FOR = /^(\S+(?: \S+)?)\s+(?:stands for|is short for|is the short form of|=)\s+(?=\p{L})/u
const FORMULA = /[=+*/^<>|{}]/

/** "KaaS stands for …", "worker = …" */
function standsFor(nodes: readonly PhrasingContent[], sentence: readonly PhrasingContent[]): Wording | null {
  const text = rawText(sentence)
  const match = STANDS_FOR.exec(text)
  const term = match?.[1] ?? ''
  if (match === null || FORMULA.test(term) || /^(?:it|this|that|which|what|they|these)\b/i.test(term))
    return null
  const isEquation = match[0].trimEnd().endsWith('=')
  const meaning = trimmed(splitAt(explained(nodes, sentence), match[0].length)[1])
  const said = withoutFullStop(plainText(splitAt(sentence, match[0].length)[1]))
  if (said.length > 120 || /[?:]$/.test(said) || !isBalanced(said)) return null
  const isShort = isInitials(term, said)
  if (isEquation && (FORMULA.test(said) || (!isShort && said.split(/\s+/).length < 3))) return null
  if (!isEquation && !isShort && !/\p{Lu}.*\p{Lu}|^\S{1,4}$/u.test(term)) return null
  const spelled = isShort || !isEquation
  return {
    term: splitAt(nodes, term.length)[0],
    aliases: [],
    meaning,
    ask: spelled ? 'What does {term} stand for?' : `${whatIs(term, said)} {term}?`,
    askBack: spelled ? 'What is the short form of “{meaning}”?' : 'What is this called: {answer}?',
    values: { meaning: withoutFullStop(markdownOf(splitAt(sentence, match[0].length)[1])) },
  }
}

/** "KaaS" for "Kubernetes as a Service": each letter begins a word, in this order. */
function isInitials(term: string, said: string): boolean {
  const letters = term.replace(/[^\p{L}]/gu, '').toLowerCase()
  if (letters.length < 2 || letters.length > 8 || !/\p{Lu}/u.test(term)) return false
  const words = said.toLowerCase().split(/[\s-]+/)
  let found = 0
  for (const word of words) if (word[0] === letters[found]) found++
  return found === letters.length
}

/** A sentence with those behind it, unless these lead to a list or an example and explain nothing. */
function explained(
  nodes: readonly PhrasingContent[],
  sentence: readonly PhrasingContent[],
): readonly PhrasingContent[] {
  return plainText(nodes).endsWith(':') ? sentence : nodes
}

/** A subject without the other names behind it and without the place where it holds. */
function parted(nodes: readonly PhrasingContent[]): {
  nodes: PhrasingContent[]
  aliases: string[]
  where: string
} {
  const text = rawText(nodes)
  const alias =
    /\s*\(([^()]{2,40})\)\s*$/.exec(text) ??
    /,\s+(?:or|also (?:called|known as)|aka|a\.k\.a\.)\s+([^,]{2,40}),?\s*$/.exec(text)
  const named = alias === null ? text : text.slice(0, alias.index)
  const where = /\s+in (?:\p{Lu}\S*|`[^`]+`)$/u.exec(named)
  const end = where?.index ?? named.length
  return {
    nodes: trimmed(splitAt(nodes, end)[0]),
    aliases: alias?.[1] === undefined ? [] : [alias[1].replace(/^(?:or|aka|also) /, '')],
    where: where?.[0] ?? '',
  }
}

const ARTICLE = /^(the|an?)\s+/i

function articleOf(nodes: readonly PhrasingContent[]): string {
  return (ARTICLE.exec(rawText(nodes))?.[0] ?? '').toLowerCase()
}

function withoutArticle(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return splitAt(nodes, articleOf(nodes).length)[1]
}

/** A quotation or bracket that stays open shows that the sentence was cut in its middle. */
function isBalanced(text: string): boolean {
  const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length
  return count(/[(]/g) === count(/[)]/g) && count(/“/g) === count(/”/g) && count(/"/g) % 2 === 0
}

function fromGlossaries(section: Section, scope: Scope): FactDraft[] {
  const facts: FactDraft[] = []
  for (const block of blocksWithin(section.blocks)) {
    if (block.kind !== 'list' || block.directives.cards === 'none') continue
    for (const [phrase, line] of bareTerms(block)) {
      const term = plainText(line.term)
      const meaning = plainText(line.meaning)
      const wording = glossaryWording(term, meaning)
      const { directives } = block
      const pools = (what: string) => poolsOf(section, block, what)
      const place = { phrase, directives, context: section.path, pools }
      facts.push(definitionFact({ rule: 'statements', ...line, ...wording, ...place }, scope))
    }
  }
  return facts
}

/** Questions that read well with what the notes say behind the colon: a noun, a verb, or "used to …". */
function glossaryWording(term: string, meaning: string): Pick<Definition, 'ask' | 'askBack'> {
  const what = whatIs(term, meaning)
  if (/^used (?:to|for|by|in|when|as)\b/i.test(meaning)) {
    return { ask: `${what} {term} used for?`, askBack: 'What is {answer}?' }
  }
  if (hasSubjectLeftOut(meaning)) return { ask: 'What does {term} do?', askBack: 'What {answer}?' }
  return { ask: `${what} {term}?`, askBack: 'What is this called: {answer}?' }
}
