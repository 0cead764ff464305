import type { Learner, Settings } from './learner.ts'
import { nextLocalMinute } from './localTime.ts'
import type { Visit } from './record.ts'
import type { Screen } from './screen.ts'
import { decksScreen, leaveScreen } from './screens/decks.ts'
import { forgottenScreen } from './screens/forget.ts'
import { SNOOZE_MINUTES, snoozedScreen } from './screens/reminder.ts'
import { askSettingScreen, settingsScreen } from './screens/settings.ts'
import { FORECAST_DAYS, RETENTION_DAYS, statsScreen } from './screens/stats.ts'
import { welcomeBackScreen, welcomeScreen } from './screens/welcome.ts'
import { STREAK_SHOWN_DAYS, study } from './session.ts'
import { parseSetting, SETTING_WORDS, type SettingName, showSetting } from './settings.ts'
import { streakDays } from './streak.ts'
import { addDays } from './studyDay.ts'

/** Zones a person may choose from at once. */
const ZONES_SHOWN = 6

/** Greets; with a deck (a link led here) it begins with that one. */
export async function welcome(visit: Visit, deckId: string | null): Promise<Screen> {
  const summaries = await visit.store.deckSummaries(visit.learner.id, visit.today)
  // Who only made a card for themselves has not been asked yet what they want to study, and when.
  const isNew = !summaries.some((deck) => deck.enrolled && (!deck.isOwn || deck.unseen < deck.cards))
  const linked = deckId === null ? undefined : summaries.find((deck) => deck.id === deckId)
  if (linked !== undefined) {
    if (isNew) return begin(visit, linked.id)
    await visit.store.enrol(visit.learner.id, linked.id, true)
    return study(visit, linked.id, null)
  }
  const notice = deckId === null ? null : 'That deck is not here any more.'
  return isNew ? welcomeScreen(summaries, notice) : welcomeBackScreen(summaries, notice)
}

/** Joins a deck or all of them, and asks for what a day is to this person. */
export async function begin(visit: Visit, deckId: string | null): Promise<Screen> {
  const { store, learner } = visit
  if (deckId === null) await store.enrolInNewDecks(learner.id)
  else if (!(await store.enrol(learner.id, deckId, true))) {
    return welcomeScreen(await store.deckSummaries(learner.id, visit.today), 'There is no such deck.')
  }
  return ask(visit, learner, 'timeZone', true, null)
}

export async function decks(visit: Visit, notice: string | null): Promise<Screen> {
  return decksScreen(await visit.store.deckSummaries(visit.learner.id, visit.today), notice)
}

export async function askLeave(visit: Visit): Promise<Screen> {
  return leaveScreen(await visit.store.deckSummaries(visit.learner.id, visit.today), null)
}

export async function enrol(visit: Visit, deckId: string, joins: boolean): Promise<Screen> {
  const known = await visit.store.enrol(visit.learner.id, deckId, joins)
  if (!known) return decks(visit, 'There is no such deck.')
  return decks(visit, joins ? 'Joined.' : 'Left. What you learned is kept.')
}

/** Asks for a new value of a setting. */
export function askSetting(visit: Visit, name: SettingName): Screen {
  return ask(visit, visit.learner, name, false, null)
}

/**
 * Gives a setting a value as a person wrote it.
 *
 * @param first on the way to a person's first card: asks what is left to ask, then the card
 */
export async function set(visit: Visit, name: SettingName, text: string, first: boolean): Promise<Screen> {
  const parsed = parseSetting(name, text)
  if (!('error' in parsed)) return change(visit, name, parsed.change, first)
  const cities = name === 'timeZone' ? visit.findZones(text).slice(0, ZONES_SHOWN) : []
  const [only, ...others] = cities
  if (only !== undefined && others.length === 0) return change(visit, name, { timeZone: only }, first)
  const notice = cities.length > 0 ? 'Which of these?' : parsed.error
  return ask(
    { ...visit, zones: cities.length > 0 ? cities : visit.zones },
    visit.learner,
    name,
    first,
    notice,
  )
}

async function change(
  visit: Visit,
  name: SettingName,
  changed: Partial<Settings>,
  first: boolean,
): Promise<Screen> {
  const { store, now } = visit
  const learner = await store.changeSettings(visit.learner.id, changed)
  if (name === 'timeZone' || name === 'reminder') {
    await store.planReminder(learner.id, nextReminderAt(learner, now))
  }
  if (!first)
    return settingsScreen(learner, `${SETTING_WORDS[name].label} is now ${showSetting(name, learner)}.`)
  return name === 'timeZone'
    ? ask(visit, learner, 'reminder', true, null)
    : study({ ...visit, learner }, null, null)
}

function ask(
  visit: Visit,
  learner: Learner,
  name: SettingName,
  first: boolean,
  notice: string | null,
): Screen {
  return askSettingScreen(learner, { name, first, notice, zones: visit.zones, now: visit.now })
}

/** When the learner is to be reminded next, if anything is due then; null: never. */
export function nextReminderAt(settings: Settings, now: Date): Date | null {
  const { reminderMinute, timeZone } = settings
  return reminderMinute === null ? null : nextLocalMinute(now, reminderMinute, timeZone)
}

export async function snooze(visit: Visit): Promise<Screen> {
  const at = new Date(visit.now.getTime() + SNOOZE_MINUTES * 60_000)
  await visit.store.planReminder(visit.learner.id, at)
  return snoozedScreen()
}

export async function stats(visit: Visit): Promise<Screen> {
  const { store, learner, today } = visit
  const [forecast, recent, studyDays, progress] = await Promise.all([
    store.dueForecast(learner.id, today, FORECAST_DAYS),
    store.scoreSince(learner.id, addDays(today, 1 - RETENTION_DAYS)),
    store.studyDays(learner.id, STREAK_SHOWN_DAYS),
    store.progress(learner.id),
  ])
  return statsScreen({ today, forecast, recent, streakDays: streakDays(studyDays, today), ...progress })
}

export async function forget(visit: Visit): Promise<Screen> {
  return forgottenScreen(await visit.store.forget(visit.learner.id))
}
