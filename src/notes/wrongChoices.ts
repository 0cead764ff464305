import { WRONG_CHOICES } from '../core/card.ts'
import { answerForm } from './answerForm.ts'
import { marksApart } from './choiceMarks.ts'
import { comparable, isAlsoRight } from './compare.ts'
import type { CardDraft, FactDraft } from './fact.ts'
import { CHOICE_CHARACTERS } from './limits.ts'

interface Choice {
  readonly text: string
  readonly form: string
  readonly accept: readonly string[]
}

/** How many neighbours on either side are looked at, so that long tables cost no more per card. */
const NEIGHBOURS = 30

/** Answers of code differ by single words: `helm list` is not also right where `helm repo list` is. */
const EXACT = /^(?:command|option|code|version|date|price|number)/

/**
 * Finds wrong choices for cards from the answers that stand beside theirs in the notes: of the same form, of
 * similar length, never also right, nearest first.
 *
 * @param facts of one deck
 * @returns for a card of these facts its three wrong choices, or none when the notes have no three
 */
export function wrongChoicesFor(facts: readonly FactDraft[]): (card: CardDraft) => readonly string[] {
  const pools = new Map<string, Choice[]>()
  const places = new Map<CardDraft, Map<string, number>>()
  for (const card of facts.flatMap((fact) => fact.cards)) {
    const choice = { text: card.answer, form: answerForm(card.answer), accept: card.accept }
    const place = new Map<string, number>()
    for (const { key } of card.pools) {
      const pool = pools.get(key) ?? []
      place.set(key, pool.length)
      pool.push(choice)
      pools.set(key, pool)
    }
    places.set(card, place)
  }
  return (card) => {
    if (card.wrong.length > 0)
      return card.wrong.length < WRONG_CHOICES ? [] : card.wrong.slice(0, WRONG_CHOICES)
    const form = answerForm(card.answer)
    const found: { text: string; rank: number }[] = card.others
      .filter((text) => answerForm(text) === form)
      .map((text) => ({ text, rank: 0 }))
    card.pools.forEach(({ key, formsOnly }, tier) => {
      if (formsOnly && form === 'words') return
      const pool = pools.get(key) ?? []
      const own = places.get(card)?.get(key) ?? 0
      for (let index = Math.max(0, own - NEIGHBOURS); index <= own + NEIGHBOURS; index++) {
        const choice = pool[index]
        if (choice === undefined || index === own || choice.form !== form) continue
        if (isRightFor(card, form, choice)) continue
        const unlike = unlikeness(card.answer, choice.text, form)
        if (unlike === null) continue
        const apart = marksApart(card.answer, choice.text).length
        found.push({
          text: choice.text,
          rank: tier * 10 + unlike * 4 + apart + Math.abs(index - own) / NEIGHBOURS,
        })
      }
    })
    // Sorting is stable, so equal ranks keep the order of the notes.
    return distinct(
      found.sort((a, b) => a.rank - b.rank).map(({ text }) => text),
      form,
    )
  }
}

function isRightFor(card: CardDraft, form: string, choice: Choice): boolean {
  const right = [card.answer, ...card.accept]
  const offered = [choice.text, ...choice.accept]
  const same = EXACT.test(form) ? sameText : isAlsoRight
  return right.some((answer) => offered.some((other) => same(answer, other)))
}

function sameText(a: string, b: string): boolean {
  return comparable(a) === comparable(b)
}

/**
 * How far a choice stands out beside the answer, from 0 (not at all) to 1; null when it would give itself or
 * the answer away.
 */
function unlikeness(answer: string, choice: string, form: string): number | null {
  if (choice.length > CHOICE_CHARACTERS || answer.length > CHOICE_CHARACTERS) return null
  const [short, long] = [answer.length, choice.length].sort((a, b) => a - b) as [number, number]
  if (form === 'words' && long - short > 15 && long / short > 2.2) return null
  const length = 1 - short / long
  if (form !== 'command') return length
  // Commands of one program, and of one part of it, are the hardest to tell apart.
  const [a, b] = [answer.split(' '), choice.split(' ')]
  let shared = 0
  while (shared < a.length && a[shared] === b[shared]) shared++
  return (length + 1 / (1 + shared)) / 2
}

function distinct(texts: readonly string[], form: string): readonly string[] {
  const same = EXACT.test(form) ? sameText : isAlsoRight
  const chosen: string[] = []
  for (const text of texts) {
    if (chosen.length === WRONG_CHOICES) break
    if (!chosen.some((other) => same(other, text))) chosen.push(text)
  }
  return chosen.length === WRONG_CHOICES ? chosen : []
}
