import type { CardKind } from '../core/card.ts'
import { answerForm, isTypable } from './answerForm.ts'
import { comparable, containsWords, isBlank } from './compare.ts'
import type { CardDraft, FactDraft, Side } from './fact.ts'
import type { LocalFinding } from './finding.ts'
import { CHOICE_CHARACTERS, EXPLANATION_CHARACTERS, PROMPT_CHARACTERS } from './limits.ts'
import { pointerIn } from './pointers.ts'
import type { RuleName } from './ruleName.ts'
import { wrongChoicesFor } from './wrongChoices.ts'
import { withoutYielding } from './yielding.ts'

/** A card with everything but its id. */
export interface IdlessCard {
  readonly rule: RuleName
  readonly about: string
  readonly side: Side
  readonly written: boolean
  readonly kind: CardKind
  readonly prompt: string
  readonly answer: string
  readonly accept: readonly string[]
  readonly wrong: readonly string[]
  readonly context: readonly string[]
  readonly explanation: string
  readonly line: number
}

/** The cards of one fact. */
export interface IdlessFact {
  readonly anchor: string | null
  readonly line: number
  readonly cards: readonly IdlessCard[]
}

/**
 * Makes cards of the facts of one deck: gives them wrong choices and a kind, tells cards with the same prompt
 * apart by their heading, and leaves out those that would answer themselves.
 *
 * @param report is told of every card that is left out or falls back to a flashcard
 */
export function cardsOf(drafts: readonly FactDraft[], report: (finding: LocalFinding) => void): IdlessFact[] {
  const facts = withoutYielding(drafts)
  const wrongFor = wrongChoicesFor(facts)
  const promptOf = distinctPrompts(facts)
  const seen = new Set<string>()
  const asked = new Map<string, string>()
  for (const { written, prompt, answer } of facts.flatMap((fact) => fact.cards)) {
    if (written) asked.set(comparable(prompt), comparable(answer))
  }
  return facts.flatMap((fact): IdlessFact[] => {
    const cards = fact.cards.flatMap((draft): IdlessCard[] => {
      const prompt = promptOf(draft)
      const complain = (rule: string, message: string): void =>
        report({ level: 'warning', line: draft.line, rule, message })
      if (!draft.written) {
        if (isBlank(prompt) || isBlank(draft.answer)) return []
        const key = `${comparable(prompt)}\n${comparable(draft.answer)}`
        if (seen.has(key)) {
          complain('repeated', `no second card for “${prompt}”: the notes say it twice`)
          return []
        }
        seen.add(key)
        const other = asked.get(comparable(prompt))
        if (other !== undefined && other !== comparable(draft.answer)) {
          complain(
            'ambiguous-prompt',
            `no card “${prompt}” with the answer “${shortened(draft.answer)}”: the same question has another answer in these notes`,
          )
          return []
        }
        asked.set(comparable(prompt), comparable(draft.answer))
        if (givesItselfAway(draft, prompt)) {
          complain('answer-in-prompt', `no card “${prompt}”: the question holds its answer “${draft.answer}”`)
          return []
        }
      }
      const wrong = wrongFor(draft)
      const limit = wrong.length === 0 ? null : brokenLimit({ ...draft, prompt, wrong }, fact.explanation)
      if (limit !== null)
        complain('too-long', `“${shortened(prompt)}” stays a flashcard without choices: ${limit}`)
      else if (prompt.length > PROMPT_CHARACTERS) {
        complain(
          'too-long',
          `“${shortened(prompt)}” has ${prompt.length} characters, more than ${PROMPT_CHARACTERS}: ask in fewer words`,
        )
      }
      const offered = limit === null ? wrong : []
      const pointer = draft.written ? null : pointerIn(prompt, offered.length > 0)
      if (pointer !== null) {
        complain('needs-heading', `no card “${shortened(prompt)}”: by itself, “${pointer}” says nothing`)
        return []
      }
      const { side, written, answer, accept, line } = draft
      const { rule, about, context, explanation } = fact
      const kind = kindOf(draft, offered)
      return [
        {
          rule,
          about,
          side,
          written,
          kind,
          prompt,
          answer,
          accept,
          wrong: offered,
          context,
          explanation,
          line,
        },
      ]
    })
    return cards.length === 0 ? [] : [{ anchor: fact.anchor, line: fact.line, cards }]
  })
}

function kindOf(draft: CardDraft, wrong: readonly string[]): CardKind {
  if (draft.kind === 'choice') return wrong.length > 0 ? 'choice' : 'basic'
  if (draft.kind !== 'cell') return draft.kind
  if (wrong.length > 0) return 'choice'
  return isTypable(answerForm(draft.answer), draft.answer) ? 'typed' : 'basic'
}

/** A default prompt that stands for several answers names its heading; prompts a person wrote stay. */
function distinctPrompts(facts: readonly FactDraft[]): (draft: CardDraft) => string {
  const answers = new Map<string, Set<string>>()
  for (const { prompt, answer } of facts.flatMap((fact) => fact.cards)) {
    const key = comparable(prompt)
    answers.set(key, (answers.get(key) ?? new Set()).add(comparable(answer)))
  }
  const headings = new Map<CardDraft, string>()
  for (const fact of facts) {
    const heading = fact.context.at(-1)
    if (heading !== undefined) for (const card of fact.cards) headings.set(card, heading)
  }
  return (draft) => {
    const heading = headings.get(draft)
    const isShared = (answers.get(comparable(draft.prompt))?.size ?? 0) > 1
    return isShared && !draft.written && heading !== undefined ? `${heading}: ${draft.prompt}` : draft.prompt
  }
}

function givesItselfAway(draft: CardDraft, prompt: string): boolean {
  if (answerForm(draft.answer) === 'status' || !containsWords(prompt, draft.answer)) return false
  // "Which of GKE, AKS and EKS …?" names the answer among the others.
  return draft.others.length === 0 || !draft.others.every((other) => containsWords(prompt, other))
}

function brokenLimit(
  card: Pick<CardDraft, 'prompt' | 'answer' | 'wrong'>,
  explanation: string,
): string | null {
  const says = (what: string, text: string, limit: number): string =>
    `${what} has ${text.length} characters, more than ${limit}`
  if (card.prompt.length > PROMPT_CHARACTERS) return says('the question', card.prompt, PROMPT_CHARACTERS)
  const long = [card.answer, ...card.wrong].find((choice) => choice.length > CHOICE_CHARACTERS)
  if (long !== undefined) return says(`the choice “${shortened(long)}”`, long, CHOICE_CHARACTERS)
  if (explanation.length > EXPLANATION_CHARACTERS) {
    return says('the explanation', explanation, EXPLANATION_CHARACTERS)
  }
  return null
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
