import type { FactDraft } from '../fact.ts'
import { plainText } from '../inline.ts'
import { firstSentence } from '../sentences.ts'
import { blocksWithin, type Section } from '../tree.ts'
import { bareTerms } from './bareTerms.ts'
import { commandFact } from './commandFact.ts'
import { definitionFact, wordingFor } from './definitionFact.ts'
import { isA } from './isA.ts'
import { poolsOf } from './pools.ts'
import { type Prose, proseOf } from './prose.ts'
import type { Rule, Scope } from './rule.ts'
import { standsFor } from './standsFor.ts'
import { isOrder, readsOn } from './verbs.ts'

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

function fromGlossaries(section: Section, scope: Scope): FactDraft[] {
  const facts: FactDraft[] = []
  for (const block of blocksWithin(section.blocks)) {
    if (block.kind !== 'list' || block.directives.cards === 'none') continue
    for (const [phrase, line] of bareTerms(block)) {
      const term = plainText(line.term)
      const meaning = plainText(line.meaning)
      const { directives } = block
      const pools = (what: string) => poolsOf(section, block, what)
      const place = { phrase, directives, context: section.path, pools }
      if (isCommand(term, meaning)) {
        const { anchor, line: at } = phrase
        const command = { rule: 'statements', code: term, ...line, ...place, anchor, line: at } as const
        facts.push(commandFact({ ...command, footnote: scope.footnoteText(phrase) }, scope))
      } else {
        const wording = wordingFor(term, meaning)
        facts.push(definitionFact({ rule: 'statements', ...line, ...wording, ...place }, scope))
      }
    }
  }
  return facts
}

/** "git add -p: stages changes piece by piece": a command that nobody marked as code. */
function isCommand(term: string, meaning: string): boolean {
  return /^[a-z][\w.-]*(?: [\w<>$./:=@[\]-]+)+$/.test(term) && (readsOn(meaning) || isOrder(meaning))
}
