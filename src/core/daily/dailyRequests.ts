import type { Asking } from '../asking.ts'
import type { Screen } from '../screen.ts'
import { dailyNotice, dailyScreen, localWords, noDailyScreen } from '../screens/daily.ts'
import type { DeckSummary, Store } from '../store.ts'
import { type StudyDay, studyDayAt } from '../studyDay.ts'
import type { Here } from '../team/team.ts'
import { closingOf } from './claim.ts'
import { type Daily, type PlannedDaily, QUESTIONS_DEFAULT } from './daily.ts'
import { type DailyOptions, readDailyOptions } from './dailyOptions.ts'
import { localDayAt, nextOccurrence } from './occurrence.ts'
import { EVERY_DAY, includesDay } from './weekdays.ts'

// Whoever calls these has asked the platform whether the person may: at the moment of use, each time.

/**
 * Sets the daily quiz of a place up, or changes it: what is left out stays as it was. The place becomes a team's, if it
 * is none yet.
 */
export async function setDaily(
  store: Store,
  asking: Asking,
  here: Here,
  options: DailyOptions,
): Promise<Screen> {
  const { now } = asking
  const learner = await store.learner(asking.identity, asking.initialSettings)
  const today = studyDayAt(now, learner.timeZone, learner.dayStartHour)
  const decks = await store.deckSummaries(learner.id, today)
  const change = readDailyOptions(options, { decks, findZones: (text) => asking.findZones?.(text) ?? [] })
  if ('error' in change) return dailyNotice(change.error)
  const before = await store.daily(here.place)
  const team = await store.setUpPlace(here, change.timeZone ?? learner.timeZone, now)
  const daily: Daily = {
    place: here.place,
    chatId: here.chatId,
    timeZone: before?.timeZone ?? team.timeZone,
    questions: before?.questions ?? QUESTIONS_DEFAULT,
    weekdays: before?.weekdays ?? EVERY_DAY,
    openMinutes: before?.openMinutes ?? null,
    deckIds: before?.deckIds ?? null,
    ...change,
  }
  const saved = await store.saveDaily(daily, (lastOn) => nextOccurrence(daily, lastOn, now, false))
  const left = leftOutToday(saved, now) ? ' Its time is over for today; /daily now opens one at once.' : ''
  return shown(asking, saved, team.deckIds, decks, `The daily quiz is set.${left}`)
}

/** Opens today's quiz now, if there was none today. */
export async function dailyNow(store: Store, asking: Asking, here: Here): Promise<Screen> {
  const { now } = asking
  let timeZone = 'UTC'
  const opened = await store.openDailyNow(here.place, now, (daily) => {
    timeZone = daily.timeZone
    const on = localDayAt(now, daily.timeZone)
    const following = nextOccurrence(daily, laterOf(on, daily.lastOn), now, true)
    const next = daily.next === null ? null : following
    return { on, closesAt: closingOf(daily, now, following), next }
  })
  switch (opened.kind) {
    case 'none':
      return noDailyScreen(null)
    case 'before':
      return dailyNotice(
        `Today's quiz was opened ${localWords(opened.startedAt, timeZone, now)}: there is one a day.`,
      )
    case 'opened':
      return dailyNotice(
        `Today's quiz comes in a moment. It is open until ${localWords(opened.closesAt, timeZone, now)}.`,
      )
  }
}

/** No quiz opens until {@link resumeDaily}. */
export async function pauseDaily(store: Store, asking: Asking, here: Here): Promise<Screen> {
  const paused = await store.planDaily(here.place, () => null)
  return paused === null ? noDailyScreen(null) : view(store, asking, here, paused, 'Paused.')
}

/** It goes on, with today if its time is still ahead. */
export async function resumeDaily(store: Store, asking: Asking, here: Here): Promise<Screen> {
  const resumed = await store.planDaily(
    here.place,
    (daily) => daily.next ?? nextOccurrence(daily, daily.lastOn, asking.now, false),
  )
  return resumed === null ? noDailyScreen(null) : view(store, asking, here, resumed, 'It goes on.')
}

/** The place has no daily quiz any more; one that is open stays so until it closes. */
export async function dropDaily(store: Store, _asking: Asking, here: Here): Promise<Screen> {
  const dropped = await store.dropDaily(here.place)
  return dropped ? dailyNotice('There is no daily quiz here any more.') : noDailyScreen(null)
}

/** What is set up and when the next one opens. Everybody in the place may ask. */
export async function dailyStatus(store: Store, asking: Asking, here: Here): Promise<Screen> {
  const daily = await store.daily(here.place)
  return daily === null ? noDailyScreen(null) : view(store, asking, here, daily, null)
}

async function view(
  store: Store,
  asking: Asking,
  here: Here,
  daily: PlannedDaily,
  notice: string | null,
): Promise<Screen> {
  const learner = await store.learner(asking.identity, asking.initialSettings)
  const today = studyDayAt(asking.now, learner.timeZone, learner.dayStartHour)
  const [decks, team] = await Promise.all([store.deckSummaries(learner.id, today), store.teamAt(here.place)])
  return shown(asking, daily, team?.deckIds ?? null, decks, notice)
}

function shown(
  { now }: Asking,
  daily: PlannedDaily,
  teamDeckIds: readonly string[] | null,
  decks: readonly DeckSummary[],
  notice: string | null,
): Screen {
  const deckIds = daily.deckIds ?? teamDeckIds
  const titleOf = (id: string) => decks.find((deck) => deck.id === id)?.title ?? id
  const deckTitles = deckIds?.map(titleOf) ?? null
  return dailyScreen({ daily, deckTitles, areTeamDecks: daily.deckIds === null, now }, notice)
}

/** Today is a chosen day that had no quiz, and gets none. */
function leftOutToday(daily: PlannedDaily, now: Date): boolean {
  const today = localDayAt(now, daily.timeZone)
  const isToCome = daily.next !== null && daily.next.on <= today
  const hadOne = daily.lastOn !== null && daily.lastOn >= today
  return includesDay(daily.weekdays, today) && !isToCome && !hadOne
}

function laterOf(day: StudyDay, other: StudyDay | null): StudyDay {
  return other !== null && other > day ? other : day
}
