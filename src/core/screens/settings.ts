import type { Learner } from '../learner.ts'
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
      [{ label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }],
    ],
  })
}

/** Asks for one setting's new value. */
export function askSettingScreen(name: SettingName, learner: Learner, notice: string | null): Screen {
  const { label, question } = SETTING_WORDS[name]
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: label },
      { kind: 'plain', text: question },
      { kind: 'note', text: `Now: ${showSetting(name, learner)}` },
    ],
    buttons: [[{ label: 'Keep it', action: { kind: 'settings' }, weight: 'quiet' }]],
    input: { kind: 'setting', name, label },
  })
}
