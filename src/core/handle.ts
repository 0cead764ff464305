import type { CardRef, Request } from './action.ts'
import { agendaOf } from './agenda.ts'
import { choiceKey } from './choices.ts'
import { GRADE_LABEL, type Grade, QUALITY_OF } from './grade.ts'
import type { Identity, Settings } from './learner.ts'
import { answerEntry, regradeEntry, suspensionEntry, undoEntry } from './log.ts'
import { type Recorded, record, type Visit } from './record.ts'
import { sameSchedule } from './schedule.ts'
import type { Screen } from './screen.ts'
import { answerScreen, comesBack, type Outcome, outcomeScreen, questionScreen } from './screens/card.ts'
import { decksScreen } from './screens/decks.ts'
import { askSettingScreen, settingsScreen } from './screens/settings.ts'
import { summaryScreen } from './screens/summary.ts'
import { whyScreen } from './screens/why.ts'
import { parseSetting, SETTING_WORDS, type SettingName, showSetting } from './settings.ts'
import type { CardInHand, Scope, Store } from './store.ts'
import { streakDays } from './streak.ts'
import { addDays, studyDayAt } from './studyDay.ts'
import { gradeTyped } from './typedAnswer.ts'

/** Streaks longer than this are shown as this; it bounds one query. */
const STREAK_SHOWN_DAYS = 1000

/** Who asks, and when. */
export interface Asking {
  readonly identity: Identity
  /** Settings for a person never seen before. */
  readonly initialSettings: Settings
  readonly now: Date
}

/**
 * Answers one request of one person: the only door into the core for every adapter.
 *
 * @param request decoded by the adapter; `type` and `set` carry text as the person wrote it
 * @returns the screen to show; a press that no longer fits the card's state changes nothing and says so
 * @throws whatever the store throws when the database cannot be reached; nothing is half-written then
 */
export async function handle(store: Store, asking: Asking, request: Request): Promise<Screen> {
  const learner = await store.learner(asking.identity, asking.initialSettings)
  const today = studyDayAt(asking.now, learner.timeZone, learner.dayStartHour)
  const visit: Visit = { store, learner, today, now: asking.now }
  switch (request.kind) {
    case 'study':
      return study(visit, request.deckId, null)
    case 'show':
      return show(visit, request.ref)
    case 'grade':
      return grade(visit, request.ref, request.grade)
    case 'regrade':
      return regrade(visit, request.ref, request.grade)
    case 'choose':
      return choose(visit, request.ref, request.choice)
    case 'type':
      return type(visit, request.ref, request.text)
    case 'suspend':
    case 'resume':
      return suspend(visit, request.ref, request.kind === 'suspend')
    case 'why':
      return why(visit, request.ref)
    case 'undo':
      return undo(visit)
    case 'summary':
      return summary(visit, null)
    case 'decks':
      return decks(visit, null)
    case 'enrol':
    case 'leave':
      return enrol(visit, request.deckId, request.kind === 'enrol')
    case 'settings':
      return settingsScreen(learner, null)
    case 'askSetting':
      return askSettingScreen(request.name, learner, null)
    case 'set':
      return set(visit, request.name, request.text)
  }
}

const GONE = 'That card is no longer in the notes.'
const ANSWERED = 'Already answered.'
const SUSPENDED = 'That card is suspended.'

/** Asks the next card, or sums up when nothing is left. */
async function study(visit: Visit, deckId: string | null, notice: string | null): Promise<Screen> {
  const agenda = await agendaOf(visit.store, visit.learner, scope(visit, deckId))
  if (agenda.next === null) return summary(visit, notice)
  return questionScreen(agenda.next, agenda, deckId !== null, notice)
}

async function show(visit: Visit, ref: CardRef): Promise<Screen> {
  const hand = await visit.store.card(visit.learner.id, ref.cardId)
  if (hand === null || hand.retired) return overtaken(visit, ref, { kind: 'gone' })
  if (hand.state.reviewCount !== ref.reviewCount) return overtaken(visit, ref, { kind: 'stale', hand })
  return answerScreen(hand, ref, visit.today)
}

async function grade(visit: Visit, ref: CardRef, given: Grade): Promise<Screen> {
  const done = await record(visit, ref, (hand, occasion) =>
    answerEntry(occasion, hand.state, QUALITY_OF[given]),
  )
  if (done.kind !== 'stored') return overtaken(visit, ref, done)
  const notice = `${GRADE_LABEL[given]}. ${comesBack(done.entry.after, visit.today)}`
  return study(visit, scopeDeck(done.hand, ref), notice)
}

