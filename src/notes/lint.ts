import { answerForm } from './answerForm.ts'
import { comparable, isPartOfOther, wordsOf } from './compare.ts'
import type { IdlessCard } from './draftCards.ts'
import type { Finding } from './finding.ts'

/** A card and the notes file it comes from. */
export interface LintedCard {
  readonly file: string
  readonly card: IdlessCard
}

type Check = (linted: LintedCard) => Omit<Finding, 'file' | 'line'> | null

const CHECKS: readonly Check[] = [emptyText, answerInPrompt, leftover, doubtfulChoices]

/**
 * Reads all cards of a build as a critical learner would.
 *
 * @returns errors for cards that must not be asked, warnings for doubtful ones
 */
export function lintCards(cards: readonly LintedCard[]): Finding[] {
  const findings: Finding[] = []
  const byPrompt = new Map<string, LintedCard>()
  for (const linted of cards) {
    const { file, card } = linted
    for (const check of CHECKS) {
      const fault = check(linted)
      if (fault !== null) findings.push({ ...fault, file, line: card.line })
    }
    const key = comparable(card.prompt)
    const earlier = byPrompt.get(key)
    if (earlier === undefined) byPrompt.set(key, linted)
    else findings.push({ ...duplicate(card, earlier), file, line: card.line })
  }
  return findings
}

function duplicate(card: IdlessCard, earlier: LintedCard): Omit<Finding, 'file' | 'line'> {
  const place = `${earlier.file}:${earlier.card.line}`
  return comparable(card.answer) === comparable(earlier.card.answer)
    ? error('duplicate-prompt', `“${card.prompt}” is asked at ${place} already: take one of them out`)
    : error(
        'ambiguous-prompt',
        `“${card.prompt}” has the answer “${card.answer}” here and “${earlier.card.answer}” at ${place}: say in the question which one is meant`,
      )
}

function emptyText({ card }: LintedCard): ReturnType<Check> {
  if (wordsOf(card.prompt).length === 0) return error('empty', 'a card has an empty question: write one')
  if (comparable(card.answer) === '') return error('empty', `“${card.prompt}” has an empty answer: write one`)
  return null
}

/** Only for prompts that a person wrote: others are left out when they hold their answer. */
function answerInPrompt({ card }: LintedCard): ReturnType<Check> {
  if (!card.written || answerForm(card.answer) === 'status') return null
  const prompt = ` ${comparable(card.prompt).replace(/[?:;()“”]/g, ' ')} `
  const answer = comparable(card.answer)
  if (answer.length < 2) return null
  const at = prompt.indexOf(` ${answer} `)
  if (at < 0) return null
  const [before, after] = [prompt.slice(0, at), prompt.slice(at + answer.length + 1)]
  // One of several that the question offers: "direct or managed", "which of GKE, AKS and EKS".
  if (/(?:,|\bor|\band)\s*$/.test(before) || /^\s*(?:,|or\b|and\b)/.test(after)) return null
  return warning(
    'answer-in-prompt',
    `“${card.prompt}” holds its answer “${card.answer}”: ask without naming it`,
  )
}

const LEFTOVER =
  /\{#[\w-]*\}?|\[\^[^\]]*\]|<!--|-->|(?<!\{)\{(?:term|answer|row|column|cell|command)\}(?!\})|^\s*(?:Q|A):\s/

function leftover({ card }: LintedCard): ReturnType<Check> {
  for (const text of [card.prompt, card.answer, card.explanation, ...card.wrong]) {
    const found = LEFTOVER.exec(text.replace(/`[^`]*`/g, ''))?.[0]
    if (found !== undefined) {
      return warning('leftover', `“${text}” still holds markup (${found.trim()}): is it in its right place?`)
    }
  }
  return null
}

function doubtfulChoices({ card }: LintedCard): ReturnType<Check> {
  const right = [card.answer, ...card.accept]
  const wrongButRight = card.wrong.find((choice) =>
    right.some((text) => comparable(text) === comparable(choice)),
  )
  if (wrongButRight !== undefined) {
    return error(
      'choice-also-right',
      `“${wrongButRight}” is both a wrong choice and right in “${card.prompt}”`,
    )
  }
  const repeated = card.wrong.find((choice, index) =>
    card.wrong.some((other, place) => place < index && comparable(other) === comparable(choice)),
  )
  if (repeated !== undefined) {
    return error('choice-repeated', `the wrong choice “${repeated}” comes twice in “${card.prompt}”`)
  }
  const near = card.wrong.find(
    (choice) => answerForm(choice) === 'words' && isPartOfOther(choice, card.answer),
  )
  return near === undefined
    ? null
    : warning('choice-also-right', `“${near}” says much the same as the answer of “${card.prompt}”`)
}

function error(rule: string, message: string): Omit<Finding, 'file' | 'line'> {
  return { level: 'error', rule, message }
}

function warning(rule: string, message: string): Omit<Finding, 'file' | 'line'> {
  return { level: 'warning', rule, message }
}
