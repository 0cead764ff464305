import type { Round, Standing } from '../quiz/roundStore.ts'
import { privateScreen, type Screen } from '../screen.ts'
import { count } from '../words.ts'

/** More lines would hide the message above. */
const STANDINGS_SHOWN = 15

/** Begins a quiz that a group answers together. */
export function quizOpeningScreen(questions: number, secondsPerQuestion: number, title: string): Screen {
  return {
    ...privateScreen({
      blocks: [
        { kind: 'heading', text: `Quiz: ${title}` },
        {
          kind: 'plain',
          text: `${count(questions, 'question')}, ${secondsPerQuestion} seconds each. Everybody may answer.`,
        },
      ],
    }),
    visibility: 'everyone',
  }
}

/** The end of a quiz that a group answered together. */
export function standingsScreen(round: Round, standings: readonly Standing[]): Screen {
  const shown = standings.slice(0, STANDINGS_SHOWN)
  const hidden = standings.length - shown.length
  return {
    ...privateScreen({
      blocks: [
        { kind: 'heading', text: 'Quiz over' },
        ...(shown.length === 0
          ? [{ kind: 'plain', text: 'Nobody answered this time.' } as const]
          : [
              {
                kind: 'table',
                rows: shown.map((one) => [placeOf(one, standings), ...line(one, round)]),
              } as const,
            ]),
        ...(hidden > 0 ? [{ kind: 'note', text: `… and ${hidden} more` } as const] : []),
      ],
    }),
    visibility: 'everyone',
  }
}

/** The end of a quiz that one person took alone. */
export function quizResultScreen(round: Round, standing: Standing | null): Screen {
  const right = standing?.right ?? 0
  const answered = standing?.answered ?? 0
  const praise = answered > 0 && right === answered ? ' All of them!' : ''
  return privateScreen({
    blocks: [
      { kind: 'heading', text: `${right} of ${round.questions} right` },
      {
        kind: 'plain',
        text: `What you missed comes back soon; what was not due yet keeps its day.${praise}`,
      },
    ],
    buttons: [
      [
        { label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' },
        { label: 'Stats', action: { kind: 'stats' }, weight: 'normal' },
      ],
    ],
  })
}

/** Equal results share a place. */
function placeOf(one: Standing, standings: readonly Standing[]): string {
  return `${1 + standings.filter((other) => other.right > one.right).length}.`
}

function line(one: Standing, round: Round): string[] {
  return [one.name, `${one.right} of ${round.questions}`]
}
