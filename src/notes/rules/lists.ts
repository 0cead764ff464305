import { filled } from '../directives.ts'
import { type CardDraft, type FactDraft, PLAIN_CARD } from '../fact.ts'
import { markdownOf, plainText } from '../inline.ts'
import { blocksWithin, type Item, type List, type Section } from '../tree.ts'
import { capitalised, listed, withoutFullStop } from '../wording.ts'
import { listQuestion } from './listQuestion.ts'
import { procedureOf } from './procedure.ts'
import type { Rule, Scope } from './rule.ts'
import { termLine } from './term.ts'

const FEWEST = 2
const MOST = 9
const ITEM_CHARACTERS = 60
/** An outsider stands among three members. */
const MEMBERS = 3

/**
 * A sentence that ends with a colon, directly followed by a list of short items.
 *
 * Cards: "Name the four Service types." and, where outsiders are known (a `not:` comment), "Which of these is
 * not one of the four Service types?".
 */
export const lists: Rule = {
  name: 'lists',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.kind === 'list') facts.push(...factsOf(block, section, scope))
    }
    return facts
  },
}

function factsOf(list: List, section: Section, scope: Scope): FactDraft[] {
  const { lead } = list
  if (lead === null || lead.directives.cards === 'none') return []
  const items = list.items.map((item) => shortItem(item))
  const known = items.filter((item) => item !== null)
  if (known.length < items.length || known.length < FEWEST || known.length > MOST) return []
  const isPlain = list.items.every(({ phrase }) => phrase !== null && termLine(phrase.nodes) === null)
  if (isPlain && list.directives.cards === 'none') return []

  const said = listQuestion(markdownOf(lead.phrase.nodes), known.length)
  // "To add a node:" is asked step by step; "The four steps are:" can be asked for all of them too.
  const isHowTo = said.outsider === null && procedureOf(list, section, scope.words) !== null
  const question = isHowTo ? { ...said, name: null } : said
  if (question.counted !== null && question.counted !== known.length) {
    const message = `the sentence speaks of ${question.counted}, the list has ${known.length}: correct one of them`
    scope.report({ level: 'warning', line: lead.line, rule: 'lists', message })
  }
  // Of a list of definitions, directives directly above it speak of the definitions.
  const ask = lead.directives.ask ?? (isPlain ? list.directives.ask : null)
  const askBack = lead.directives.askBack ?? (isPlain ? list.directives.askBack : null)
  const prompt = ask === null || ask === 'none' ? question.name : filled(ask, {}, scope.report)
  const answer = listed(known.map((item) => withoutFullStop(item)))
  const cards: CardDraft[] = []
  if (ask !== 'none' && prompt !== null) {
    cards.push({
      ...PLAIN_CARD,
      side: 'front',
      kind: 'basic',
      prompt,
      answer: capitalised(answer, scope.words),
      written: ask !== null,
      line: lead.line,
    })
  }
  const [outsider] = [...lead.directives.not, ...list.directives.not]
  const which = askBack === null || askBack === 'none' ? question.outsider : filled(askBack, {}, scope.report)
  if (outsider !== undefined && askBack !== 'none' && which !== null && known.length >= MEMBERS) {
    cards.push({
      ...PLAIN_CARD,
      side: 'outsider',
      kind: 'choice',
      prompt: which,
      answer: outsider,
      wrong: known.slice(0, MEMBERS),
      written: askBack !== null,
      line: lead.line,
    })
  }
  if (cards.length === 0) return []
  return [
    {
      rule: 'lists',
      about: plainText(lead.phrase.nodes).replace(/:$/, ''),
      anchor: lead.phrase.anchor,
      line: lead.line,
      context: section.path,
      explanation: scope.footnoteText(lead.phrase),
      cards,
    },
  ]
}

/** An item short enough to be named from memory: its term, or all of it. */
function shortItem({ phrase }: Item): string | null {
  if (phrase === null) return null
  const nodes = termLine(phrase.nodes)?.term ?? phrase.nodes
  const length = plainText(nodes).length
  return length > 0 && length <= ITEM_CHARACTERS ? markdownOf(nodes) : null
}
