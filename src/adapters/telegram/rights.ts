import type { Api } from 'grammy'
import type { ChatMember, Message } from 'grammy/types'
import { isFromGroup } from './asker.ts'
import { isMemberUnknown, isNoMember } from './transport/failures.ts'

/** Whether whoever wrote a message is an admin of the group. Asked at the moment of use: rights may have changed. */
export async function wroteAsAdmin(api: Api, message: Message): Promise<boolean> {
  if (isFromGroup(message)) return true
  return message.from !== undefined && isAdmin(api, message.chat.id, message.from.id)
}

/** Whether somebody is an admin of a group, as Telegram says now. */
export async function isAdmin(api: Api, chatId: number, userId: number): Promise<boolean> {
  try {
    return isAdministrator(await api.getChatMember(chatId, userId))
  } catch (error) {
    if (isNoMember(error)) return false
    if (!isMemberUnknown(error)) throw error
    // Where members are hidden it tells nothing of them to a bot that is no admin, but it does of the admins.
    const administrators = await api.getChatAdministrators(chatId)
    return administrators.some((member) => member.user.id === userId)
  }
}

/** Whether somebody is in a group; null when Telegram does not say: that takes nobody off a board. */
export async function isMember(api: Api, chatId: number, userId: number): Promise<boolean | null> {
  try {
    return isIn(await api.getChatMember(chatId, userId))
  } catch (error) {
    if (isNoMember(error)) return false
    if (isMemberUnknown(error)) return null
    throw error
  }
}

function isAdministrator({ status }: ChatMember): boolean {
  return status === 'creator' || status === 'administrator'
}

function isIn(member: ChatMember): boolean {
  if (member.status === 'restricted') return member.is_member
  return member.status === 'member' || isAdministrator(member)
}
