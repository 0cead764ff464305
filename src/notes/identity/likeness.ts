import { answerForm } from '../answerForm.ts'
import { comparable } from '../compare.ts'
import {
  isInitialsOf,
  isPart,
  isRecounted,
  isReworded,
  isSpellingOf,
  isTurnedRound,
  matterOf,
  negationsIn,
  overlapOf,
  shared,
} from './words.ts'

/** What two cards are compared by. */
export interface Comparable {
  readonly deck: string
  /** Cards of one fact have the same. */
  readonly fact: string
  readonly about?: string | undefined
  readonly side: string
  readonly prompt: string
  readonly answer: string
  readonly context: readonly string[]
  readonly isRetired?: boolean
}

/** A card made ready for being compared many times. */
export interface Profile {
  readonly deck: string
  readonly fact: string
  readonly side: string
  readonly about: string
  /** Of a card that asks backwards, what is said of its subject: the answer of the card that asks forwards. */
  readonly said: string
  readonly prompt: string
  readonly answer: string
  readonly context: string
  readonly isRetired: boolean
  /** The answer is one of the few words that many cards have, such as "yes". */
  readonly isStatus: boolean
  /** Worked out when first asked for: most cards never are. */
  readonly words: Words
}

interface Words {
  readonly about: readonly string[]
  readonly prompt: readonly string[]
  readonly answer: readonly string[]
}

/** Prepares cards for {@link likeness}. */
export function profilesOf(cards: readonly Comparable[]): Profile[] {
  const fronts = new Map(cards.flatMap((card) => (card.side === 'front' ? [[card.fact, card.answer]] : [])))
  return cards.map((card) => profileOf(card, card.side === 'back' ? (fronts.get(card.fact) ?? '') : ''))
}

function profileOf(card: Comparable, said: string): Profile {
  let words: Words | null = null
  return {
    deck: card.deck,
    fact: card.fact,
    // A gap is known by what is left out; its number only says where in the text it stands.
    side: card.side.startsWith('gap-') ? 'gap' : card.side,
    said: comparable(said),
    about: comparable(card.about ?? ''),
    prompt: comparable(card.prompt),
    answer: comparable(card.answer),
    context: card.context.join('\n'),
    isRetired: card.isRetired === true,
    get isStatus() {
      return answerForm(card.answer) === 'status'
    },
    get words() {
      words ??= {
        about: card.about === undefined ? [] : matterOf(card.about),
        prompt: matterOf(card.prompt),
        answer: matterOf(card.answer),
      }
      return words
    },
  }
}

/** Below this, two cards are different questions. */
export const SAME_CARD = 0.5

/** What is known about two cards beyond their words. */
export interface Circumstances {
  /** Tells whether an answer belongs to few cards, so that sharing it means something. */
  isDistinctive(card: Profile): boolean
  /** Both stand between the same neighbours, which no other card does. */
  readonly isSamePlace: boolean
}

/**
 * How surely a new card asks what an old one asked, from 0 to 1; {@link SAME_CARD} and above is taken as the
 * same. Either the question is the same but for its wording, or its subject is, or an answer that says a lot
 * is asked for in a similar way. A question in which one word of substance stands for another is a different
 * question when the answer is as common as "yes". Standing at the same place makes up for fewer words in
 * common, but never for none.
 */
export function likeness(before: Profile, after: Profile, circumstances: Circumstances): number {
  if (before.side !== after.side) return 0
  const nearby = (before.deck === after.deck ? 0.02 : 0) + (before.context === after.context ? 0.01 : 0)
  if (before.prompt === after.prompt) return (before.answer === after.answer ? 0.97 : 0.85) + nearby
  return wordLikeness(before, after, circumstances) + nearby
}