async function regrade(visit: Visit, ref: CardRef, given: Grade): Promise<Screen> {
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

async function choose(visit: Visit, ref: CardRef, choice: string): Promise<Screen> {
  return settle(visit, ref, (hand) => {
    const text = [hand.card.answer, ...hand.card.wrong].find((one) => choiceKey(one) === choice)
    if (text === undefined) return null
    return { verdict: { kind: text === hand.card.answer ? 'right' : 'wrong' }, given: { text, typed: false } }
  })
}

async function type(visit: Visit, ref: CardRef, text: string): Promise<Screen> {
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
  const { before, after } = done.entry
  const next: CardRef = { ...ref, reviewCount: ref.reviewCount + 1 }
  return outcomeScreen(done.hand, next, { ...judged, before, after, today: visit.today })
}

type Judged = Pick<Outcome, 'verdict' | 'given'>

async function suspend(visit: Visit, ref: CardRef, suspended: boolean): Promise<Screen> {
  const done = await record(visit, ref, (hand, occasion) => suspensionEntry(occasion, hand.state, suspended))
  if (done.kind !== 'stored') return overtaken(visit, ref, done)
  const notice = suspended
    ? 'Suspended: it will not be asked. Undo brings it back.'
    : 'It will be asked again.'
  return study(visit, scopeDeck(done.hand, ref), notice)
}

async function why(visit: Visit, ref: CardRef): Promise<Screen> {
  const { store, learner, today } = visit
  const [hand, last] = await Promise.all([
    store.card(learner.id, ref.cardId),
    store.lastEntryOf(learner.id, ref.cardId),
  ])
  if (hand === null) return overtaken(visit, ref, { kind: 'gone' })
  return whyScreen(hand, last, ref, today)
}

async function undo(visit: Visit): Promise<Screen> {
  const { store, learner, today } = visit
  const last = await store.lastEntry(learner.id)
  // Older answers have been built upon; taking one back would surprise more than help.
  if (last === null || last.studyDay !== today) return study(visit, null, 'There is nothing to undo today.')
  const hand = await store.card(learner.id, last.cardId)
  const undone =
    hand !== null &&
    sameSchedule(last.after, hand.state) &&
    (await store.append(undoEntry(last, hand.state, visit.now)))
  if (!undone) return study(visit, null, 'Something else came in between: nothing was undone.')
  const [again, agenda] = await Promise.all([
    store.card(learner.id, last.cardId),
    agendaOf(store, learner, scope(visit, null)),
  ])
  if (again === null || again.retired || again.state.suspended) return study(visit, null, 'Undone.')
  return questionScreen(again, agenda, false, 'Undone. Here it is again.')
}

async function summary(visit: Visit, notice: string | null): Promise<Screen> {
  const { store, learner, today } = visit
  const [agenda, dueTomorrow, studyDays, summaries] = await Promise.all([
    agendaOf(store, learner, scope(visit, null)),
    store.dueCount({ ...scope(visit, null), studyDay: addDays(today, 1) }),
    store.studyDays(learner.id, STREAK_SHOWN_DAYS),
    store.deckSummaries(learner.id, today),
  ])
  const enrolled = summaries.some((deck) => deck.enrolled)
  const day = { agenda, dueTomorrow, streakDays: streakDays(studyDays, today), enrolled }
  return summaryScreen(learner, day, notice)
}

async function decks(visit: Visit, notice: string | null): Promise<Screen> {
  return decksScreen(await visit.store.deckSummaries(visit.learner.id, visit.today), notice)
}

async function enrol(visit: Visit, deckId: string, joins: boolean): Promise<Screen> {
  const known = await visit.store.enrol(visit.learner.id, deckId, joins)
  if (!known) return decks(visit, 'There is no such deck.')
  return decks(visit, joins ? 'Joined.' : 'Left. What you learned is kept.')
}

async function set(visit: Visit, name: SettingName, text: string): Promise<Screen> {
  const parsed = parseSetting(name, text)
  if ('error' in parsed) return askSettingScreen(name, visit.learner, parsed.error)
  const learner = await visit.store.changeSettings(visit.learner.id, parsed.change)
  return settingsScreen(learner, `${SETTING_WORDS[name].label} is now ${showSetting(name, learner)}.`)
}

/** A press on a screen that time has overtaken: nothing changes, the session goes on. */
async function overtaken(visit: Visit, ref: CardRef, by: Recorded): Promise<Screen> {
  if (by.kind === 'gone') return study(visit, null, GONE)
  return study(visit, scopeDeck(by.hand, ref), by.hand.state.suspended ? SUSPENDED : ANSWERED)
}

function scope(visit: Visit, deckId: string | null): Scope {
  return { learnerId: visit.learner.id, deckId, studyDay: visit.today }
}

function scopeDeck(hand: CardInHand, ref: CardRef): string | null {
  return ref.onlyDeck ? hand.deckId : null
}
