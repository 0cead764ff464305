import type { FactDraft } from '../fact.ts'
import { plainText } from '../inline.ts'
import { type Block, blocksWithin, type Phrase, type Section } from '../tree.ts'
import { definitionFact, wordingFor } from './definitionFact.ts'
import { poolsOf } from './pools.ts'
import { REMARK } from './remarks.ts'
import type { Rule, Scope } from './rule.ts'
import { termLine } from './term.ts'

/**
 * `**Term** (also alias): what it is. Further sentences.` as a list item or a paragraph of its own.
 *
 * Cards: "What is Term?" with the first sentence, and the way back, where the term is typed.
 */
export const definitions: Rule = {
  name: 'definitions',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.directives.cards === 'none') continue
      if (block.kind === 'paragraph') facts.push(...factsOf(block.phrase, block, section, scope))
      if (block.kind !== 'list') continue
      for (const { phrase } of block.items) {
        if (phrase !== null) facts.push(...factsOf(phrase, block, section, scope))
      }
    }
    return facts
  },
}

function factsOf(phrase: Phrase, block: Block, section: Section, scope: Scope): FactDraft[] {
  const line = termLine(phrase.nodes)
  if (line === null || line.isCode) return []
  const term = plainText(line.term)
  if (REMARK.test(term)) return []
  const place = block.kind === 'list' ? block : null
  const fact = definitionFact(
    {
      rule: 'definitions',
      term: line.term,
      aliases: line.aliases,
      meaning: line.meaning,
      phrase,
      directives: block.directives,
      context: section.path,
      pools: (what) => poolsOf(section, place, what),
      ...wordingFor(term, plainText(line.meaning)),
    },
    scope,
  )
  return [fact]
}
