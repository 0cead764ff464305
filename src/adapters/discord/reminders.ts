import { reminderFor } from '../../core/reminders.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { renderScreen } from './render/render.ts'
import type { DiscordApi } from './transport/api.ts'
import { describeFailure, isDirectMessageRefused, isForbidden } from './transport/failures.ts'

const TAKEN_AT_ONCE = 25

/** Sends the reminders whose time has come, as direct messages. Whom the bot cannot reach gets no more. */
export async function sendReminders(api: DiscordApi, surroundings: Surroundings, now: Date): Promise<void> {
  const { store, log } = surroundings
  for (;;) {
    const due = await store.takeReminders('discord', now, TAKEN_AT_ONCE)
    for (const reminder of due) {
      const screen = await reminderFor(store, reminder, now)
      if (screen === null) continue
      try {
        const channelId = await api.directChannel(reminder.chat.chatId)
        for (const body of renderScreen(screen).messages) await api.send(channelId, body)
      } catch (error) {
        if (isDirectMessageRefused(error) || isForbidden(error)) await store.unreachable(reminder.learner.id)
        else log(`a reminder was not sent: ${describeFailure(error)}`, 'warn')
      }
    }
    if (due.length < TAKEN_AT_ONCE) return
  }
}
