import type { Api } from 'grammy'
import type { Screen } from '../../core/screen.ts'
import { renderScreen } from './render/render.ts'
import { isMessageGone, isNotModified } from './transport/failures.ts'

/** Cards may hold addresses; a preview of one would hide the card. */
const NO_PREVIEW = { is_disabled: true } as const

/**
 * Shows a screen as a new message, or several where it is long; the last one has the buttons.
 *
 * @returns the id of the last message
 * @throws GrammyError or HttpError when Telegram refuses or cannot be reached
 */
export async function send(api: Api, chatId: number, screen: Screen): Promise<number> {
  const { parts, keyboard } = renderScreen(screen)
  let messageId = 0
  for (const [index, { text, entities }] of parts.entries()) {
    const isLast = index === parts.length - 1
    const sent = await api.sendMessage(chatId, text, {
      entities: [...entities],
      link_preview_options: NO_PREVIEW,
      ...(isLast && keyboard.inline_keyboard.length > 0 ? { reply_markup: keyboard } : {}),
    })
    messageId = sent.message_id
  }
  return messageId
}

/**
 * Shows a screen in the place of a message; as a new one where that is gone, or where the screen takes several.
 *
 * @returns the id of the message that has the buttons now
 */
export async function replace(api: Api, chatId: number, messageId: number, screen: Screen): Promise<number> {
  const { parts, keyboard } = renderScreen(screen)
  const [first] = parts
  if (first === undefined || parts.length > 1) {
    await withoutButtons(api, chatId, messageId)
    return send(api, chatId, screen)
  }
  try {
    await api.editMessageText(chatId, messageId, first.text, {
      entities: [...first.entities],
      link_preview_options: NO_PREVIEW,
      reply_markup: keyboard,
    })
  } catch (error) {
    if (isMessageGone(error)) return send(api, chatId, screen)
    if (!isNotModified(error)) throw error
  }
  return messageId
}

/** Takes the buttons off a message that has been overtaken; whether it works does not matter. */
export async function withoutButtons(api: Api, chatId: number, messageId: number): Promise<void> {
  await api.editMessageReplyMarkup(chatId, messageId).catch(() => {})
}
