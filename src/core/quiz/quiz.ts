import type { Asking } from '../asking.ts'
import type { CardInHand } from '../cardInHand.ts'
import type { ChatKey } from '../chatStore.ts'
import { shuffledChoices } from '../choices.ts'
import { dailyKey } from '../daily/dailyKey.ts'
import { QUALITY_OF } from '../grade.ts'
import type { Learner, Platform } from '../learner.ts'
import { answerEntry } from '../log.ts'
import type { DeckSummary, Store } from '../store.ts'
import { studyDayAt } from '../studyDay.ts'
import type { CountedAnswer, OpenQuestion, Round, RoundAnswer, RoundQuestion } from './roundStore.ts'

/** Asked unless another number is wanted. */
const QUIZ_QUESTIONS = 10
/** Cards looked at for each question, since some are too long for the platform's form. */
const CARDS_PER_QUESTION = 4

/** What quiz is wanted. */
export interface QuizOrder {
  readonly place: ChatKey
  /** Null: any deck of the person who asks. */
  readonly deckId: string | null
  /** Null: each question waits for its answer. */
  readonly secondsPerQuestion: number | null
  /** How many questions at most; {@link QUIZ_QUESTIONS} unless given. */
  readonly questions?: number
  /** Whether the platform's form takes the card. */
  canAsk(hand: CardInHand): boolean
}

export type Opened =
  | { readonly kind: 'opened'; readonly roundId: number; readonly questions: number }
  /** One is going on there already. */
  | { readonly kind: 'running'; readonly round: Round }
  /** No card can be asked so. */
  | { readonly kind: 'nothing' }

/** Opens a quiz; nothing is asked yet. */
export async function openQuiz(store: Store, asking: Asking, order: QuizOrder): Promise<Opened> {
  const { place, deckId, secondsPerQuestion, questions: wanted = QUIZ_QUESTIONS } = order
  const learner = await store.learner(asking.identity, asking.initialSettings)
  const today = studyDayAt(asking.now, learner.timeZone, learner.dayStartHour)
  const seed = asking.now.getTime()
  const limit = wanted * CARDS_PER_QUESTION
  const hands = await store.quizCards(learner.id, deckId, today, String(seed), limit)
  const questions = hands
    .filter((hand) => order.canAsk(hand))
    .slice(0, wanted)
    .map(({ card }) => {
      const choices = shuffledChoices(card, seed)
      return { cardId: card.id, choices, right: choices.indexOf(card.answer) }
    })
  if (questions.length === 0) return { kind: 'nothing' }
  const roundId = await store.openRound({ place, deckId, secondsPerQuestion }, questions, asking.now)
  if (roundId !== null) return { kind: 'opened', roundId, questions: questions.length }
  const round = await store.roundAt(place)
  return round === null ? { kind: 'nothing' } : { kind: 'running', round }
}

/** What of a person's answers to a question counts. */
export interface Answered {
  readonly isRight: boolean
  /** Index into the question's choices. */
  readonly choice: number
  /** False: they had answered before, and the answer given now counts for nothing. */
  readonly isFirst: boolean
  /** Of a daily quiz: the other platform where they had answered it; null when it was on this one. */
  readonly elsewhere: Platform | null
}

/**
 * Counts a person's answer to a question, for the round and for their own schedule: a card that is not due yet
 * moves only when it was not known. However often it comes, it counts once. Whoever answers in a daily quiz takes part
 * in the team.
 *
 * The answer is kept first, with the review count it belongs to: if the process ends before the review is written,
 * the same answer delivered again writes it.
 *
 * @param choice index into the question's choices
 * @param name what the board calls the person
 * @returns the answer that counts; null when the question takes no answers any more, or has no such choice
 */
export async function answerQuiz(
  store: Store,
  asking: Asking,
  question: OpenQuestion,
  choice: number,
  name: string,
): Promise<Answered | null> {
  const { closed, closesAt, choices, round } = question
  if (closed || (closesAt !== null && asking.now >= closesAt) || choices[choice] === undefined) return null
  const count = async () => {
    const learner = await store.learner(asking.identity, asking.initialSettings)
    if (round.daily !== null) await store.takePart(learner.id, round.daily, name, asking.now)
    return countAnswer(store, asking.now, learner, question, choice, { name, late: false })
  }
  const first = await count()
  // The same answer was faster; or two accounts became one meanwhile, and it is kept with the count that it has now.
  const again = first?.refused === true ? await count() : null
  const counted = first !== null && again !== null ? { ...again, isFirst: first.isFirst } : first
  if (counted === null) return null
  const { answer, isFirst, platform } = counted
  const elsewhere = isFirst || platform === round.place.platform ? null : platform
  return { isRight: answer.isRight, choice: answer.choice, isFirst, elsewhere }
}

/**
 * Counts an answer to a question for the learner's own schedule, and for the round unless it is late.
 *
 * @returns the answer that counts, and whether it is this one; `refused` when its review could not be written since
 *   the card had moved on; null when there is no such card any more
 */
export async function countAnswer(
  store: Store,
  now: Date,
  learner: Learner,
  question: RoundQuestion & { readonly round: Pick<Round, 'daily'> },
  choice: number,
  { name, late }: Pick<RoundAnswer, 'name' | 'late'>,
): Promise<(CountedAnswer & { readonly refused: boolean }) | null> {
  const { daily } = question.round
  const hand = await store.card(learner.id, question.cardId)
  if (hand === null) return null
  const counted = await store.answerRound({
    roundId: question.roundId,
    position: question.position,
    learnerId: learner.id,
    name,
    choice,
    isRight: choice === question.right,
    reviewCount: hand.state.reviewCount,
    answeredAt: now,
    dailyKey: daily === null ? null : dailyKey(daily, question.cardId),
    late,
  })
  const { answer: kept } = counted
  if (kept.reviewCount === hand.state.reviewCount) {
    const occasion = {
      learnerId: learner.id,
      cardId: hand.card.id,
      deckId: hand.deckId,
      studyDay: studyDayAt(kept.answeredAt, learner.timeZone, learner.dayStartHour),
      answeredAt: kept.answeredAt,
      daily: daily !== null && !kept.late,
    }
    const entry = answerEntry(occasion, hand.state, QUALITY_OF[kept.isRight ? 'good' : 'again'])
    return { ...counted, refused: !(await store.append(entry)) }
  }
  return { ...counted, refused: false }
}

/**
 * The deck that a person means: by its id, its title, or how its title begins or what it contains. What somebody made
 * for themselves is no matter for a quiz.
 */
export function findDeck(decks: readonly DeckSummary[], words: string): DeckSummary | null {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return null
  const tests: ((deck: DeckSummary) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ title }) => title.toLowerCase() === wanted,
    ({ title }) => title.toLowerCase().startsWith(wanted),
    ({ title }) => title.toLowerCase().includes(wanted),
  ]
  for (const test of tests) {
    const found = decks.find((deck) => !deck.isOwn && test(deck))
    if (found !== undefined) return found
  }
  return null
}
