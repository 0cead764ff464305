import type { CardRef } from '../action.ts'
import type { CardInHand } from '../cardInHand.ts'
import { GRADE_LABEL, GRADES, QUALITY_OF } from '../grade.ts'
import type { LogEntry } from '../log.ts'
import { type Block, privateScreen, type Screen } from '../screen.ts'
import { daysBetween, type StudyDay } from '../studyDay.ts'
import { count, easeFactor, longInterval, relativeDay } from '../words.ts'

/** Why a card is asked now: its last answer, its interval, and how far beyond its day it is. */
export function whyScreen(hand: CardInHand, last: LogEntry | null, ref: CardRef, today: StudyDay): Screen {
  const blocks: Block[] = [
    { kind: 'heading', text: 'Why this card now?' },
    ...reasons(hand, last, today).map((text): Block => ({ kind: 'plain', text })),
  ]
  return privateScreen({
    blocks,
    buttons: [
      [
        {
          label: 'Back',
          action: { kind: 'study', deckId: ref.onlyDeck ? hand.deckId : null },
          weight: 'primary',
        },
        { label: 'Suspend', action: { kind: 'suspend', ref }, weight: 'quiet' },
      ],
    ],
  })
}

/** The reasons as sentences, the strongest first. */
function reasons(hand: CardInHand, last: LogEntry | null, today: StudyDay): string[] {
  const { state } = hand
  if (state.suspended) return ['It is suspended: it is not asked until you resume it.']
  if (state.dueOn === null) {
    return ['It is new to you: you have not answered it before.', 'New cards come when nothing is due.']
  }
  const sentences: string[] = []
  if (state.drillOn === today) {
    sentences.push(
      'You did not know it well earlier today, so it comes again until you do. Its schedule stays.',
    )
  } else if (state.dueOn <= today) {
    const late = daysBetween(state.dueOn, today)
    sentences.push(late === 0 ? 'It is due today.' : `It has been due for ${longInterval(late)}.`)
  } else {
    sentences.push(`It is not due yet: it comes ${relativeDay(state.dueOn, today)}.`)
  }
  if (last !== null && last.quality !== null) {
    const grade = GRADES.find((name) => QUALITY_OF[name] === last.quality)
    const words = grade === undefined ? `quality ${last.quality}` : GRADE_LABEL[grade]
    sentences.push(`Your last answer was ${relativeDay(last.studyDay, today)}: ${words}.`)
  }
  sentences.push(
    `Its interval is ${longInterval(state.intervalDays)}, its easiness ${easeFactor(state.easeHundredths)}; ` +
      `known ${count(state.repetitions, 'time')} in a row, forgotten ${count(state.lapses, 'time')}.`,
  )
  return sentences
}
