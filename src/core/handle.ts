import type { CardRef, Request } from './action.ts'
import { agendaOf } from './agenda.ts'
import { choiceKey } from './choices.ts'
import { GRADE_LABEL, QUALITY_OF } from './grade.ts'
import type { Identity, Learner, Settings } from './learner.ts'
import { answerEntry, regradeEntry, suspensionEntry, undoEntry } from './log.ts'
import { type Quality, sameSchedule } from './schedule.ts'
import type { Screen } from './screen.ts'
import { answerScreen, comesBack, type Outcome, outcomeScreen, questionScreen } from './screens/card.ts'
import { decksScreen } from './screens/decks.ts'
import { askSettingScreen, settingsScreen } from './screens/settings.ts'
import { summaryScreen } from './screens/summary.ts'
import { whyScreen } from './screens/why.ts'
import { parseSetting, SETTING_WORDS, showSetting } from './settings.ts'
import type { CardInHand, Scope, Store } from './store.ts'
import { streakDays } from './streak.ts'
import { addDays, type StudyDay, studyDayAt } from './studyDay.ts'
import { gradeTyped, type Verdict } from './typedAnswer.ts'

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
      return withCard(visit, request.ref, async (hand) => answerScreen(hand, request.ref, today))
    case 'grade':
      return withCard(visit, request.ref, async (hand) => {
        const entry = answerEntry(occasion(visit, hand), hand.state, QUALITY_OF[request.grade])
        if (!(await store.append(entry))) return stale(visit, hand, request.ref)
        return study(
          visit,
          scopeDeck(hand, request.ref),
          `${GRADE_LABEL[request.grade]}. ${comesBack(entry.after, today)}`.trim(),
        )
      })
    case 'choose':
      return withCard(visit, request.ref, async (hand) => {
        const text = [hand.card.answer, ...hand.card.wrong].find(
          (choice) => choiceKey(choice) === request.choice,
        )
        if (text === undefined) return study(visit, scopeDeck(hand, request.ref), CHANGED)
        const verdict: Verdict = { kind: text === hand.card.answer ? 'right' : 'wrong' }
        return settle(visit, hand, request.ref, verdict, { text, typed: false })
      })
    case 'type':
      return withCard(visit, request.ref, (hand) =>
        settle(visit, hand, request.ref, gradeTyped(hand.card, request.text), {
          text: request.text,
          typed: true,
        }),
      )
    case 'regrade':
      return regrade(visit, request.ref, QUALITY_OF[request.grade])
    case 'why':
      return withCard(
        visit,
        request.ref,
        async (hand) => {
          const last = await store.lastEntryOf(learner.id, hand.card.id)
          return whyScreen(hand, last, request.ref, today)
        },
        ANY_COUNT,
      )
    case 'suspend':
    case 'resume':
      return withCard(visit, request.ref, async (hand) => {
        const suspended = request.kind === 'suspend'
        const entry = suspensionEntry(occasion(visit, hand), hand.state, suspended)
        if (!(await store.append(entry))) return stale(visit, hand, request.ref)
        const notice = suspended
          ? 'Suspended: it is not asked any more. Undo brings it back.'
          : 'It is asked again.'
        return study(visit, scopeDeck(hand, request.ref), notice)
      })
    case 'undo':
      return undo(visit)
    case 'summary':
      return summary(visit, null)
    case 'decks':
      return decks(visit, null)
    case 'enrol':
    case 'leave': {
      const joins = request.kind === 'enrol'
      const known = await store.enrol(learner.id, request.deckId, joins)
      return decks(
        visit,
        known ? (joins ? 'Joined.' : 'Left. What you learned is kept.') : 'There is no such deck.',
      )
    }
    case 'settings':
      return settingsScreen(learner, null)
    case 'askSetting':
      return askSettingScreen(request.name, learner, null)
    case 'set': {
      const parsed = parseSetting(request.name, request.text)
      if ('error' in parsed) return askSettingScreen(request.name, learner, parsed.error)
      const changed = await store.changeSettings(learner.id, parsed.change)
      const words = SETTING_WORDS[request.name].label
      return settingsScreen(changed, `${words} is now ${showSetting(request.name, changed)}.`)
    }
  }
}

interface Visit {
  readonly store: Store
  readonly learner: Learner
  readonly today: StudyDay
  readonly now: Date
}

const GONE = 'That card is no longer in the notes.'
const CHANGED = 'That card has changed since; here is what comes now.'
const ANSWERED = 'Already answered.'
const SUSPENDED = 'That card is suspended.'

/** Asks the next card, or sums up when nothing is left. */
async function study(visit: Visit, deckId: string | null, notice: string | null): Promise<Screen> {
  const agenda = await agendaOf(visit.store, visit.learner, scope(visit, deckId))
  if (agenda.next === null) return summary(visit, notice)
  return questionScreen(agenda.next, agenda, deckId !== null, notice)
}

