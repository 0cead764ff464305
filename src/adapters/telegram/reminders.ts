import type { Api } from 'grammy'
import type { DueReminder } from '../../core/chatStore.ts'
import { reminderFor } from '../../core/reminders.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { send } from './deliver.ts'
import { describeFailure, isBlocked } from './transport/failures.ts'

/** Taken at once; more would wait for Telegram's limits of about 30 messages a second anyway. */
const TAKEN_AT_ONCE = 25
/** In one go: some seconds, so that a process that is told to stop can. */
const BATCHES = 8

/**
 * Sends the reminders whose time has come, several at once: the API that is given keeps Telegram's limits. Whoever has
 * blocked the bot gets no more until they come back.
 */
export async function sendReminders(api: Api, surroundings: Surroundings, now: Date): Promise<void> {
  const { store, log } = surroundings
  for (let batch = 0; batch < BATCHES; batch++) {
    const due = await store.takeReminders('telegram', now, TAKEN_AT_ONCE)
    await Promise.all(due.map(remind))
    if (due.length < TAKEN_AT_ONCE) return
  }

  async function remind(reminder: DueReminder): Promise<void> {
    const screen = await reminderFor(store, reminder, now)
    if (screen === null) return
    try {
      await send(api, Number(reminder.chat.chatId), screen)
    } catch (error) {
      if (isBlocked(error)) await store.unreachable(reminder.learner.id)
      else log(`a reminder was not sent: ${describeFailure(error)}`, 'warn')
    }
  }
}
