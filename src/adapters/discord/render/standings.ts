import { count } from '../../../core/words.ts'
import { type MessageBody, messageBody } from './body.ts'
import { type Line, withBlanks } from './lines.ts'
import { nameRun } from './names.ts'
import { plainRun } from './runs.ts'
import { splitLines } from './split.ts'

/** The end of a round. */
export interface QuizResult {
  readonly title: string
  /** How many questions there were. */
  readonly total: number
  /** Most right answers first; only those who may be named. */
  readonly standings: readonly { readonly name: string; readonly right: number }[]
  /** How many people answered, those who are not named too; unless given, all are named. */
  readonly players?: number
}

const STANDINGS_SHOWN = 15
const MEDALS = ['🥇', '🥈', '🥉']

/** The end of a round: places, names and right answers; several messages only where the title is too long for one. */
export function standingsMessages(result: QuizResult): MessageBody[] {
  return splitLines(withBlanks([standingsLines(result)])).map((content) => messageBody(content))
}

/** The same as lines that belong together. */
export function standingsLines({ title, total, standings, players = standings.length }: QuizResult): Line[] {
  const shown = standings.slice(0, STANDINGS_SHOWN)
  const further = players - shown.length
  return [
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
    ...(players === 0 ? [text('Nobody answered this time.')] : []),
    ...(further > 0
      ? [{ kind: 'note', runs: [plainRun(furtherWords(shown.length, further))] } as const]
      : []),
  ]
}

function furtherWords(shown: number, further: number): string {
  return shown === 0 ? `${count(further, 'person', 'people')} answered` : `… and ${further} more`
}

function text(words: string): Line {
  return { kind: 'text', runs: [plainRun(words)] }
}
