import { wordsOf } from './compare.ts'
import type { FactDraft } from './fact.ts'

/**
 * Facts without the cards that yield: those whose question, or whose subject the same way round, another
 * card asks for too. Of several that yield, the first stays.
 */
export function withoutYielding(facts: readonly FactDraft[]): FactDraft[] {
  const asked = new Set<string>()
  for (const fact of facts) {
    for (const card of fact.cards) if (!card.yields) for (const key of keysOf(fact, card)) asked.add(key)
  }
  return facts.map((fact) => {
    if (!fact.cards.some((card) => card.yields)) return fact
    const cards = fact.cards.filter((card) => {
      if (!card.yields) return true
      const keys = keysOf(fact, card)
      const isAsked = keys.some((key) => asked.has(key))
      for (const key of keys) asked.add(key)
      return !isAsked
    })
    return { ...fact, cards }
  })
}

function keysOf({ about }: FactDraft, { prompt, side }: FactDraft['cards'][number]): string[] {
  const subject = wordsOf(about).join(' ').replace(/s$/, '')
  const keys = [`asks ${wordsOf(prompt).join(' ')}`]
  if (side === 'front') keys.push(`about ${subject}`)
  return keys
}
