import type { User } from 'grammy/types'
import type { Asking } from '../../core/handle.ts'
import { askingOf, type Surroundings } from '../../core/surroundings.ts'

/** A Telegram user as the core knows them. */
export function askingOfUser(surroundings: Surroundings, user: Pick<User, 'id' | 'language_code'>): Asking {
  const identity = { platform: 'telegram', externalId: String(user.id) } as const
  return askingOf(surroundings, identity, user.language_code ?? '')
}
