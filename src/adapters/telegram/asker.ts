import type { Message, User } from 'grammy/types'
import type { Asking } from '../../core/asking.ts'
import { askingOf, type Surroundings } from '../../core/surroundings.ts'

/** A Telegram user as the core knows them. */
export function askingOfUser(surroundings: Surroundings, user: Pick<User, 'id' | 'language_code'>): Asking {
  const identity = { platform: 'telegram', externalId: String(user.id) } as const
  return askingOf(surroundings, identity, user.language_code ?? '')
}

/**
 * Whoever wrote a message in a group. An admin who hides behind the group is the group to the core: Telegram gives all
 * of them one made-up user, the same in every group.
 */
export function askingOfSender(surroundings: Surroundings, message: Message): Asking {
  const user = isFromGroup(message) ? { id: message.chat.id } : message.from
  return askingOfUser(surroundings, user ?? { id: message.chat.id })
}

/** Whether an admin wrote it who hides behind the group. */
export function isFromGroup({ sender_chat, chat }: Message): boolean {
  return sender_chat?.id === chat.id
}