async function summary(visit: Visit, notice: string | null): Promise<Screen> {
  const { store, learner, today } = visit
  const [agenda, dueTomorrow, studyDays, allDecks] = await Promise.all([
    agendaOf(store, learner, scope(visit, null)),
    store.dueCount({ ...scope(visit, null), studyDay: addDays(today, 1) }),
    store.studyDays(learner.id, STREAK_SHOWN_DAYS),
    store.deckSummaries(learner.id, today),
  ])
  const enrolled = allDecks.some((deck) => deck.enrolled)
  const day = { agenda, dueTomorrow, streakDays: streakDays(studyDays, today), enrolled }
  return summaryScreen(learner, day, notice)
}

async function decks(visit: Visit, notice: string | null): Promise<Screen> {
  return decksScreen(await visit.store.deckSummaries(visit.learner.id, visit.today), notice)
}

/** Stores a chosen or typed answer (right is Good, wrong is Again) and shows what it was. */
async function settle(
  visit: Visit,
  hand: CardInHand,
  ref: CardRef,
  verdict: Verdict,
  given: Outcome['given'],
): Promise<Screen> {
  const quality = verdict.kind === 'wrong' ? QUALITY_OF.again : QUALITY_OF.good
  const entry = answerEntry(occasion(visit, hand), hand.state, quality)
  if (!(await visit.store.append(entry))) return stale(visit, hand, ref)
  const { before, after } = entry
  return outcomeScreen(
    hand,
    { ...ref, reviewCount: ref.reviewCount + 1 },
    { verdict, given, before, after, today: visit.today },
  )
}

async function regrade(visit: Visit, ref: CardRef, quality: Quality): Promise<Screen> {
  return withCard(visit, ref, async (hand) => {
    const last = await visit.store.lastEntryOf(visit.learner.id, hand.card.id)
    const fits =
      last?.quality != null && last.studyDay === visit.today && last.reviewCount === ref.reviewCount - 1
    if (!fits) return stale(visit, hand, ref)
    const entry = regradeEntry(last, quality, hand.state.reviewCount, visit.now)
    if (!(await visit.store.append(entry))) return stale(visit, hand, ref)
    return study(visit, scopeDeck(hand, ref), `Graded anew. ${comesBack(entry.after, visit.today)}`.trim())
  })
}

async function undo(visit: Visit): Promise<Screen> {
  const { store, learner } = visit
  const last = await store.lastEntry(learner.id)
  // Older answers have been built upon; taking one back would surprise more than help.
  if (last === null || last.studyDay !== visit.today)
    return study(visit, null, 'There is nothing to undo today.')
  const hand = await store.card(learner.id, last.cardId)
  if (hand === null) return study(visit, null, GONE)
  const isLatest = sameSchedule(last.after, hand.state)
  const done = isLatest && (await store.append(undoEntry(last, hand.state, visit.now)))
  if (!done) return study(visit, null, 'Something else came in between: nothing was undone.')
  const agenda = await agendaOf(store, learner, scope(visit, null))
  const again = await store.card(learner.id, last.cardId)
  if (again === null || again.retired || again.state.suspended) return study(visit, null, 'Undone.')
  return questionScreen(again, agenda, false, 'Undone. Here it is again.')
}

/** Whether a press must meet the card at the count it was shown at. */
const SAME_COUNT = true
const ANY_COUNT = false

async function withCard(
  visit: Visit,
  ref: CardRef,
  then: (hand: CardInHand) => Promise<Screen>,
  mustBeCurrent = SAME_COUNT,
): Promise<Screen> {
  const hand = await visit.store.card(visit.learner.id, ref.cardId)
  if (hand === null || hand.retired) return study(visit, null, GONE)
  if (mustBeCurrent && hand.state.reviewCount !== ref.reviewCount) return stale(visit, hand, ref)
  return then(hand)
}

/** A press on a screen that time has overtaken: nothing changes, the session goes on. */
async function stale(visit: Visit, hand: CardInHand, ref: CardRef): Promise<Screen> {
  return study(visit, scopeDeck(hand, ref), hand.state.suspended ? SUSPENDED : ANSWERED)
}

function scope(visit: Visit, deckId: string | null): Scope {
  return { learnerId: visit.learner.id, deckId, studyDay: visit.today }
}

function scopeDeck(hand: CardInHand, ref: CardRef): string | null {
  return ref.onlyDeck ? hand.deckId : null
}

function occasion(visit: Visit, hand: CardInHand) {
  return {
    learnerId: visit.learner.id,
    cardId: hand.card.id,
    deckId: hand.deckId,
    studyDay: visit.today,
    answeredAt: visit.now,
  }
}
