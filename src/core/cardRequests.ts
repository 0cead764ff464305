import type { CardRef } from './action.ts'
import { agendaOf, lastOfDay } from './agenda.ts'
import type { CardInHand } from './cardInHand.ts'
import { choiceKey } from './choices.ts'
import { GRADE_LABEL, type Grade, QUALITY_OF } from './grade.ts'
import { answerEntry, regradeEntry, suspensionEntry, undoEntry } from './log.ts'
import { type Recorded, record, type Visit } from './record.ts'
import { sameSchedule } from './schedule.ts'
import type { Screen } from './screen.ts'
import { answerScreen, comesBack, type Outcome, outcomeScreen, questionScreen } from './screens/card.ts'
import { askReportScreen } from './screens/report.ts'
import { whyScreen } from './screens/why.ts'
import { scope, study } from './session.ts'
import { gradeTyped } from './typedAnswer.ts'

const GONE = 'That card is no longer in the notes.'
const ANSWERED = 'Already answered.'
const OWN = 'That card is your own: nobody else sees it.'
const SUSPENDED = 'That card is suspended.'
const NOT_THE_LATEST = 'That is undone already, or you have answered since.'

export async function show(visit: Visit, ref: CardRef): Promise<Screen> {
  const { store, learner, today } = visit
  const [hand, last] = await Promise.all([
    store.card(learner.id, ref.cardId),
    lastOfDay(store, learner.id, today),
  ])
  if (hand === null || hand.retired) return overtaken(visit, ref, { kind: 'gone' })
  if (hand.state.reviewCount !== ref.reviewCount) return overtaken(visit, ref, { kind: 'stale', hand })
  return answerScreen(hand, ref, { last, today, notesUrl: visit.notesUrl })
}

export async function grade(visit: Visit, ref: CardRef, given: Grade): Promise<Screen> {
  const done = await record(visit, ref, (hand, occasion) =>
    answerEntry(occasion, hand.state, QUALITY_OF[given]),
  )
  if (done.kind !== 'stored') return overtaken(visit, ref, done)
  const notice = `${GRADE_LABEL[given]}. ${comesBack(done.entry.after, visit.today)}`
  return study(visit, scopeDeck(done.hand, ref), notice)
}

export async function regrade(visit: Visit, ref: CardRef, given: Grade): Promise<Screen> {
  const done = await record(visit, ref, async (hand) => {
    const last = await visit.store.lastEntryOf(visit.learner.id, hand.card.id)
    const fits = last !== null && last.quality !== null && last.studyDay === visit.today
    return fits && sameSchedule(last.after, hand.state)
      ? regradeEntry(last, QUALITY_OF[given], hand.state.reviewCount, visit.now)
      : null
  })
  if (done.kind !== 'stored') return overtaken(visit, ref, done)
  const notice = `${GRADE_LABEL[given]} instead. ${comesBack(done.entry.after, visit.today)}`
  return study(visit, scopeDeck(done.hand, ref), notice)
}

export async function choose(visit: Visit, ref: CardRef, choice: string): Promise<Screen> {
  return settle(visit, ref, (hand) => {
    const text = [hand.card.answer, ...hand.card.wrong].find((one) => choiceKey(one) === choice)
    if (text === undefined) return null
    return { verdict: { kind: text === hand.card.answer ? 'right' : 'wrong' }, given: { text, typed: false } }
  })
}

export async function type(visit: Visit, ref: CardRef, text: string): Promise<Screen> {
  return settle(visit, ref, (hand) => ({
    verdict: gradeTyped(hand.card, text),
    given: { text, typed: true },
  }))
}

/** Stores a chosen or typed answer (right is Good, wrong is Again) and shows what it was. */
async function settle(
  visit: Visit,
  ref: CardRef,
  judge: (hand: CardInHand) => Judged | null,
): Promise<Screen> {
  const done = await record(visit, ref, (hand, occasion) => {
    const judged = judge(hand)
    if (judged === null) return null
    const known = judged.verdict.kind !== 'wrong'
    return answerEntry(occasion, hand.state, QUALITY_OF[known ? 'good' : 'again'])
  })
  const judged = done.kind === 'stored' ? judge(done.hand) : null
  if (done.kind !== 'stored' || judged === null) return overtaken(visit, ref, done)
  const next: CardRef = { ...ref, reviewCount: ref.reviewCount + 1 }
  return outcomeScreen(done.hand, next, {
    ...judged,
    entry: done.entry,
    today: visit.today,
    notesUrl: visit.notesUrl,
  })
}

