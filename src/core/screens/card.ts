import type { CardRef } from '../action.ts'
import { type Agenda, cardsLeft } from '../agenda.ts'
import type { Card, CardSource } from '../card.ts'
import type { CardInHand } from '../cardInHand.ts'
import { choiceKey, shuffledChoices } from '../choices.ts'
import { difference } from '../difference.ts'
import { GRADE_LABEL, GRADES, type Grade, QUALITY_OF } from '../grade.ts'
import { answerKind, type LogEntry, scheduleAfter } from '../log.ts'
import { linkOf } from '../ownCard.ts'
import type { Schedule } from '../schedule.ts'
import { type Block, type Button, type Link, privateScreen, type Screen } from '../screen.ts'
import type { StudyDay } from '../studyDay.ts'
import { plainText, type Verdict } from '../typedAnswer.ts'
import { longInterval, shortInterval } from '../words.ts'
import { sourceLinks } from './ownCard.ts'

/** The question: prompt, and what the card's kind asks for (choices, writing, or showing the answer). */
export function questionScreen(
  hand: CardInHand,
  agenda: Agenda,
  onlyDeck: boolean,
  notice: string | null,
): Screen {
  const { card, state } = hand
  const ref: CardRef = { cardId: card.id, reviewCount: state.reviewCount, onlyDeck }
  const blocks: Block[] = [
    { kind: 'progress', done: agenda.today.answers, total: agenda.today.answers + cardsLeft(agenda) },
    { kind: 'note', text: hand.deckTitle },
    { kind: 'markdown', markdown: card.prompt },
  ]
  const quiet = quietButtons(hand, ref, agenda.last)
  const show: Button = { label: 'Show answer', action: { kind: 'show', ref }, weight: 'primary' }
  if (card.kind === 'choice' && card.wrong.length > 0) {
    const choices = shuffledChoices(card, state.reviewCount).map((choice): Button[] => [
      { label: choice, action: { kind: 'choose', ref, choice: choiceKey(choice) }, weight: 'normal' },
    ])
    return privateScreen({ notice, blocks, buttons: [...choices, quiet] })
  }
  if (card.kind === 'typed') {
    return privateScreen({
      notice,
      blocks,
      buttons: [[{ ...show, label: 'I don’t know' }], quiet],
      input: { kind: 'answer', ref, label: 'Your answer' },
    })
  }
  return privateScreen({ notice, blocks, buttons: [[show], quiet] })
}

/** The answer, with the grades and the interval that each would give. */
export function answerScreen(hand: CardInHand, ref: CardRef, { last, today, notesUrl }: Answering): Screen {
  return privateScreen({
    blocks: [{ kind: 'markdown', markdown: hand.card.prompt }, ...answerBlocks(hand)],
    buttons: [
      GRADES.map(
        (grade): Button => ({
          label: `${GRADE_LABEL[grade]} · ${intervalLabel(hand.state, grade, today)}`,
          action: { kind: 'grade', ref, grade },
          weight: grade === 'good' ? 'primary' : 'normal',
        }),
      ),
      [...quietButtons(hand, ref, last), ...reportButton(hand, ref, notesUrl)],
    ],
    links: linksOf(hand, notesUrl),
  })
}

type NotesUrl = ((source: CardSource) => string) | null

interface Answering {
  /** What an undo would take back. */
  readonly last: LogEntry | null
  readonly today: StudyDay
  readonly notesUrl: NotesUrl
}

/** What a chosen or typed answer was, after it has been stored. */
export interface Outcome {
  readonly verdict: Verdict
  /** What the learner chose (Markdown from the card) or typed (plain text). */
  readonly given: { readonly text: string; readonly typed: boolean }
  /** What was stored; from the schedule before it a right answer can be graded anew. */
  readonly entry: LogEntry
  /** The study day of the answer. */
  readonly today: StudyDay
  readonly notesUrl: NotesUrl
}

