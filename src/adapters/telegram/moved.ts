import type { Store } from '../../core/store.ts'
import { placeOf } from './here.ts'
import { migratedTo } from './transport/failures.ts'

/**
 * Follows a group that has become a supergroup, where that is what a call failed with: Telegram gives it another id.
 *
 * @param chatId the chat that was called
 * @returns the chat's id now; null when the error says nothing of the kind
 */
export async function movedBy(error: unknown, chatId: string, store: Store): Promise<string | null> {
  const id = migratedTo(error)
  if (id === null) return null
  await store.movePlace(placeOf(chatId), String(id))
  return String(id)
}

/** Calls Telegram for a chat, and once more where the chat has become another one. */
export async function inChat<T>(
  chatId: string,
  store: Store,
  call: (chatId: number) => Promise<T>,
): Promise<T> {
  try {
    return await call(Number(chatId))
  } catch (error) {
    const moved = await movedBy(error, chatId, store)
    if (moved === null) throw error
    return call(Number(moved))
  }
}
