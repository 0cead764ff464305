import type { Card } from '../card.ts'
import { shuffledChoices } from '../choices.ts'
import { addDays, type StudyDay } from '../studyDay.ts'
import { isAskable } from './form.ts'

/** How a team stands to a card. */
export interface Candidate {
  readonly card: Card
  /** Members for whom it is due. */
  readonly forgetting: number
  /** Members who have studied it. */
  readonly studiedBy: number
  /**
   * Summed over those for whom it is due: the days since their last review in intervals of the card, so that 1 is
   * somebody due today; at most 10 each, so that nobody who has left long ago decides alone.
   */
  readonly overdue: number
  /** Lapses of those for whom it is due, and one more for each who failed it at their last review. */
  readonly fails: number
  /** The last day before on which the team was asked it; null: never, or long ago. */
  readonly lastAskedOn: StudyDay | null
}

/** A question as a round keeps it. */
export interface ChosenQuestion {
  readonly cardId: string
  readonly factId: string
  readonly choices: readonly string[]
  readonly right: number
  readonly forgetting: number
  readonly studiedBy: number
}

/** What the questions of a round are chosen from. */
export interface Choice {
  readonly roundId: number
  readonly on: StudyDay
  /** How many are wanted. */
  readonly questions: number
  /** What the team is asked that day in another of its places. */
  readonly asked: readonly ChosenQuestion[]
  readonly candidates: readonly Candidate[]
}

/** A card comes again after so many days, unless there is no other. */
export const REST_DAYS = 14

/**
 * Chooses what a team is asked: what its other places are asked that day, then what it is forgetting most (overdue and
 * failed, over its members), then what nobody has seen, then the rest. A card that was asked within
 * {@link REST_DAYS} comes after all others, the one asked longest ago first. Of siblings there is one.
 *
 * @returns as many as wanted, or fewer where there are no more
 */
export function chooseQuestions({ roundId, on, questions, asked, candidates }: Choice): ChosenQuestion[] {
  const restedSince = addDays(on, -REST_DAYS)
  const ranked = [...candidates].sort(
    (a, b) =>
      compareText(restOf(a, restedSince), restOf(b, restedSince)) ||
      b.overdue + b.fails - (a.overdue + a.fails) ||
      b.forgetting - a.forgetting ||
      a.studiedBy - b.studiedBy ||
      compareText(a.card.id, b.card.id),
  )
  const chosen = asked.slice(0, questions)
  const facts = new Set(chosen.map(({ factId }) => factId))
  for (const { card, forgetting, studiedBy } of ranked) {
    if (chosen.length >= questions) break
    if (facts.has(card.factId) || !isAskable(card)) continue
    facts.add(card.factId)
    const choices = shuffledChoices(card, roundId)
    const right = choices.indexOf(card.answer)
    chosen.push({ cardId: card.id, factId: card.factId, choices, right, forgetting, studiedBy })
  }
  return chosen
}

/** Empty for a card that has rested. */
function restOf({ lastAskedOn }: Candidate, restedSince: StudyDay): string {
  return lastAskedOn !== null && lastAskedOn >= restedSince ? lastAskedOn : ''
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Why a question is asked, for those who were asked it. */
export function reasonWords(forgetting: number, studiedBy: number): string {
  if (studiedBy === 0) return 'New to all of you.'
  if (forgetting > 0) return `${forgetting} of ${studiedBy} of you were about to forget this.`
  return studiedBy === 1 ? 'One of you has studied this.' : `${studiedBy} of you have studied this.`
}