/** Right or not, the answer, and on a right one Hard and Easy for who found it so. */
export function outcomeScreen(hand: CardInHand, ref: CardRef, outcome: Outcome): Screen {
  const { verdict, given, today } = outcome
  const { before, after } = outcome.entry
  const right = verdict.kind !== 'wrong'
  const givenBlock: Block = given.typed
    ? { kind: 'plain', text: `You wrote: ${given.text}` }
    : { kind: 'markdown', markdown: `You chose: ${given.text}` }
  const headline = right ? (verdict.kind === 'typo' ? 'Right, but for the spelling' : 'Right') : 'Not quite'
  const regrades: Grade[] = right && before.drillOn !== today ? ['hard', 'easy'] : []
  return privateScreen({
    blocks: [
      { kind: 'heading', text: headline },
      { kind: 'markdown', markdown: hand.card.prompt },
      ...(right && verdict.kind === 'right' ? [] : [givenBlock]),
      ...differenceBlocks(hand.card, outcome),
      ...answerBlocks(hand),
      { kind: 'note', text: comesBack(after, today) },
    ],
    buttons: [
      [
        {
          label: 'Next',
          action: { kind: 'study', deckId: ref.onlyDeck ? hand.deckId : null },
          weight: 'primary',
        },
        ...regrades.map(
          (grade): Button => ({
            label: `It was ${grade} · ${intervalLabel(before, grade, today)}`,
            action: { kind: 'regrade', ref, grade },
            weight: 'normal',
          }),
        ),
      ],
      [...quietButtons(hand, ref, outcome.entry), ...reportButton(hand, ref, outcome.notesUrl)],
    ],
    links: linksOf(hand, outcome.notesUrl),
  })
}

/** Where a typed answer differs, when it is near the right one. */
function differenceBlocks(card: Card, { verdict, given }: Outcome): Block[] {
  if (!given.typed || verdict.kind === 'right') return []
  const markdown = difference(given.text, verdict.kind === 'typo' ? verdict.expected : plainText(card.answer))
  return markdown === null ? [] : [{ kind: 'markdown', markdown: `Difference: ${markdown}` }]
}

/** When the card comes again, as a sentence; empty for a card that is not scheduled. */
export function comesBack(after: Schedule, today: StudyDay): string {
  if (after.drillOn === today) return 'It comes again today.'
  if (after.dueOn === null) return ''
  return after.intervalDays === 1
    ? 'It comes back tomorrow.'
    : `It comes back in ${longInterval(after.intervalDays)}.`
}

/** The row that every screen about a card ends with. */
function quietButtons(hand: CardInHand, ref: CardRef, last: LogEntry | null): Button[] {
  return [
    ...undoButton(last, ref.onlyDeck ? hand.deckId : null),
    { label: 'Suspend', action: { kind: 'suspend', ref }, weight: 'quiet' },
    { label: 'Why now?', action: { kind: 'why', ref }, weight: 'quiet' },
  ]
}

/**
 * Takes back this entry and no other, so that pressed twice, or where its effect could not be shown, it does nothing
 * more. No button where there is nothing to take back.
 *
 * @param deckId the deck that the session is about; null: all
 */
export function undoButton(last: LogEntry | null, deckId: string | null): Button[] {
  if (last === null) return []
  const { cardId, reviewCount } = last
  const ref: CardRef = { cardId, reviewCount, onlyDeck: last.deckId === deckId }
  return [{ label: 'Undo', action: { kind: 'undo', ref }, weight: 'quiet' }]
}

/** Whoever can edit the notes gets a link instead; of an own card there is nobody else to tell. */
function reportButton({ isOwn }: CardInHand, ref: CardRef, notesUrl: NotesUrl): Button[] {
  if (isOwn || notesUrl !== null) return []
  return [{ label: 'Report a mistake', action: { kind: 'askReport', ref }, weight: 'quiet' }]
}

function linksOf({ card, isOwn }: CardInHand, notesUrl: NotesUrl): Link[] {
  if (isOwn) return sourceLinks({ link: linkOf(card) })
  return notesUrl === null ? [] : [{ label: 'Edit note', url: notesUrl(card.source) }]
}

function answerBlocks(hand: CardInHand): Block[] {
  const { card, isOwn } = hand
  return [
    { kind: 'answer', markdown: card.answer },
    ...(card.explanation === '' ? [] : [{ kind: 'markdown', markdown: card.explanation } as const]),
    { kind: 'note', text: isOwn ? 'One of your own cards' : sourceLine(card) },
  ]
}

function sourceLine(card: Card): string {
  const place = `${card.source.file}:${card.source.line}`
  return card.context.length === 0 ? place : `${card.context.join(' › ')} (${place})`
}

function intervalLabel(before: Schedule, grade: Grade, today: StudyDay): string {
  const quality = QUALITY_OF[grade]
  const kind = answerKind(before, quality, today)
  const after = scheduleAfter(before, kind, quality, today)
  if (kind === 'drill') return after.drillOn === today ? 'again today' : 'done'
  return shortInterval(after.intervalDays)
}
