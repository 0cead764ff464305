import type { Chat } from 'grammy/types'
import type { Here, PlaceKey } from '../../core/team/team.ts'

/** A group as a place of a team. The bot writes into the group itself. */
export function hereOf(chat: Chat): Here {
  return { place: placeOf(chat.id), name: chat.title ?? 'a group', chatId: String(chat.id) }
}

export function placeOf(chatId: number | string): PlaceKey {
  return { platform: 'telegram', placeId: String(chatId) }
}
