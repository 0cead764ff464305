import { comparable } from './compare.ts'
import type { IdlessCard } from './draftCards.ts'
import type { Finding } from './finding.ts'
import { type Check, error, type Fault, warning } from './lint/check.ts'
import { formatTells, grammarTells, lengthTells, wrongIsRight, wrongRepeats } from './lint/choices.ts'
import { answerInPrompt, emptyText, leftover, needsHeading } from './lint/prompts.ts'

/** A card and the notes file it comes from. */
export interface LintedCard {
  readonly file: string
  readonly card: IdlessCard
}

/** What is known of a card that is not linted itself, but must not be asked twice. */
export interface AskedCard {
  readonly file: string
  readonly card: Pick<IdlessCard, 'prompt' | 'answer' | 'written' | 'line'>
}

const CHECKS: readonly Check[] = [
  emptyText,
  answerInPrompt,
  needsHeading,
  leftover,
  wrongIsRight,
  wrongRepeats,
  grammarTells,
  lengthTells,
  formatTells,
]

/**
 * Reads all cards of a build as a critical learner would.
 *
 * @param others cards of decks that are not part of the build
 * @returns errors for cards that must not be asked, warnings for doubtful ones
 */
export function lintCards(cards: readonly LintedCard[], others: readonly AskedCard[] = []): Finding[] {
  const findings: Finding[] = []
  const byPrompt = new Map<string, AskedCard>(others.map((other) => [comparable(other.card.prompt), other]))
  for (const linted of cards) {
    const { file, card } = linted
    const report = (fault: Fault | null): void => {
      if (fault !== null) findings.push({ ...fault, file, line: card.line })
    }
    for (const check of CHECKS) report(check(card))
    const key = comparable(card.prompt)
    const earlier = byPrompt.get(key)
    if (earlier === undefined) byPrompt.set(key, linted)
    else report(samePrompt(card, earlier))
  }
  return findings
}

/** Two questions that a person wrote alike are a slip; two that rules made of similar notes can be lived with. */
function samePrompt(card: IdlessCard, { file, card: earlier }: AskedCard): Fault {
  const fault = card.written && earlier.written ? error : warning
  const place = `${file}:${earlier.line}`
  return comparable(card.answer) === comparable(earlier.answer)
    ? fault('duplicate-prompt', `“${card.prompt}” is asked at ${place} already: take one of them out`)
    : fault(
        'ambiguous-prompt',
        `“${card.prompt}” has the answer “${card.answer}” here and “${earlier.answer}” at ${place}: say in the question which one is meant`,
      )
}
