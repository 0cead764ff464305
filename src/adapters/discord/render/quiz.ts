import { type APIButtonComponentWithCustomId, ButtonStyle, ComponentType } from 'discord.js'
import { bar, markdownLines } from './blocks.ts'
import { type MessageBody, messageBody } from './body.ts'
import { isVisible } from './harmless.ts'
import { areListed, choiceMark } from './labels.ts'
import { LIMITS } from './limits.ts'
import { type Line, renderLines, withBlanks } from './lines.ts'
import { nameRun, namesRun } from './names.ts'
import { evenly } from './rows.ts'
import { markdownRun, plainLine, plainRun, type Run } from './runs.ts'
import { splitLines } from './split.ts'

/** A question of a quiz that a channel answers together. */
export interface QuizQuestion {
  /** What the quiz is called; none unless given. */
  readonly title?: string
  /** Inline Markdown, as are the choices. */
  readonly prompt: string
  /** In the order they are shown. */
  readonly choices: readonly string[]
  readonly deckTitle: string
  /** Counted from 0. */
  readonly position: number
  /** How many questions the round has. */
  readonly total: number
}

export interface OpenQuizQuestion extends QuizQuestion {
  /** When it stops taking answers. */
  readonly closesAt: Date
  /** How many people have answered. */
  readonly answered: number
}

export interface ClosedQuizQuestion extends QuizQuestion {
  /** Index of the right choice. */
  readonly right: number
  /** Inline Markdown; empty when there is none. */
  readonly explanation: string
  /** Where the card comes from; plain text, empty for nothing. */
  readonly source: string
  /** Why it was asked; plain text, nothing unless given. */
  readonly reason?: string
  /** For each choice who chose it. */
  readonly chosenBy: readonly ChosenBy[]
}

/** Those who chose one choice. */
export interface ChosenBy {
  /** All of them. */
  readonly count: number
  /** Those who may be named, as they call themselves. */
  readonly names: readonly string[]
}

/** Names of those who chose one choice; more would hide the question. */
const NAMES_SHOWN = 10
/** A longer question is hard to read as a heading. */
const HEADING_LENGTH = 160
const LEAST_CHOICES = 2
const MOST_CHOICES = LIMITS.rows * LIMITS.rowButtons
const PREFIX = 'a:'
const NOBODY: ChosenBy = { count: 0, names: [] }

/**
 * A question with its choices as buttons, see {@link decodeQuizAnswer}.
 *
 * @returns null when Discord cannot ask it so: it is too long for one message, shows nothing, or two choices look the
 * same
 */
export function questionMessage(question: OpenQuizQuestion): MessageBody | null {
  const { prompt, choices, closesAt, answered } = question
  const labels = choices.map(plainLine)
  if (!isVisible(plainLine(prompt)) || !areChoices(labels)) return null
  const isLettered = areListed(labels)
  const content = renderLines(
    withBlanks([
      [placeLine(question, []), ...promptLines(prompt)],
      isLettered ? choices.map((choice, index) => choiceLine(choice, choiceMark(index), false)) : [],
      [
        {
          kind: 'raw',
          isNote: true,
          markdown: `Closes ${relativeTime(closesAt)}${answered === 0 ? '' : ` · ${answered} answered`}`,
        },
      ],
    ]),
  )
  if (content.length > LIMITS.content) return null
  const buttons = labels.map(
    (label, index): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: isLettered ? choiceMark(index) : label,
      custom_id: `${PREFIX}${index}`,
    }),
  )
  const rows = isLettered
    ? evenly(buttons, LIMITS.rowButtons)
    : evenly(buttons, Math.ceil(buttons.length / LIMITS.rows))
  return messageBody(
    content,
    rows.map((components) => ({ type: ComponentType.ActionRow, components })),
  )
}

/** A time that Discord shows as "in 3 hours", and keeps up to date. */
export function relativeTime(time: Date): string {
  return `<t:${Math.ceil(time.getTime() / 1000)}:R>`
}

/**
 * Reads the custom_id of a choice's button, which is user input.
 *
 * @returns the choice's index; null for anything that {@link questionMessage} would not write
 */
export function decodeQuizAnswer(customId: string): number | null {
  const [, index] = /^a:(0|[1-9]\d?)$/.exec(customId) ?? []
  return index === undefined || Number(index) >= MOST_CHOICES ? null : Number(index)
}

/**
 * A question that is over: the right choice, who chose what, the explanation.
 *
 * @returns the first takes the place of the question, further ones follow it; no buttons
 * @throws RangeError when `right` is not the index of a choice
 */
export function closedMessages(question: ClosedQuizQuestion): MessageBody[] {
  const { prompt, choices, right, explanation, reason = '', source, chosenBy } = question
  if (choices[right] === undefined) {
    throw new RangeError(`right is ${right}: give the index of one of the ${choices.length} choices, from 0`)
  }
  const answers = choices.reduce((sum, _, index) => sum + (chosenBy[index]?.count ?? 0), 0)
  const hits = chosenBy[right]?.count ?? 0
  const verdict = answers === 0 ? 'nobody answered' : `${hits} of ${answers} right`
  const isLettered = areListed(choices.map(plainLine))
  const lines = withBlanks([
    [placeLine(question, [verdict]), ...promptLines(prompt)],
    choices.flatMap((choice, index): Line[] => [
      choiceLine(
        choice,
        `${index === right ? '✅' : '▫️'}${isLettered ? `  ${choiceMark(index)}` : ''}`,
        index === right,
      ),
      ...(answers === 0 ? [] : [spreadLine(chosenBy[index] ?? NOBODY, answers)]),
    ]),
    [
      ...(explanation === '' ? [] : markdownLines(explanation, 'text')),
      { kind: 'note', runs: [plainRun(reason)] },
      { kind: 'note', runs: [plainRun(source)] },
    ],
  ])
  return splitLines(lines).map((content) => messageBody(content))
}

function areChoices(labels: readonly string[]): boolean {
  if (labels.length < LEAST_CHOICES || labels.length > MOST_CHOICES) return false
  return labels.every(isVisible) && new Set(labels).size === labels.length
}

function placeLine(
  { title = '', deckTitle, position, total }: QuizQuestion,
  further: readonly string[],
): Line {
  const titles = [title, deckTitle].filter(isVisible)
  const words = [...titles, `question ${position + 1} of ${total}`, ...further]
  return { kind: 'note', runs: [plainRun(words.join(' · '))] }
}

function promptLines(prompt: string): Line[] {
  const lines = markdownLines(prompt, 'text')
  const [only] = lines
  const isHeading = lines.length === 1 && only?.kind === 'text' && plainLine(prompt).length <= HEADING_LENGTH
  return isHeading ? [{ ...only, kind: 'heading' }] : lines
}

function choiceLine(choice: string, mark: string, isStrong: boolean): Line {
  const words = markdownRun(choice).map((run): Run => ({ ...run, strong: run.strong || isStrong }))
  return { kind: 'text', runs: [plainRun(mark, { strong: true }), plainRun('  '), ...words] }
}

function spreadLine({ count, names }: ChosenBy, answers: number): Line {
  const drawn = `${bar(count / answers)}  ${count}`
  const shown = names.slice(0, NAMES_SHOWN).map(nameRun)
  const more = shown.length === 0 ? 0 : count - shown.length
  return { kind: 'note', runs: [plainRun(drawn), ...namesRun(shown, more)] }
}
