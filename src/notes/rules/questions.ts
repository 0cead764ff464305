import type { PhrasingContent } from 'mdast'
import { WRONG_CHOICES } from '../../core/card.ts'
import { phraseOf } from '../anchor.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD } from '../fact.ts'
import { linesOf, markdownOf, plainText, splitOn } from '../inline.ts'
import { blocksWithin, type Directives, type Phrase, type Section } from '../tree.ts'
import { poolsOf } from './pools.ts'
import type { Rule, Scope } from './rule.ts'

type Label = 'q' | 'a' | 'accept' | 'not' | 'why'

interface Question {
  readonly line: number
  readonly parts: Map<Label, PhrasingContent[]>
}

const LABEL = /^(q|a|accept|not|why)\s*:\s*/i
const TYPED_WORDS = 4

/**
 * Lines of one paragraph: `Q: …`, `A: …`, and if wanted `Accept: a | b`, `Not: x | y | z`, `Why: …`.
 *
 * Card: as written. With `Not:` a choice; with `Accept:` and a short answer typed; else shown.
 */
export const questions: Rule = {
  name: 'questions',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.directives.cards === 'none') continue
      const phrases =
        block.kind === 'paragraph'
          ? [block.phrase]
          : block.kind === 'list'
            ? block.items.flatMap((item) => (item.phrase === null ? [] : [item.phrase]))
            : []
      for (const phrase of phrases) facts.push(...factsOf(phrase, block.directives, section, scope))
    }
    return facts
  },
}

function factsOf(phrase: Phrase, _directives: Directives, section: Section, scope: Scope): FactDraft[] {
  const found = questionsIn(phrase)
  return found.flatMap(({ line, parts }, index) => {
    const question = phraseOf(parts.get('q') ?? [], line)
    const prompt = markdownOf(question.nodes)
    const answer = markdownOf(parts.get('a') ?? [])
    if (prompt === '' || answer === '') {
      const missing = prompt === '' ? 'question behind "Q:"' : 'line "A: …" with its answer'
      scope.report({ level: 'error', line, rule: 'questions', message: `a question lacks its ${missing}` })
      return []
    }
    const wrong = splitOn(parts.get('not') ?? [], /\|/)
      .map(markdownOf)
      .filter((text) => text !== '')
    const accept = splitOn(parts.get('accept') ?? [], /\|/)
      .map(plainText)
      .filter((text) => text !== '')
    if (wrong.length > 0 && wrong.length < WRONG_CHOICES) {
      scope.report({
        level: 'warning',
        line,
        rule: 'questions',
        message: `"Not:" gives ${wrong.length} of ${WRONG_CHOICES} wrong choices: without the others it is no choice`,
      })
    }
    const isShort =
      plainText(parts.get('a') ?? []).split(' ').length <= TYPED_WORDS || /^`[^`]+`$/.test(answer)
    const card: CardDraft = {
      ...PLAIN_CARD,
      side: 'front',
      kind: wrong.length >= WRONG_CHOICES ? 'choice' : accept.length > 0 && isShort ? 'typed' : 'basic',
      prompt,
      answer,
      accept,
      wrong,
      pools: poolsOf(section, null, 'answer').map((pool) => ({ ...pool, formsOnly: true })),
      written: true,
      line,
    }
    const why = markdownOf(parts.get('why') ?? [])
    return [
      {
        rule: 'questions',
        about: plainText(question.nodes),
        anchor: question.anchor ?? (index === found.length - 1 ? phrase.anchor : null),
        line,
        context: section.path,
        explanation: why || scope.footnoteText(phrase),
        cards: [card],
      } satisfies FactDraft,
    ]
  })
}

function questionsIn(phrase: Phrase): Question[] {
  const found: Question[] = []
  let label: Label | null = null
  linesOf(phrase.nodes).forEach((nodes, index) => {
    const [first, ...rest] = nodes
    const match = first?.type === 'text' ? LABEL.exec(first.value) : null
    const question = found.at(-1)
    if (match !== null && first?.type === 'text') {
      label = (match[1] ?? '').toLowerCase() as Label
      const content: PhrasingContent[] = [
        { type: 'text', value: first.value.slice(match[0].length) },
        ...rest,
      ]
      if (label === 'q') found.push({ line: phrase.line + index, parts: new Map([['q', content]]) })
      else question?.parts.set(label, content)
    } else if (label !== null) question?.parts.get(label)?.push({ type: 'text', value: ' ' }, ...nodes)
  })
  return found
}
