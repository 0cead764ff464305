import type { PhrasingContent } from 'mdast'
import { between, type ClozeMark, unmarked } from '../clozeMarks.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD } from '../fact.ts'
import { markdownOf, plainText, rawText } from '../inline.ts'
import { firstSentence } from '../sentences.ts'
import { blocksWithin, type Phrase, type Section } from '../tree.ts'
import type { Rule, Scope } from './rule.ts'

/** A sentence that begins so needs the one before it. */
const POINTS_BACK = /^(?:it|its|this|that|these|those|they|their|he|she|here|there|then|so|also|both|such)\b/i
const GAP = '[…]'

/**
 * `==text==` or `{{c1::text}}` in a paragraph or list item; `{{c1::text::hint}}` shows the hint.
 *
 * Cards: the sentence with the gap, one card per mark; marks with the same number are blanked together. A
 * sentence that begins with "it" or the like takes the one before it along.
 */
export const cloze: Rule = {
  name: 'cloze',
  seesMarks: true,
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.directives.cards === 'none') continue
      const phrases =
        block.kind === 'paragraph'
          ? [block.phrase]
          : block.kind === 'list'
            ? block.items.map((item) => item.phrase)
            : []
      for (const phrase of phrases) if (phrase !== null) facts.push(...factsOf(phrase, section, scope))
    }
    return facts
  },
}

function factsOf(phrase: Phrase, section: Section, scope: Scope): FactDraft[] {
  const { nodes, marks } = unmarked(phrase.nodes)
  if (marks.length === 0) return []
  const sentences = sentencesOf(nodes)
  const groups = Map.groupBy(marks, ({ group }) => group)
  const cards = [...groups.values()].map((group, index): CardDraft => {
    const [from, to] = stretchOf(group, sentences, rawText(nodes))
    const answer = group.map(({ start, end }) => markdownOf(between(nodes, start, end))).join(', ')
    return {
      ...PLAIN_CARD,
      side: `gap-${index + 1}`,
      kind: 'cloze',
      prompt: gapped(nodes, group, from, to),
      answer,
      pools: [{ key: `section ${section.line}: gap`, formsOnly: true }],
      written: true,
      line: phrase.line,
    }
  })
  return [
    {
      rule: 'cloze',
      about: plainText(nodes),
      anchor: phrase.anchor,
      line: phrase.line,
      context: section.path,
      explanation: scope.footnoteText(phrase),
      cards,
    },
  ]
}

type Stretch = readonly [from: number, to: number]

/** Where each sentence begins and ends. */
function sentencesOf(nodes: readonly PhrasingContent[]): Stretch[] {
  const stretches: Stretch[] = []
  const whole = rawText(nodes)
  let position = 0
  for (let rest = [...nodes]; rest.length > 0; ) {
    const [sentence, after] = firstSentence(rest)
    const text = rawText(sentence)
    const from = whole.indexOf(text, position)
    position = from + text.length
    stretches.push([from, position])
    rest = after
  }
  return stretches
}

/** The sentences that hold the gaps, and those before them as far as they are needed to understand them. */
function stretchOf(group: readonly ClozeMark[], sentences: readonly Stretch[], text: string): Stretch {
  const [start, end] = [group[0]?.start ?? 0, group.at(-1)?.end ?? text.length]
  let first = Math.max(
    0,
    sentences.findLastIndex(([from]) => from <= start),
  )
  while (first > 0 && POINTS_BACK.test(text.slice(sentences[first]?.[0]))) first--
  const last = sentences.find(([, to]) => to >= end)
  return [sentences[first]?.[0] ?? 0, last?.[1] ?? text.length]
}

function gapped(
  nodes: readonly PhrasingContent[],
  group: readonly ClozeMark[],
  from: number,
  to: number,
): string {
  const parts: PhrasingContent[] = []
  let position = from
  for (const { start, end, hint } of group) {
    parts.push(...between(nodes, position, start), {
      type: 'text',
      value: hint === '' ? GAP : `${GAP} (${hint})`,
    })
    position = end
  }
  return markdownOf([...parts, ...between(nodes, position, to)])
}
