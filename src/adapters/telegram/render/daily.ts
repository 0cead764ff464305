import type {
  DailyQuestion,
  DailyQuestionResult,
  DailyResult,
  DailyRound,
} from '../../../core/daily/daily.ts'
import { type Block, privateScreen, type Screen } from '../../../core/screen.ts'
import { count } from '../../../core/words.ts'
import { plainLine } from './markdown.ts'
import { type QuizPoll, quizPoll } from './poll.ts'
import { dateTime, type FormattedText, joined, plain, styled } from './text.ts'

/** More of those who were right are not named for one question. */
const NAMES_SHOWN = 10
/** More lines would hide what was right. */
const STANDINGS_SHOWN = 10

/** What a group reads before the questions come. */
export function dailyOpening({ questions, closesAt }: DailyRound): FormattedText {
  const asked = questions.filter(({ closed }) => !closed).length
  return joined(
    [
      styled('bold', plain('Daily quiz')),
      joined([
        plain(`${count(asked, 'question')}. Everybody may answer each once, until `),
        dateTime(closesAt),
        plain('.'),
      ]),
    ],
    '\n',
  )
}

/** A question as a quiz poll; null when Telegram cannot ask it so. */
export function dailyPoll({ questions }: DailyRound, question: DailyQuestion): QuizPoll | null {
  return quizPoll({ ...question, total: questions.length })
}

/**
 * How a daily quiz went: for each question what was right, who knew it and what else was chosen; then the standings.
 *
 * @param catchUpUrl where whoever missed it makes up for it
 */
export function dailyResultScreen(result: DailyResult, catchUpUrl: string): Screen {
  const asked = result.questions.filter(({ messageId }) => messageId !== null)
  return {
    ...privateScreen({
      blocks: [
        { kind: 'heading', text: 'Daily quiz: the answers' },
        ...asked.flatMap((question) => questionBlocks(result.round, question)),
        ...standingsBlocks(result, asked.length),
      ],
      links: asked.length === 0 ? [] : [{ label: 'Missed it? Catch up privately', url: catchUpUrl }],
    }),
    visibility: 'everyone',
  }
}

function questionBlocks(round: DailyRound, question: DailyQuestionResult): Block[] {
  const { position, prompt, choices, right, explanation, source, reason } = question
  // Whoever looks at the poll finds its explanation there.
  const isExplained = dailyPoll(round, question)?.explanation !== undefined
  return [
    { kind: 'markdown', markdown: `**${position + 1}.** ${prompt}` },
    { kind: 'answer', markdown: choices[right] ?? '' },
    { kind: 'plain', text: whoWasRight(question) },
    ...spreadBlocks(question),
    ...(isExplained || explanation === '' ? [] : [{ kind: 'markdown', markdown: explanation } as const]),
    { kind: 'note', text: [reason, source].filter((part) => part !== '').join(' · ') },
  ]
}

function whoWasRight({ chosenBy, right }: DailyQuestionResult): string {
  const answered = chosenBy.reduce((sum, { count }) => sum + count, 0)
  const { count: known = 0, names = [] } = chosenBy[right] ?? {}
  if (answered === 0) return 'Nobody answered.'
  if (known === 0)
    return answered === 1 ? 'The one who answered did not know.' : `None of the ${answered} knew.`
  const shown = names.slice(0, NAMES_SHOWN)
  const more = known - shown.length
  // Those who are hidden count, and are not named.
  const listed = shown.length === 0 ? [] : [...shown, ...(more > 0 ? [`${more} more`] : [])]
  return `Right: ${known} of ${answered}${listed.length === 0 ? '' : ` (${listed.join(', ')})`}`
}

/** The wrong choices that were taken, most taken first. */
function spreadBlocks({ choices, right, chosenBy }: DailyQuestionResult): Block[] {
  const wrong = choices
    .map((choice, index) => ({ choice, taken: index === right ? 0 : (chosenBy[index]?.count ?? 0) }))
    .filter(({ taken }) => taken > 0)
    .sort((a, b) => b.taken - a.taken)
  if (wrong.length === 0) return []
  return [
    { kind: 'plain', text: wrong.map(({ choice, taken }) => `${taken} × ${plainLine(choice)}`).join(' · ') },
  ]
}

function standingsBlocks({ standings, players }: DailyResult, questions: number): Block[] {
  if (players === 0) return []
  const shown = standings.slice(0, STANDINGS_SHOWN)
  const others = players - shown.length
  return [
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'table',
            rows: shown.map(({ name, right }) => [
              // Equal results share a place.
              `${1 + standings.filter((other) => other.right > right).length}.`,
              name,
              `${right} of ${questions}`,
            ]),
          } as const,
        ]),
    ...(others > 0 ? [{ kind: 'note', text: `… and ${others} more` } as const] : []),
  ]
}
