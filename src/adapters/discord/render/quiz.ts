import { type APIButtonComponentWithCustomId, ButtonStyle, ComponentType } from 'discord.js'
import { count } from '../../../core/words.ts'
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
  /** For each choice the names of those who chose it, as they call themselves. */
  readonly chosenBy: readonly (readonly string[])[]
}

/** The end of a round. */
export interface QuizResult {
  readonly title: string
  /** How many questions there were. */
  readonly total: number
  /** Most right answers first. */
  readonly standings: readonly { readonly name: string; readonly right: number }[]
}

/** Names of those who chose one choice; more would hide the question. */
const NAMES_SHOWN = 10
const STANDINGS_SHOWN = 15
/** A longer question is hard to read as a heading. */
const HEADING_LENGTH = 160
const LEAST_CHOICES = 2
const MOST_CHOICES = LIMITS.rows * LIMITS.rowButtons
const PREFIX = 'a:'
const MEDALS = ['🥇', '🥈', '🥉']

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
          markdown: `Closes <t:${Math.ceil(closesAt.getTime() / 1000)}:R>${answered === 0 ? '' : ` · ${answered} answered`}`,
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
  const { prompt, choices, right, explanation, source, chosenBy } = question
  if (choices[right] === undefined) {
    throw new RangeError(`right is ${right}: give the index of one of the ${choices.length} choices, from 0`)
  }
  const answers = choices.reduce((sum, _, index) => sum + (chosenBy[index]?.length ?? 0), 0)
  const hits = chosenBy[right]?.length ?? 0
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
      ...(answers === 0 ? [] : [spreadLine(chosenBy[index] ?? [], answers)]),
    ]),
    [
      ...(explanation === '' ? [] : markdownLines(explanation, 'text')),
      { kind: 'note', runs: [plainRun(source)] },
    ],
  ])
  return splitLines(lines).map((content) => messageBody(content))
}

/** The end of a round: places, names and right answers; several messages only where the title is too long for one. */
export function standingsMessages({ title, total, standings }: QuizResult): MessageBody[] {
  const shown = standings.slice(0, STANDINGS_SHOWN)
  const hidden = standings.length - shown.length
  const lines = withBlanks([
    [
      { kind: 'note', runs: [plainRun(`${title} · ${count(total, 'question')}`)] },
      { kind: 'heading', runs: [plainRun('Quiz over')] },
      ...shown.map((one): Line => {
        const place = 1 + standings.filter(({ right }) => right > one.right).length
        const mark = one.right > 0 ? MEDALS[place - 1] : undefined
        return {
          kind: 'text',
          runs: [
            plainRun(`${mark ?? `${place}.`}  `),
            { ...nameRun(one.name), strong: true },
            plainRun(`  ${one.right} of ${total}`),
          ],
        }
      }),
      ...(shown.length === 0 ? [text('Nobody answered this time.')] : []),
      ...(hidden > 0 ? [{ kind: 'note', runs: [plainRun(`… and ${hidden} more`)] } as const] : []),
    ],
  ])
  return splitLines(lines).map((content) => messageBody(content))
}

function areChoices(labels: readonly string[]): boolean {
  if (labels.length < LEAST_CHOICES || labels.length > MOST_CHOICES) return false
  return labels.every(isVisible) && new Set(labels).size === labels.length
}

function placeLine({ deckTitle, position, total }: QuizQuestion, further: readonly string[]): Line {
  const title = isVisible(deckTitle) ? [deckTitle] : []
  const words = [...title, `question ${position + 1} of ${total}`, ...further]
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

function spreadLine(names: readonly string[], answers: number): Line {
  const drawn = `${bar(names.length / answers)}  ${names.length}`
  const shown = names.slice(0, NAMES_SHOWN).map(nameRun)
  const hidden = names.length - shown.length
  return { kind: 'note', runs: [plainRun(drawn), ...namesRun(shown, hidden)] }
}

function text(words: string): Line {
  return { kind: 'text', runs: [plainRun(words)] }
}
