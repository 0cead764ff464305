import { type CardDraft, type FactDraft, PLAIN_CARD } from '../fact.ts'
import { markdownOf, rawText } from '../inline.ts'
import { firstSentence } from '../sentences.ts'
import type { Phrase, Section } from '../tree.ts'
import { withoutFullStop } from '../wording.ts'
import { gapOf, type NumberQuestion, questionOf } from './numberQuestion.ts'
import { proseOf } from './prose.ts'
import type { Rule, Scope } from './rule.ts'
import { namesItself } from './subject.ts'

const SENTENCE_CHARACTERS = 220
/** Words that need the sentences around them, or the person who wrote them. */
const NEEDS_CONTEXT = /\b(?:this|these|those|that year|above|below|here|former|latter|I|my|me|we|our|us)\b/

/**
 * A sentence that says one number of something it names: "Amazon EKS costs $0.20 per hour.", "GKE was launched
 * in 2015.", "96% of companies …".
 *
 * Cards: "How much does Amazon EKS cost per hour?" where the form of the sentence makes the question sure,
 * else the sentence with its number blanked. Wrong choices are the numbers of the same form in the section.
 */
export const numbers: Rule = {
  name: 'numbers',
  facts(section, scope) {
    return proseOf(section).flatMap(({ phrase }) => factsOf(phrase, section, scope))
  },
}

function factsOf(phrase: Phrase, section: Section, scope: Scope): FactDraft[] {
  const facts: FactDraft[] = []
  for (let rest = [...phrase.nodes]; rest.length > 0; ) {
    const [sentence, after] = firstSentence(rest)
    if (rawText(sentence).length <= SENTENCE_CHARACTERS) {
      const found = questionIn(withoutFullStop(markdownOf(sentence)), section, scope)
      if (found !== null) facts.push(factOf(found, phrase, section, scope))
    }
    rest = after
  }
  return facts
}

function questionIn(text: string, section: Section, scope: Scope): NumberQuestion | null {
  if (/[?:]$/.test(text) || NEEDS_CONTEXT.test(text) || /["“”]|\p{Ll}{2}[.!?] \p{Ll}/u.test(text)) return null
  const isSubject = (markdown: string): boolean => {
    const bare = markdown.replace(/\*\*|`|(?<!\w)\*|\*(?!\w)/g, '')
    const isMarked = /^(?:the |an? )?(?:\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)$/i.test(markdown)
    return namesItself({ text: bare, isMarked }, section, scope)
  }
  return questionOf(text, isSubject) ?? gapOf(text, isSubject)
}

function factOf(found: NumberQuestion, phrase: Phrase, section: Section, scope: Scope): FactDraft {
  const card: CardDraft = {
    ...PLAIN_CARD,
    side: 'front',
    kind: found.isGap ? 'cloze' : 'basic',
    prompt: found.prompt,
    answer: found.answer,
    pools: [{ key: `section ${section.line}: number of ${found.counts}`, formsOnly: true }],
    line: phrase.line,
  }
  return {
    rule: 'numbers',
    about: found.prompt,
    anchor: null,
    line: phrase.line,
    context: section.path,
    explanation: scope.footnoteText(phrase),
    cards: [card],
  }
}