type Judged = Pick<Outcome, 'verdict' | 'given'>

export async function suspend(visit: Visit, ref: CardRef, suspended: boolean): Promise<Screen> {
  const done = await record(visit, ref, (hand, occasion) => suspensionEntry(occasion, hand.state, suspended))
  if (done.kind !== 'stored') return overtaken(visit, ref, done)
  const notice = suspended
    ? 'Suspended: it will not be asked. Undo brings it back.'
    : 'It will be asked again.'
  return study(visit, scopeDeck(done.hand, ref), notice)
}

export async function why(visit: Visit, ref: CardRef): Promise<Screen> {
  const { store, learner, today } = visit
  const [hand, last] = await Promise.all([
    store.card(learner.id, ref.cardId),
    store.lastEntryOf(learner.id, ref.cardId),
  ])
  if (hand === null) return overtaken(visit, ref, { kind: 'gone' })
  return whyScreen(hand, last, ref, today)
}

export async function undo(visit: Visit, ref: CardRef | null): Promise<Screen> {
  const { store, learner, today } = visit
  const last = await lastOfDay(store, learner.id, today)
  if (ref !== null && !(last?.cardId === ref.cardId && last.reviewCount === ref.reviewCount)) {
    const pressed = await store.card(learner.id, ref.cardId)
    return study(visit, pressed === null ? null : scopeDeck(pressed, ref), NOT_THE_LATEST)
  }
  if (last === null) return study(visit, null, 'There is nothing to undo today.')
  const hand = await store.card(learner.id, last.cardId)
  const undone =
    hand !== null &&
    sameSchedule(last.after, hand.state) &&
    (await store.append(undoEntry(last, hand.state, visit.now)))
  const deckId = hand === null || ref === null ? null : scopeDeck(hand, ref)
  if (!undone) return study(visit, deckId, 'Something else came in between: nothing was undone.')
  const [again, agenda] = await Promise.all([
    store.card(learner.id, last.cardId),
    agendaOf(store, learner, scope(visit, deckId)),
  ])
  if (again === null || again.retired || again.state.suspended) return study(visit, deckId, 'Undone.')
  return questionScreen(again, agenda, deckId !== null, 'Undone. Here it is again.')
}

/** Asks what is wrong with a card. */
export async function askReport(visit: Visit, ref: CardRef): Promise<Screen> {
  const hand = await visit.store.card(visit.learner.id, ref.cardId)
  if (hand === null) return overtaken(visit, ref, { kind: 'gone' })
  return hand.isOwn ? study(visit, scopeDeck(hand, ref), OWN) : askReportScreen(hand, ref, null)
}

const REPORT_MAX_LENGTH = 1000

/** Keeps a report of a mistake, and goes on. */
export async function report(visit: Visit, ref: CardRef, text: string): Promise<Screen> {
  const { store, learner } = visit
  const hand = await store.card(learner.id, ref.cardId)
  if (hand === null) return overtaken(visit, ref, { kind: 'gone' })
  if (hand.isOwn) return study(visit, scopeDeck(hand, ref), OWN)
  const written = text.trim()
  if (written === '') return askReportScreen(hand, ref, 'That was empty.')
  await store.reportMistake(learner.id, hand.card.id, written.slice(0, REPORT_MAX_LENGTH), visit.now)
  return study(visit, scopeDeck(hand, ref), 'Thank you, it is noted.')
}

/** A press on a screen that time has overtaken: nothing changes, the session goes on. */
async function overtaken(visit: Visit, ref: CardRef, by: Recorded): Promise<Screen> {
  if (by.kind === 'gone') return study(visit, null, GONE)
  return study(visit, scopeDeck(by.hand, ref), by.hand.state.suspended ? SUSPENDED : ANSWERED)
}

function scopeDeck(hand: CardInHand, ref: CardRef): string | null {
  return ref.onlyDeck ? hand.deckId : null
}
