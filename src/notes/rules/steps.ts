import { isAlsoRight } from '../compare.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD } from '../fact.ts'
import { plainText } from '../inline.ts'
import { blocksWithin, type List, type Section } from '../tree.ts'
import { capitalised, lowered } from '../wording.ts'
import { type Procedure, procedureOf } from './procedure.ts'
import type { Rule, Scope } from './rule.ts'

/**
 * A numbered list that is a procedure: "The four steps to an overlay network are:", "How to add a node", or
 * items numbered "Step 1".
 *
 * Cards: which step is the first, and for every other which one comes after the step before it. The other
 * steps are the wrong choices.
 */
export const steps: Rule = {
  name: 'steps',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.kind !== 'list' || isSwitchedOff(block)) continue
      const procedure = procedureOf(block, section, scope.words)
      if (procedure !== null) facts.push(...factsOf(procedure, section, scope))
    }
    return facts
  },
}

function isSwitchedOff({ directives, lead }: List): boolean {
  return directives.cards === 'none' || lead?.directives.cards === 'none'
}

function factsOf({ steps: all, askFirst, askNext }: Procedure, section: Section, scope: Scope): FactDraft[] {
  return all.map(({ item, text }, index) => {
    const before = all[index - 1]
    const prompt = before === undefined ? askFirst : `${askNext} “${lowered(before.text, scope.words)}”?`
    const others = all
      .filter((other, place) => place !== index && place !== index - 1 && !isAlsoRight(other.text, text))
      // The nearest steps are the hardest to tell apart, and the one after next comes first.
      .map((other) => ({ text: other.text, distance: all.indexOf(other) - index }))
      .sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance) || b.distance - a.distance)
    const card: CardDraft = {
      ...PLAIN_CARD,
      side: 'front',
      kind: 'choice',
      prompt,
      answer: capitalised(text, scope.words),
      others: others.map((other) => capitalised(other.text, scope.words)),
      line: item.line,
    }
    const name = before === undefined ? askFirst : `${askNext} ${before.text}`
    return {
      rule: 'steps',
      about: plainText([{ type: 'text', value: name }]),
      anchor: item.phrase?.anchor ?? null,
      line: item.line,
      context: section.path,
      explanation: item.phrase === null ? '' : scope.footnoteText(item.phrase),
      cards: [card],
    }
  })
}
