import type { Learner } from '../learner.ts'
import { clockTime, localTimeAt } from '../localTime.ts'
import { type Block, type Button, privateScreen, type Screen } from '../screen.ts'
import { SETTING_NAMES, SETTING_WORDS, type SettingName, showSetting } from '../settings.ts'

/** All settings with their values. */
export function settingsScreen(learner: Learner, notice: string | null): Screen {
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Settings' },
      ...SETTING_NAMES.map(
        (name): Block => ({
          kind: 'plain',
          text: `${SETTING_WORDS[name].label}: ${showSetting(name, learner)}`,
        }),
      ),
    ],
    buttons: [
      ...SETTING_NAMES.map((name): Button[] => [
        {
          label: `Change ${SETTING_WORDS[name].label.toLowerCase()}`,
          action: { kind: 'askSetting', name },
          weight: 'normal',
        },
      ]),
      [
        { label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' },
        { label: 'Join another chat', action: { kind: 'link', code: null }, weight: 'quiet' },
      ],
    ],
  })
}

/** How a setting is asked for. */
export interface Asked {
  readonly name: SettingName
  readonly notice: string | null
  /** On the way to a person's first card: it goes on from here, and nothing is kept. */
  readonly first: boolean
  /** Zones to pick from, for a time zone. */
  readonly zones: readonly string[]
  readonly now: Date
}

const REMINDER_MINUTES = [8 * 60, 12 * 60, 19 * 60]

/** Asks for one setting's new value. */
export function askSettingScreen(learner: Learner, asked: Asked): Screen {
  const { name, notice, first } = asked
  const { label, question } = SETTING_WORDS[name]
  const keep: Button = first
    ? pick(`Keep ${showSetting(name, learner)}`, name, pickedValue(name, learner), true, 'quiet')
    : { label: 'Keep it', action: { kind: 'settings' }, weight: 'quiet' }
  const choices = choicesOf(learner, asked)
  const isAmong = name === 'timeZone' && first && asked.zones.includes(learner.timeZone)
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: label },
      { kind: 'plain', text: first && name === 'timeZone' ? WHERE : question },
      ...(first ? [] : [{ kind: 'note', text: `Now: ${showSetting(name, learner)}` } as const]),
    ],
    buttons: [...choices, ...(isAmong || (first && name === 'reminder') ? [] : [[keep]])],
    input: { kind: 'setting', name, label, first },
  })
}

const WHERE = 'So that a day is your day: which clock is yours? Press it, or write your city.'

function choicesOf(learner: Learner, { name, first, zones, now }: Asked): Button[][] {
  if (name === 'timeZone') {
    return zones.map((zone) => {
      const clock = clockTime(localTimeAt(now, zone).minuteOfDay)
      const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
      return [pick(`${clock} · ${city}`, name, zone, first, zone === learner.timeZone ? 'primary' : 'normal')]
    })
  }
  if (name === 'reminder') {
    const times = REMINDER_MINUTES.map((minute) =>
      pick(
        clockTime(minute),
        name,
        clockTime(minute).replace(':', ''),
        first,
        minute === learner.reminderMinute ? 'primary' : 'normal',
      ),
    )
    return [times, [pick('No reminder', name, 'off', first, 'quiet')]]
  }
  if (name === 'boards') {
    return [
      [
        pick('Show my name', name, 'shown', first, learner.hidden ? 'normal' : 'primary'),
        pick('Hide it', name, 'hidden', first, learner.hidden ? 'primary' : 'normal'),
      ],
    ]
  }
  return []
}

function pickedValue(name: SettingName, learner: Learner): string {
  return showSetting(name, learner).replace(':', '')
}

function pick(
  label: string,
  name: SettingName,
  value: string,
  first: boolean,
  weight: Button['weight'],
): Button {
  return { label, action: { kind: 'pick', name, value, first }, weight }
}
