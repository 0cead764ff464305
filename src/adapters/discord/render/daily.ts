import { ButtonStyle, ComponentType } from 'discord.js'
import { encodeAction } from '../../../core/actionCodec.ts'
import type { DailyQuestion, DailyResult, DailyRound } from '../../../core/daily/daily.ts'
import { type MessageBody, messageBody } from './body.ts'
import type { Row } from './buttons.ts'
import { type Line, withBlanks } from './lines.ts'
import { closedMessages, questionMessage } from './quiz.ts'
import { plainLine, plainRun, renderRuns } from './runs.ts'
import { splitLines } from './split.ts'
import { standingsLines } from './standings.ts'

const TITLE = 'Daily quiz'
const CATCH_UP = 'Catch up'
const CATCH_UP_WORDS = `Missed it? ${CATCH_UP} asks only you: it counts for your schedule, not for this result.`
/** So much of a question tells which one it was. */
const ABOUT_LENGTH = 60
const ID = /^\d{1,20}$/

/** A question of a daily quiz; null when Discord cannot ask it so, see {@link questionMessage}. */
export function dailyQuestionMessage(round: DailyRound, question: DailyQuestion): MessageBody | null {
  return questionMessage({ ...placed(round, question), closesAt: round.closesAt, answered: 0 })
}

/**
 * What becomes of each question that was sent when the quiz closes.
 *
 * @returns by question; the first body takes the place of the question, further ones follow it
 */
export function dailyClosedMessages({ round, questions }: DailyResult): {
  readonly position: number
  readonly messageId: string
  readonly bodies: readonly MessageBody[]
}[] {
  return questions.flatMap((question) => {
    const { position, messageId } = question
    if (messageId === null) return []
    return [{ position, messageId, bodies: closedMessages({ ...question, ...placed(round, question) }) }]
  })
}

/** The end of a daily quiz: standings, the way to each question, and a button for whoever missed it. */
export function dailyEndMessages(result: DailyResult): MessageBody[] {
  const { round, questions, standings, players } = result
  const asked = questions.filter(({ messageId }) => messageId !== null)
  const lines = withBlanks([
    standingsLines({ title: TITLE, total: asked.length, standings, players }),
    asked.map((question, index): Line => {
      const hits = question.chosenBy[question.right]?.count ?? 0
      const all = question.chosenBy.reduce((sum, { count }) => sum + count, 0)
      const words = all === 0 ? 'nobody answered' : `${hits} of ${all} right`
      const about = renderRuns([plainRun(shortened(plainLine(question.prompt)))])
      const way = wayTo(round, question.messageId, index)
      return { kind: 'raw', isNote: true, markdown: `${way} · ${words} · ${about}` }
    }),
    [{ kind: 'note', runs: [plainRun(CATCH_UP_WORDS)] }],
  ])
  const contents = splitLines(lines)
  return contents.map((content, index) =>
    messageBody(content, index === contents.length - 1 ? [catchUpRow(round.id)] : []),
  )
}

function placed({ questions }: DailyRound, question: DailyQuestion) {
  const { prompt, choices, deckTitle, position } = question
  return { title: TITLE, prompt, choices, deckTitle, position, total: questions.length }
}

/** Results take the place of questions, perhaps far above: nobody would find them without a link. */
function wayTo({ place, chatId }: DailyRound, messageId: string | null, index: number): string {
  const words = `Question ${index + 1}`
  const ids = [place.placeId, chatId, messageId ?? '']
  return ids.every((id) => ID.test(id)) ? `[${words}](https://discord.com/channels/${ids.join('/')})` : words
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= ABOUT_LENGTH ? text : `${characters.slice(0, ABOUT_LENGTH - 1).join('')}…`
}

function catchUpRow(roundId: number): Row {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: CATCH_UP,
        custom_id: encodeAction({ kind: 'catchUp', roundId }),
      },
    ],
  }
}
