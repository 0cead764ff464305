import type { Learner, Platform } from './learner.ts'
import type { Input } from './screen.ts'

/** A chat as its platform names it: one person's with the bot, or a group. */
export interface ChatKey {
  readonly platform: Platform
  /** The platform's own id for the chat. */
  readonly chatId: string
}

/** What must be known of a chat when something comes from it: a message carries no state, unlike a button. */
export interface Conversation {
  /** The platform's id of the message that shows the screen; null when there is none to edit. */
  readonly messageId: string | null
  /** What text written now is taken for; null: it is not expected. */
  readonly input: Input | null
  /** Ids of the last updates that were dealt with, latest last: what is delivered again changes nothing. */
  readonly handled: readonly string[]
}

/** A reminder whose time has come. */
export interface DueReminder {
  readonly chat: ChatKey
  readonly learner: Learner
  readonly plannedFor: Date
}

/** How many ids of updates a conversation keeps. */
export const HANDLED_KEPT = 50

/** What the core needs of a database to talk in chats. Each method is one statement or one transaction. */
export interface ChatStore {
  /** What is known of the chat; `{ messageId: null, input: null, handled: [] }` when it is new. */
  conversation(chat: ChatKey): Promise<Conversation>
  /** Replaces what is known of the chat; of `handled` the latest {@link HANDLED_KEPT} are kept. */
  saveConversation(chat: ChatKey, learnerId: number | null, conversation: Conversation): Promise<void>

  /** The learner can be reached in this chat, and wants to hear at that time; null: never. Replaces what was planned. */
  reachIn(learnerId: number, chat: ChatKey, remindAt: Date | null): Promise<void>
  /** Moves the learner's next reminder; does nothing for a learner who cannot be reached. */
  planReminder(learnerId: number, remindAt: Date | null): Promise<void>
  /** The learner cannot be reached any more: nothing is planned until `reachIn`. */
  unreachable(learnerId: number): Promise<void>
  /**
   * Takes up to `limit` of a platform's reminders planned for `now` or earlier, earliest first. Each is given to one caller only,
   * and is planned for a day later meanwhile, so that a crash skips one and never sends two.
   */
  takeReminders(platform: Platform, now: Date, limit: number): Promise<DueReminder[]>
}