function wordLikeness(before: Profile, after: Profile, circumstances: Circumstances): number {
  const isSameAnswer = before.answer === after.answer
  const prompts = shared(before.words.prompt, after.words.prompt)
  const prompt = overlapOf(prompts)
  const answers = shared(before.words.answer, after.words.answer)
  const answer = isSameAnswer ? 1 : overlapOf(answers)
  const hasSubject = before.about !== '' && after.about !== ''
  const isSameSubject = hasSubject && before.about === after.about
  // Two gaps of one text are two questions.
  if (isSameSubject && before.side === 'gap') return answer > 0.5 ? 0.7 + 0.07 * (prompt + answer) : 0
  if (isSameSubject && (before.deck === after.deck || answer > 0.5)) return 0.7 + 0.07 * (prompt + answer)
  if (isTurnedRound(prompts)) return 0
  const both = 0.05 * (prompt + answer)
  if (isSpeltOtherwise(before, after)) return 0.6 + both
  if ((isReworded(prompts) || (isRecounted(prompts) && answers.paired >= 2)) && answer >= 0.4)
    return 0.6 + both

  const subjects = shared(before.words.about, after.words.about)
  if (hasSubject && isReworded(subjects) && answer >= 0.6) return 0.58 + both
  // Two cells of a table may share a value and most of their question, and are two questions all the same.
  const isOtherSubject = hasSubject && !isPart(subjects)
  const saysALot = circumstances.isDistinctive(after) && (!isOtherSubject || after.words.answer.length >= 3)
  if (isSameAnswer && saysALot && prompt >= 0.5) return 0.5 + 0.1 * prompt
  if (prompt >= 0.75 && answer >= 0.75 && saysALot) return 0.5 + both
  return circumstances.isSamePlace ? placeLikeness(before, after, circumstances) : 0
}

/**
 * What a card that asks backwards starts from: in a table the row and the cell, else a meaning of some length.
 * Null where that is too little to know it by.
 */
export function saidOf({ said, about }: Profile): string | null {
  if (said === '') return null
  const [row, column] = about.split(' / ')
  if (column !== undefined) return `${row} / ${said}`
  return said.split(' ').length >= 3 ? said : null
}

/** What is enough for two cards between the same neighbours. */
function placeLikeness(before: Profile, after: Profile, { isDistinctive }: Circumstances): number {
  const prompts = shared(before.words.prompt, after.words.prompt)
  const answers = shared(before.words.answer, after.words.answer)
  const [prompt, answer] = [overlapOf(prompts), overlapOf(answers)]
  const both = 0.05 * (prompt + answer)
  if (before.about !== '' && after.about !== '') {
    const subjects = shared(before.words.about, after.words.about)
    const isSubject =
      isReworded(subjects) || isPart(subjects) || isInitialsOf(before.words.about, after.words.about)
    if (isSubject && answer >= 0.2) return 0.5 + both
    // Another subject of which the same is said is a term renamed; for tables, `renamedLines.ts` decides.
    if (after.about.includes(' / ')) return 0
    const said = before.side === 'front' ? answers : prompts
    return said.paired >= 4 && overlapOf(said) >= 0.8 ? 0.5 + both : 0
  }
  if (before.answer === after.answer && isDistinctive(after)) {
    return prompt >= 0.2 || after.words.answer.length >= 2 ? 0.5 + both : 0
  }
  const isSameWay = negationsIn(before.words.answer) === negationsIn(after.words.answer)
  if (prompt >= 0.5 && answer >= 0.5 && isSameWay) return 0.5 + both
  return isPart(prompts) && prompts.paired >= 3 ? 0.5 + both : 0
}

/** The same words in the same order but for spelling, and enough of them to be no other question. */
function isSpeltOtherwise(before: Profile, after: Profile): boolean {
  const [a, b] = [before.words.prompt, after.words.prompt]
  if (a.length !== b.length || !a.every((word, index) => isSpellingOf(word, b[index] ?? ''))) return false
  return a.filter((word, index) => word === b[index]).length >= Math.max(3, a.length - 1)
}
