import type { MessageEntity } from 'grammy/types'
import { harmlessLine, isVisible } from './harmless.ts'
import { LIMITS } from './limits.ts'
import { fromMarkdown, plainLine } from './markdown.ts'
import { withoutMentions } from './mentions.ts'
import { plain, sliced } from './text.ts'

/** A question of a round. */
export interface QuizQuestion {
  /** Inline Markdown, as are the choices and the explanation. */
  readonly prompt: string
  /** In the order they are shown. */
  readonly choices: readonly string[]
  /** Index of the right one. */
  readonly right: number
  /** Empty when there is none. */
  readonly explanation: string
  readonly deckTitle: string
  /** Counted from 0. */
  readonly position: number
  /** How many questions the round has. */
  readonly total: number
}

/** The arguments of sendPoll apart from where it goes and how long it is open. */
export interface QuizPoll {
  readonly type: 'quiz'
  /** Who answered has to be known: an answer teaches that person's schedule. */
  readonly is_anonymous: false
  readonly question: string
  readonly options: { text: string }[]
  readonly correct_option_ids: number[]
  readonly explanation?: string
  readonly explanation_entities?: MessageEntity[]
}

/** Telegram takes fewer, but a quiz needs something to choose from. */
const LEAST_OPTIONS = 2

/**
 * A question as a quiz poll. Polls take no entities but in the explanation: code is plain text there.
 *
 * @returns null when Telegram cannot ask it so: the question or an option is too long or shows nothing, two options are
 * the same as plain text. An explanation that is too long is left out.
 * @throws RangeError when `right` is not the index of a choice
 */
export function quizPoll(question: QuizQuestion): QuizPoll | null {
  const { choices, right } = question
  if (choices[right] === undefined) {
    throw new RangeError(`right is ${right}: give the index of one of the ${choices.length} choices, from 0`)
  }
  const text = questionText(question)
  const options = choices.map((choice) => lineForEveryone(plainLine(choice)))
  if (text === null || !areOptions(options)) return null
  return {
    type: 'quiz',
    is_anonymous: false,
    question: text,
    options: options.map((option) => ({ text: option })),
    correct_option_ids: [right],
    ...explanationOf(question.explanation),
  }
}

/** With the deck's title where there is room; null when the prompt is too long even without. */
function questionText({ prompt, deckTitle, position, total }: QuizQuestion): string | null {
  const line = lineForEveryone(plainLine(prompt))
  if (!isVisible(line)) return null
  const number = `${position + 1}/${total}`
  const title = lineForEveryone(deckTitle)
  const headings = isVisible(title) ? [`${number} · ${title}`, number] : [number]
  const texts = headings.map((heading) => `${heading}\n${line}`)
  return texts.find((text) => text.length <= LIMITS.pollQuestion) ?? null
}

function areOptions(options: readonly string[]): boolean {
  if (options.length < LEAST_OPTIONS || options.length > LIMITS.pollOptions) return false
  if (options.some((option) => !isVisible(option) || option.length > LIMITS.pollOption)) return false
  return new Set(options).size === options.length
}

function explanationOf(markdown: string): Pick<QuizPoll, 'explanation' | 'explanation_entities'> {
  const { text, entities } = withoutMentions(sliced(fromMarkdown(markdown)))
  const lineFeeds = text.split('\n').length - 1
  if (
    !isVisible(text) ||
    text.length > LIMITS.pollExplanation ||
    lineFeeds > LIMITS.pollExplanationLineFeeds
  ) {
    return {}
  }
  return { explanation: text, ...(entities.length > 0 && { explanation_entities: entities }) }
}

function lineForEveryone(text: string): string {
  return withoutMentions(plain(harmlessLine(text).trim())).text
}
